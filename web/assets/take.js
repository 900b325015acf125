// Taking an answer away: what a button copies, menus that close, lists that narrow. A second press of some copies the link.
(() => {
  const find = wenbao.$;
  const LASTS = 4000; // ms that a button says it has copied, and a second press copies what comes next
  const words = () => find("header[data-lang]").dataset;

  // A page that is not served over https or localhost has only the old way.
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const timers = new WeakMap();
  const copy = async (button) => {
    const menu = button.closest("details.cite");
    const label = menu ? find("summary", menu) : button;
    const second = button.dataset.pressed === "1" && button.dataset.then;
    await write(second || button.dataset.copy);
    if (menu) menu.open = false;
    label.focus();
    const before = label.dataset.label || (label.dataset.label = label.textContent);
    label.textContent = button.dataset.then && !second ? words().copiedThen : words().copied;
    wenbao.say(label.textContent);
    button.dataset.pressed = second ? "" : "1";
    clearTimeout(timers.get(label));
    timers.set(
      label,
      setTimeout(() => {
        label.textContent = before;
        button.dataset.pressed = "";
      }, LASTS),
    );
  };
  const MENUS = "details.cite[open], details.get[open], details.pick[open]";
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    if (event.target.closest("details.get a")) event.target.closest("details.get").open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && (event.target.closest?.(MENUS) || find(MENUS));
    if (!menu) return;
    menu.open = false;
    find("summary", menu).focus();
  });
  document.addEventListener("input", (event) => {
    const { narrows } = event.target.dataset;
    if (!narrows) return;
    for (const one of event.target.parentElement.querySelectorAll(narrows)) one.hidden = !one.textContent.includes(event.target.value.trim());
  });
})();
