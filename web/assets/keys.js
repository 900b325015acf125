// Keys: input methods, `/` to the box, arrows through results and tabs, and a search as one types.
(() => {
  const PAUSE = 120; // ms without a key before what is typed is searched for
  const boxes = "#question textarea, #follow textarea, #words input, #holdings input, #find input";
  const find = wenbao.$;

  // The Enter that takes a word from an input method must not ask; Safari ends the composition before that Enter.
  let ended = 0;
  const composing = (event) => event.isComposing || event.keyCode === 229 || performance.now() - ended < 60;
  document.addEventListener("compositionend", (event) => {
    ended = performance.now();
    typed(event.target);
  });

  let wait = 0;
  const typed = (box) => {
    if (box.closest("#find")) return wenbao.find(box.value);
    const words = box.closest("#words, #holdings");
    if (!words && (!box.closest("#question") || wenbao.view() !== "search")) return;
    clearTimeout(wait);
    wait = setTimeout(() => (words ? (words.id === "words" ? wenbao.narrow() : wenbao.listed()) : box.value.trim() && wenbao.typed()), PAUSE);
  };
  document.addEventListener("input", (event) => event.isComposing || typed(event.target));

  const entered = (event) => {
    const box = event.target.closest("#question textarea, #follow textarea, #find input, #indicator");
    if (!box || event.shiftKey && !box.closest("#find")) return;
    event.preventDefault();
    if (composing(event)) return;
    clearTimeout(wait);
    if (box.id === "indicator") wenbao.add(box.value);
    else if (box.closest("#find")) wenbao.step(event.shiftKey ? -1 : 1);
    else box.form.requestSubmit();
  };
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const through = (event, by) => {
    const links = seen("#answer .answer :is(a.place, a.mk), .passages a.place");
    const box = event.target.closest(boxes);
    if (box && (by < 0 || box.selectionEnd < box.value.length)) return; // the caret moves
    if (!box && !links.includes(event.target)) return;
    event.preventDefault();
    const next = links[links.indexOf(event.target) + by];
    (next || (by < 0 && find("#question textarea")) || event.target).focus();
  };
  const along = (event, by) => {
    const tabs = [...document.querySelectorAll("#tabs [role=tab]")];
    const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
    event.preventDefault();
    next.focus();
    wenbao.turn(next.dataset.view);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") return entered(event);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") through(event, event.key === "ArrowDown" ? 1 : -1);
    if (event.target.matches?.("#tabs [role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) along(event, event.key === "ArrowRight" ? 1 : -1);
    if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = seen(boxes)[0];
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
})();
