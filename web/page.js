// What the page does by itself: the address, links into the report, copying. The rest is Gradio's.
(() => {
  const find = wenbao.$;
  const phone = wenbao.phone;
  const OWN = ["q", "previous", "mode", "view", "report", "place", "section", "year", "status", "unit", "kind", "figures"];
  const PATIENCE = 125; // looks, 40 ms apart, for what an event brought: it comes onto the page a moment after, seconds on a busy machine
  let pending = null; // a link that waits for its report to be shown
  let last = ""; // the result that was shown last, by what it says: Gradio changes its elements in place
  let content = location.search; // the address of what is on the page
  let waiting = 0;
  let left = 0; // where the reader of a phone left the answer

  const say = (text) => {
    const region = find("#said [role=status]");
    if (region) region.textContent = text;
  };
  const tell = (name, detail) => {
    clearTimeout(waiting); // what is asked now brings its own result
    document.dispatchEvent(new CustomEvent(`wenbao:${name}`, { detail }));
  };
  // One event of Gradio's for what a reader does: those under way together share a stream, and with it an answer may be lost.
  let how = "replace"; // what the search under way does to the address
  const search = (then) => {
    const plain = find("header[data-plain]").dataset.plain.split(" ");
    how = then;
    tell(plain.includes(find("#mode input:checked")?.value) ? "plain" : "search", {});
  };

  // Where the queue is full or a reader too quick, Gradio's page would say it in English, whatever the page's language is.
  const fetched = window.fetch;
  window.fetch = async (...asked) => {
    const reply = await fetched(...asked);
    if (![429, 503].includes(reply.status) || !String(asked[0]?.url ?? asked[0]).includes("/queue/join")) return reply;
    const detail = find("header[data-busy]").dataset.busy;
    say(detail);
    return new Response(JSON.stringify({ detail }), { status: 429 }); // of a 503 Gradio does not read the line
  };

  // --- Views.
  const view = () => (find("#tabs [role=tab].selected")?.id || "tab-ask-button").slice(4, -7);
  const open = (name) => {
    if (name !== view()) find(`#tab-${name}-button`)?.click();
  };
  const visible = (selector) => [...document.querySelectorAll(selector)].find((one) => one.offsetParent);
  // Gradio opens a tab a moment after the event that asked for it.
  const settled = (name, then, tries = 30) =>
    view() === name || !tries ? requestAnimationFrame(then) : requestAnimationFrame(() => settled(name, then, tries - 1));
  const button = () => {
    const submit = find("#question .submit-button");
    const header = find("header[data-lang]");
    if (submit) submit.textContent = view() === "search" ? header.dataset.search : header.dataset.ask;
  };
  const told = (result) => (result ? `${view()} ${result.dataset.url} ${result.dataset.say}` : "");
  const reads = () => view() === "report" || (!phone() && !["figures", "compare"].includes(view())); // whether the report is in sight

  // --- The address: ?q=… is what is shown, #p-6 the paragraph. Other parameters (lang, __theme) stay.
  const address = (query, hash = "") => {
    const url = new URL(location.href);
    OWN.forEach((key) => url.searchParams.delete(key));
    new URLSearchParams(query).forEach((value, key) => url.searchParams.set(key, value));
    url.hash = hash;
    return url;
  };
  const write = (how, url, state = {}) => {
    if (how === "keep" || url.href === location.href) return;
    history[how === "push" ? "pushState" : "replaceState"](state, "", url);
    content = url.search;
  };
  const go = (search) => {
    content = search;
    tell("go", Object.fromEntries(new URLSearchParams(search)));
  };
  const viewOf = (search) => {
    const asked = new URLSearchParams(search);
    return asked.get("view") || (asked.has("mode") ? "search" : "ask");
  };
  addEventListener("popstate", () => {
    clearTimeout(waiting);
    if (location.search !== content) return go(location.search);
    const { view: then, marks } = history.state || {};
    open(then || viewOf(location.search));
    button();
    const paragraph = location.hash && find(location.hash);
    if (paragraph) requestAnimationFrame(() => wenbao.show(paragraph, marks, false));
    else {
      wenbao.clear();
      if (phone()) requestAnimationFrame(() => scrollTo(0, left));
    }
  });

  // What an address asked. One that asks nothing waits for nothing: it would take the reader's first result for its own.
  const kept = () => {
    const comes = new URLSearchParams(location.search).has("q") || ["figures", "compare"].includes(viewOf(location.search));
    wenbao.shown("keep", comes ? PATIENCE : 0);
  };

  const follow = (link, byHand) => {
    const { report, marks } = link.dataset;
    if (report && find("#report .full")?.dataset.report !== report) {
      pending = { link, byHand };
      return tell("open", { report });
    }
    if (!byHand && !reads()) return;
    const id = link.getAttribute("href");
    if (byHand) {
      if (phone()) left = scrollY;
      if (!reads()) open("report");
      const url = new URL(location.href);
      url.hash = id;
      write("push", url, { view: view(), marks });
    }
    requestAnimationFrame(() => {
      const paragraph = find(id);
      if (!paragraph) return;
      wenbao.show(paragraph, marks, byHand);
      if (byHand) paragraph.focus({ preventScroll: true });
    });
  };

  // --- Copying. A page that is not served over https or localhost has only the old way.
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const menu = button.closest("details");
    const label = menu ? find("summary", menu) : button;
    if (menu) menu.open = false;
    label.focus();
    const before = label.dataset.label || (label.dataset.label = label.textContent);
    label.textContent = button.dataset.copied;
    say(button.dataset.copied);
    setTimeout(() => (label.textContent = before), 1500);
  };

  // --- Called by Gradio's events, after what they brought is on the page.
  Object.assign(wenbao, {
    say,
    view,
    ready() {
      const header = find("header[data-lang]");
      document.documentElement.lang = header.dataset.lang;
      document.title = header.dataset.title;
      Object.assign(find("#side"), { tabIndex: 0, role: "region", ariaLabel: header.dataset.full }); // scrolls by keys
      theme(document.body.classList.contains("dark"));
      for (const box of document.querySelectorAll("#question, #follow")) // Gradio's label has the button's word in it
        find("textarea, input", box)?.setAttribute("aria-label", find("[data-testid=block-info]", box).textContent.trim());
      if (phone()) find(".outline details")?.removeAttribute("open");
      settled(viewOf(location.search), wenbao.opening);
    },
    opening() {
      wenbao.isReady = true;
      button();
      const wanted = /^#[ps]-\d+$/.test(location.hash) && find(location.hash);
      if (!wanted) return kept();
      const link = visible("[data-say]") && find(`[data-say] a[href="${location.hash}"]`);
      if (!reads()) open("report");
      requestAnimationFrame(() => wenbao.show(wanted, link?.dataset.marks, false));
      last = told(visible("[data-say]"));
    },
    restored: () => settled(viewOf(location.search), kept),
    shown(how, tries = PATIENCE) {
      button();
      const places = find("#places input"); // Gradio shows no placeholder in a box for several choices
      if (places) places.placeholder = find("#places .token") ? "" : places.ariaLabel;
      clearTimeout(waiting);
      const result = visible("[data-say]");
      if (!result || told(result) === last) {
        if (tries) waiting = setTimeout(() => wenbao.shown(how, tries - 1), 40);
        return;
      }
      last = told(result);
      say(result.dataset.say);
      const turns = how === "replace" && view() !== viewOf(location.search); // typing, in a view just opened
      if ("url" in result.dataset) write(turns ? "push" : how, address(result.dataset.url));
      const cited = find(".answer .place", result);
      if (cited) follow(cited, false);
      else wenbao.clear();
    },
    opened() {
      const { link, byHand } = pending || {};
      pending = null;
      if (link) follow(link, byHand);
    },
    picked() {
      const link = find("#picked .place");
      if (link && wenbao.pointed) follow(link, true);
    },
    fetch: (id = "file") => setTimeout(() => find(`#${id} a, a#${id}, #${id}`)?.click(), 60),
    entered() {
      if (view() === "ask") tell("ask", {});
      if (view() === "search") search("push");
    },
    typed: () => search("replace"),
    chose: () => search("push"),
    chosen: () => view() === "figures" && tell("narrow", {}),
    brought() {
      button();
      say(find("#own-line p")?.textContent || "");
      last = "";
      write("push", address(""));
      if (!find("#own-line .trouble")) open("ask");
    },
    searched: () => wenbao.shown(how),
    narrow: () => tell("narrow", {}),
  });

  const theme = (dark) => {
    document.body.classList.toggle("dark", dark);
    const flip = find("button.theme");
    if (!flip) return;
    const dusk = flip.dataset.dark || (flip.dataset.dark = flip.textContent);
    flip.textContent = dark ? flip.dataset.other : dusk;
  };
  const chosen = localStorage.getItem("wenbao.theme");
  if (chosen && !new URL(location.href).searchParams.has("__theme")) document.body.classList.toggle("dark", chosen === "dark");
  const flip = () => {
    theme(!document.body.classList.contains("dark"));
    localStorage.setItem("wenbao.theme", document.body.classList.contains("dark") ? "dark" : "light");
  };
  const language = (link) => {
    const url = new URL(location.href); // the other language, with the same question
    url.searchParams.set("lang", new URLSearchParams(link.getAttribute("href")).get("lang"));
    location.href = url;
  };

  // --- Clicks.
  const turned = (name) => {
    button();
    if (name === "ask" || name === "search") {
      const result = find(name === "ask" ? "#answer [data-url]" : "#results [data-url]");
      const asked = find("#question textarea").value.trim();
      const about = new URLSearchParams(result?.dataset.url || "").get("q") || "";
      write("push", address(result?.dataset.url || (name === "search" ? "mode=hybrid" : "")));
      if (name === "search" && asked && asked !== about) wenbao.typed();
    } else write("push", address(find(`:is(#count, #compared) [data-url*="view=${name}"]`)?.dataset.url || `view=${name}`));
    if (name === "figures" && find("#count [data-url]")?.dataset.about !== find("#report .full")?.dataset.report) wenbao.narrow();
    if (name === "compare" && !find("#compared [data-url]")) tell("compare", {});
    if (phone() && name !== "report") requestAnimationFrame(() => scrollTo(0, left));
  };
  const linkAt = (element) => {
    const passage = getSelection().isCollapsed && !element.closest(".cite") && element.closest(".passage");
    return element.closest('a[href^="#p-"], a[href^="#s-"]') || (passage && find("a.place", passage)); // selecting text is no click
  };
  const within = (link) => {
    const url = address(link.getAttribute("href"));
    find("#past")?.hidePopover();
    write("push", url);
    go(url.search);
  };
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    for (const menu of document.querySelectorAll("details.cite[open]")) if (!menu.contains(event.target)) menu.open = false;
    const tab = event.isTrusted && event.target.closest("#tabs [role=tab]");
    if (tab) return requestAnimationFrame(() => turned(tab.id.slice(4, -7)));
    const link = linkAt(event.target);
    const own = event.target.closest("[data-copy], [data-share], button.theme, button.clear, a.language, a[href^='?']");
    if (link || own) event.preventDefault();
    if (link) follow(link, true);
    else if (own?.dataset.copy) copy(own, own.dataset.copy);
    else if (own?.dataset.share) copy(own, address(own.closest("[data-url]").dataset.url, own.dataset.share).href);
    else if (own?.matches(".theme")) flip();
    else if (own?.matches(".clear")) tell("clear", {});
    else if (own?.matches(".language")) language(own);
    else if (own) within(own);
  });
})();
