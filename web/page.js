// What the page does by itself: links into the report, copying, the address, keys. The rest is Gradio's.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const phone = () => matchMedia("(max-width: 860px)").matches;
  let pending = null; // a link that waits for its report to be shown
  let left = 0; // where the reader of a phone left the answer

  // --- The report: a paragraph shown, its figures marked. Offsets count code points, strings here count UTF-16 units.
  const at = (root, offset) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const points = [...node.data];
      if (offset <= points.length) return [node, points.slice(0, offset).join("").length];
      offset -= points.length;
    }
    return [root, root.childNodes.length];
  };
  const clear = () => {
    for (const mark of document.querySelectorAll("#report mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    find("#report .here")?.classList.remove("here");
  };
  const mark = (paragraph, ranges) => {
    for (const [start, end] of ranges) {
      const range = new Range();
      range.setStart(...at(paragraph, start));
      range.setEnd(...at(paragraph, end));
      const wrap = document.createElement("mark");
      wrap.append(range.extractContents());
      range.insertNode(wrap);
    }
  };
  const show = (paragraph, marks, smooth) => {
    clear();
    paragraph.classList.add("here");
    const from = Number(paragraph.dataset.start);
    mark(paragraph, (marks || "").split(" ").filter(Boolean).map((pair) => pair.split("-").map((n) => n - from)));
    const column = find("#side");
    const behavior = smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "auto";
    if (phone()) return paragraph.scrollIntoView({ block: "center" });
    const top = paragraph.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top: top - column.clientHeight / 4, behavior });
  };
  const follow = (link, byHand) => {
    const id = link.getAttribute("href").slice(1);
    const report = link.dataset.report;
    if (report && find("#report .full")?.dataset.report !== report) {
      pending = { link, byHand };
      document.dispatchEvent(new CustomEvent("wenbao:open", { detail: { report } }));
      return;
    }
    if (phone()) {
      if (!byHand) return;
      left = scrollY;
      find("#tab-report-button").click();
    }
    requestAnimationFrame(() => {
      const paragraph = document.getElementById(id);
      if (!paragraph) return;
      show(paragraph, link.dataset.marks, byHand);
      if (byHand) paragraph.focus({ preventScroll: true });
    });
  };

  // --- The address: ?q=… is the question shown, #p-6 the paragraph.
  const address = (query, hash = "") => {
    const url = new URL(location.href);
    ["q", "mode"].forEach((key) => url.searchParams.delete(key));
    new URLSearchParams(query).forEach((value, key) => url.searchParams.set(key, value));
    url.hash = hash;
    return url;
  };
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      document.execCommand("copy"); // a page that is not served over https or localhost has no other way
      area.remove();
      button.focus();
    }
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = button.dataset.copied;
    say(button.dataset.copied);
    setTimeout(() => (button.textContent = label), 1500);
  };
  const say = (text) => {
    const region = find("#said [role=status]");
    if (region) region.textContent = text;
  };

  // --- Called by Gradio's events, after what they brought is on the page.
  window.wenbao = {
    ready() {
      const header = find("header[data-lang]");
      document.documentElement.lang = header.dataset.lang;
      document.title = header.dataset.title;
      Object.assign(find("#side"), { tabIndex: 0, role: "region", ariaLabel: header.dataset.full }); // scrolls by keys
      theme(document.body.classList.contains("dark"));
      for (const box of document.querySelectorAll("#question, #query")) // Gradio's label has the button's word in it
        find("textarea", box).setAttribute("aria-label", find("[data-testid=block-info]", box).textContent.trim());
      wenbao.shown(true);
    },
    shown(first) {
      const result = [...document.querySelectorAll("[data-say]")].find((one) => one.offsetParent);
      if (result) say(result.dataset.say);
      const wanted = first && /^#p-\d+$/.test(location.hash) && find(location.hash);
      const cited = result && find(".answer .place", result);
      if (result?.dataset.url && !first) history.replaceState(null, "", address(result.dataset.url));
      const link = wanted ? find(`[data-say] a[href="${location.hash}"]`) : cited;
      if (link) follow(link, Boolean(wanted));
      else if (wanted) show(wanted, "", false);
      else clear();
    },
    opened() {
      const { link, byHand } = pending || {};
      pending = null;
      if (link) follow(link, byHand);
    },
  };

  const theme = (dark) => {
    document.body.classList.toggle("dark", dark);
    const button = find("button.theme");
    if (!button) return;
    const dusk = button.dataset.dark || (button.dataset.dark = button.textContent);
    button.textContent = dark ? button.dataset.other : dusk;
  };
  const chosen = localStorage.getItem("wenbao.theme");
  if (chosen && !new URL(location.href).searchParams.has("__theme")) document.body.classList.toggle("dark", chosen === "dark");

  const language = (link) => {
    const url = new URL(location.href); // the other language, with the same question
    url.searchParams.set("lang", new URLSearchParams(link.getAttribute("href")).get("lang"));
    location.href = url;
  };
  const flip = () => {
    theme(!document.body.classList.contains("dark"));
    localStorage.setItem("wenbao.theme", document.body.classList.contains("dark") ? "dark" : "light");
  };
  const linkAt = (element) => {
    const passage = getSelection().isCollapsed && element.closest(".passage"); // text being selected is not a click
    return element.closest('a[href^="#p-"]') || (passage && find("a.place", passage));
  };
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    const link = linkAt(event.target);
    const button = event.target.closest("[data-copy], [data-share], button.theme, a.language");
    if (link || button) event.preventDefault();
    if (link) follow(link, true);
    else if (button?.dataset.copy) copy(button, button.dataset.copy);
    else if (button?.dataset.share) copy(button, address(button.closest("[data-url]").dataset.url, button.dataset.share).href);
    else if (button?.matches(".theme")) flip();
    else if (button) language(button);
    else if (phone() && event.target.closest("#tab-ask-button, #tab-search-button")) requestAnimationFrame(() => scrollTo(0, left));
  });

  // --- Keys. The Enter that takes a word from an input method must not ask; Safari ends the composition before that Enter.
  let ended = 0;
  document.addEventListener("compositionend", () => (ended = performance.now()), true);
  const composing = (event) => event.isComposing || event.keyCode === 229 || performance.now() - ended < 60;
  const guard = (event) => {
    if (event.key !== "Enter" || !composing(event)) return;
    event.stopImmediatePropagation();
    if (!event.isComposing || event.type === "keypress") event.preventDefault(); // no line break either
  };
  for (const type of ["keydown", "keypress"]) window.addEventListener(type, guard, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...document.querySelectorAll("#question textarea, #query textarea")].find((one) => one.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
})();
