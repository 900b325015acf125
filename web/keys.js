// Keys: input methods, `/` to the box, arrows through results, and a search as one types.
(() => {
  const PAUSE = 120; // ms without a key before what is typed is searched for
  const boxes = "#question textarea, #follow textarea, #follow input, #words textarea, #words input, #find textarea, #find input";

  // The Enter that takes a word from an input method must not ask; Safari ends the composition before that Enter. What is
  // being composed (ditie) is not what is meant: it reaches no handler before it is 地铁.
  let ended = 0;
  const composing = (event) => event.isComposing || event.keyCode === 229 || performance.now() - ended < 60;
  const guard = (event) => {
    if (event.key !== "Enter" || !composing(event)) return;
    event.stopImmediatePropagation();
    if (!event.isComposing || event.type === "keypress") event.preventDefault(); // no line break either
  };
  for (const type of ["keydown", "keypress"]) window.addEventListener(type, guard, true);
  window.addEventListener("input", (event) => event.isComposing && event.stopImmediatePropagation(), true);
  window.addEventListener(
    "compositionend",
    (event) => {
      ended = performance.now();
      setTimeout(() => event.target.dispatchEvent(new InputEvent("input", { bubbles: true })));
    },
    true,
  );

  let wait = 0;
  document.addEventListener("input", (event) => {
    if (event.target.closest("#find")) return wenbao.find(event.target.value);
    const words = event.target.closest("#words");
    if (!words && (!event.target.closest("#question") || wenbao.view() !== "search")) return;
    clearTimeout(wait);
    wait = setTimeout(() => (words ? wenbao.narrow() : event.target.value.trim() && wenbao.typed()), PAUSE);
  });

  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.closest("#find") || composing(event)) return;
    event.preventDefault();
    wenbao.step(event.shiftKey ? -1 : 1);
  });

  const through = (event, by) => {
    const links = [...document.querySelectorAll(".passages a.place")].filter((one) => one.offsetParent);
    const box = event.target.closest(boxes);
    if (box && (by < 0 || box.selectionEnd < box.value.length)) return; // the caret moves
    if (!box && !links.includes(event.target)) return;
    event.preventDefault();
    const next = links[links.indexOf(event.target) + by];
    (next || (by < 0 && document.querySelector("#question textarea")) || event.target).focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") through(event, event.key === "ArrowDown" ? 1 : -1);
    if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...document.querySelectorAll(boxes)].find((one) => one.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
  });

  // A row of the figure table is followed where it was pointed at; by the keys one goes through the cells first.
  window.addEventListener("pointerdown", () => (wenbao.pointed = true), true);
  window.addEventListener("keydown", () => (wenbao.pointed = false), true);
})();
