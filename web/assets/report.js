// The report's text in the browser: a paragraph shown, its figures marked, words found in it, the hints of its figures.
// Marks are CSS highlights: ranges over the text, so that the text itself is never touched.
window.wenbao = (() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const phone = () => matchMedia("(max-width: 860px)").matches;
  const texts = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node; (node = walk.nextNode()); ) nodes.push(node);
    return nodes;
  };
  const highlight = (name, ranges) => {
    if (!CSS.highlights) return; // an older browser still shows the paragraph
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  };

  // Offsets count code points, strings here count UTF-16 units.
  const at = (root, offset, inward) => {
    let last = [root, root.childNodes.length];
    for (const node of texts(root)) {
      const points = [...node.data];
      last = [node, node.length];
      if (inward ? offset < points.length : offset <= points.length) return [node, points.slice(0, offset).join("").length];
      offset -= points.length;
    }
    return last;
  };
  const rangeOf = (paragraph, start, end) => {
    const range = new Range();
    range.setStart(...at(paragraph, start, true));
    range.setEnd(...at(paragraph, end, false));
    return range;
  };

  const clear = () => {
    highlight("cited", []);
    find("#report .here")?.classList.remove("here");
  };

  // Several clauses at once bear their numbers. The number is of a style, so that the text keeps its letters and offsets.
  const number = (clauses) => {
    for (const one of document.querySelectorAll("#report .mk")) {
      const parent = one.parentNode;
      one.remove();
      parent.normalize();
    }
    for (const [sign, marks] of clauses) {
      if (!sign) continue;
      const mark = Object.assign(document.createElement("span"), { className: "mk", ariaHidden: "true" });
      mark.dataset.sign = sign;
      place(marks)?.insertNode(mark);
    }
    highlight("clause", clauses.flatMap(([, marks]) => places(marks)));
  };
  // The range of the report's text that "272-280" names; null where no paragraph holds it.
  const place = (pair) => {
    const [start, end] = pair.split("-").map(Number);
    const paragraph = [...document.querySelectorAll("#report [data-start]")].findLast((one) => Number(one.dataset.start) <= start);
    const from = Number(paragraph?.dataset.start);
    return paragraph ? rangeOf(paragraph, start - from, end - from) : null;
  };
  const places = (marks) => marks.split(" ").filter(Boolean).map(place).filter(Boolean);
  const show = (element, marks, smooth) => {
    clear();
    if (element.dataset.start) element.classList.add("here");
    const cited = places(marks || "");
    highlight("cited", cited);
    aside(element.closest(".sheet"), cited.find((one) => element.contains(one.startContainer)));
    bring(element, smooth);
  };
  // A table is wider than a phone: what is cited of a row is brought into sight sideways.
  const aside = (sheet, range) => {
    if (!sheet || !range) return;
    const [frame, box] = [sheet.getBoundingClientRect(), range.getBoundingClientRect()];
    if (box.right > frame.right || box.left < frame.left) sheet.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
  };
  const bring = (element, smooth) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = smooth && !still && !phone() ? "smooth" : "auto";
    const column = find("#side");
    const box = element.getBoundingClientRect();
    if (getComputedStyle(column).overflowY !== "auto") // the report is the view: the window scrolls
      return scrollTo({ top: scrollY + box.top - Math.max(80, (innerHeight - box.height) / 3), behavior });
    const top = box.top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top: top - column.clientHeight / 4, behavior });
  };

  // --- Find in the text.
  let hits = [];
  let now = 0;
  const search = (wanted) => {
    const text = find("#report .full");
    const nodes = text ? texts(text).filter((node) => !node.parentElement.closest("caption")) : []; // which says again what stands above it
    const starts = [];
    let whole = "";
    for (const node of nodes) {
      starts.push(whole.length);
      whole += node.data;
    }
    const place = (offset, end) => {
      let low = 0;
      while (low + 1 < starts.length && (end ? starts[low + 1] < offset : starts[low + 1] <= offset)) low++;
      return [nodes[low], offset - starts[low]];
    };
    hits = [];
    const needle = wanted.trim();
    for (let from = needle ? whole.indexOf(needle) : -1; from >= 0; from = whole.indexOf(needle, from + needle.length)) {
      const range = new Range();
      range.setStart(...place(from, false));
      range.setEnd(...place(from + needle.length, true));
      hits.push(range);
    }
    now = -1;
    highlight("found", hits);
    step(1, Boolean(needle));
  };
  const step = (by, asked = true) => {
    now = hits.length ? (now + by + hits.length) % hits.length : -1;
    const count = asked ? `${now + 1} / ${hits.length}` : "";
    find("#find").dataset.count = count;
    if (count) wenbao.say(count);
    highlight("current", now < 0 ? [] : [hits[now]]);
    if (now >= 0) bring(hits[now], false);
  };

  // --- The hint of a figure: by the mouse, and by the keys, which go from one to the next by arrows.
  const hint = (figure) => {
    const box = find("#hint") || document.body.appendChild(Object.assign(document.createElement("div"), { id: "hint" }));
    box.ariaHidden = "true"; // a screen reader has it as the figure's name
    box.hidden = !figure;
    if (!figure) return;
    box.textContent = figure.dataset.hint;
    near(box, figure);
  };
  const near = (box, word) => {
    const around = word.getClientRects()[0];
    box.style.left = `${Math.max(8, Math.min(around.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${around.top > box.offsetHeight + 8 ? around.top - box.offsetHeight - 4 : around.bottom + 4}px`;
  };
  const rove = (figure) => {
    find('#report .fig[tabindex="0"]')?.setAttribute("tabindex", "-1");
    figure.setAttribute("tabindex", "0");
  };
  const along = (figure, by) => {
    const all = [...document.querySelectorAll("#report .fig")];
    all[all.indexOf(figure) + by]?.focus();
  };
  const figureAt = (event) => event.target.closest?.("#report .fig");
  document.addEventListener("mouseover", (event) => hint(figureAt(event)));
  document.addEventListener("focusin", (event) => {
    hint(figureAt(event));
    if (figureAt(event)) rove(figureAt(event));
  });
  document.addEventListener("scroll", () => hint(null), true);
  document.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") hint(null);
    if (!by || !figureAt(event)) return;
    event.preventDefault();
    along(figureAt(event), by);
  });

  // --- What a term means: a box beside the word, by a click or touch and by the keys; Esc closes it, and the word has the focus again.
  const opened = () => find("#report [popover]:popover-open");
  const explain = (word) => {
    const box = find(`#${word.getAttribute("aria-controls")}`);
    word.focus({ preventScroll: true });
    box.showPopover();
    near(box, word);
    find("a", box).focus({ preventScroll: true });
  };
  const termAt = (event) => event.target.closest?.("#report .defined");
  document.addEventListener("click", (event) => {
    if (termAt(event) && getSelection().isCollapsed) explain(termAt(event)); // selecting text is no click
    else if (event.target.closest("#report [popover] a")) opened()?.hidePopover();
  });
  document.addEventListener("keydown", (event) => {
    if (!termAt(event) || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    explain(termAt(event));
  });
  document.addEventListener("scroll", (event) => event.target.contains(opened()) && opened()?.hidePopover(), true);

  return { $: find, phone, show, clear, number, find: search, step };
})();
