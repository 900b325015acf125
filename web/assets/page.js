// What the page does by itself: an address is asked of the server and shown; links into the report; views; history; a reader's file.
// What is shown is a function of the address (web/page.py), so back, forward, links and copies all go the same way: `go`.
Object.assign(window.wenbao, (() => {
  const find = wenbao.$;
  const phone = wenbao.phone;
  const OWN = "q previous form when all mode view report place order turn section year status unit kind figures".split(" ");
  const REGIONS = { ask: "answer", search: "results", figures: "figures", compare: "compared", library: "library" };
  const WIDE = ["figures", "compare", "library"]; // views without the report beside
  const PATIENCE = 300; // ms of a wait before it is shown
  const PAUSES = [1000, 2000, 4000, 8000, 15000]; // ms before a server that did not answer is asked again
  const LATELY = 30; // questions in a history
  let server, upload; // Gradio's ways to the server
  let latest = 0; // the number of the last request: what an earlier one brings is too late
  let generation = ""; // of the index that the frame was made of
  let understood = ""; // what a follow-up goes on from
  let content = ""; // the address of what is on the page
  let left = 0; // where the reader of a phone left the answer
  let own = ""; // the one of the reader's own reports that is asked by itself
  const words = () => find("header[data-lang]").dataset;

  const say = (text) => {
    const region = find("#said [role=status]");
    if (region) region.textContent = text;
  };
  const language = () => new URLSearchParams(location.search).get("lang") || "";

  // --- Views.
  const view = () => find("#main").dataset.view;
  const open = (name) => {
    if (!find(`#tab-${name}-button`)) return;
    find("#main").dataset.view = name;
    for (const tab of document.querySelectorAll("#tabs [role=tab]")) {
      const chosen = tab.dataset.view === name;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
      const panel = find(`#tab-${tab.dataset.view}`);
      if (panel) panel.hidden = !chosen;
    }
    find("#question .submit-button").textContent = name === "search" ? words().tabSearch : words().ask;
  };
  const reads = () => view() === "report" || (!phone() && !WIDE.includes(view())); // whether the report is in sight

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
  };
  const viewOf = (query) => {
    const asked = new URLSearchParams(query);
    const given = asked.get("view");
    return given === "report" || Object.hasOwn(REGIONS, given) ? given : asked.has("mode") ? "search" : "ask";
  };

  // --- Asking the server. `how` is what becomes of the address: push, replace or keep.
  const go = async (query, how = "push", { hash = "", tries = 0, first = false, lost = false } = {}) => {
    const ticket = ++latest;
    const asked = Object.fromEntries([...new URLSearchParams(query)].filter(([key]) => OWN.includes(key)));
    const shown = find("#report .full")?.dataset.report || "";
    const region = find(`#${REGIONS[viewOf(query)] || "report"}`);
    const before = find("#question textarea").value;
    const from = view();
    const wait = setTimeout(() => region?.classList.add("waits"), PATIENCE);
    const reply = await server.show({ ...asked, lang: language(), shown, origin: location.origin, first: first ? "1" : "" });
    clearTimeout(wait);
    region?.classList.remove("waits");
    if (ticket !== latest) return;
    if (reply === undefined) return gone(query, how, { hash, tries, first, lost });
    if (generation && (reply.generation !== generation || reply.lang !== words().lang) && !first) return renew(query, how, hash);
    generation = reply.generation;
    if (reply.lang !== words().lang) return renew(query, how, hash);
    apply(reply, how, hash, first, find("#question textarea").value !== before, view() !== from);
  };

  // The frame is of another index, or in another language.
  const renew = async (query, how, hash) => {
    const ticket = latest;
    const frame = await server.begin({ lang: language() });
    if (ticket !== latest) return;
    if (frame === undefined) return gone(query, how, { hash, tries: 0 });
    find("#page").innerHTML = frame;
    settle();
    return go(query, how, { hash, first: true });
  };

  // `retyped`: the box holds another question already; `turned`: the reader has gone to another view meanwhile, and stays there.
  const apply = (reply, how, hash, first, retyped, turned) => {
    for (const [id, html] of Object.entries(reply.html)) put(id, html);
    open(turned ? view() : reply.view); // its tab too, which may have come anew
    if (!first) find("#own-said [data-report]")?.remove();
    understood = reply.understood;
    if (reply.view !== "compare") own = ownIn(reply.url) === reply.report ? reply.report : ""; // which is of the server's alone
    const typing = document.activeElement?.matches("#question textarea, #words input, #holdings input");
    if (["ask", "search"].includes(reply.view) && !retyped && !(typing && how !== "keep")) fill("#question textarea", reply.q);
    if (reply.view === "figures" && !typing) fill("#words input", reply.q);
    if (reply.view === "library" && !typing) fill("#holdings input", reply.q);
    fill("#follow textarea", "");
    if (reply.q && reply.view === "ask" && reply.understood && how !== "keep") remember(reply.understood === reply.q ? reply.q : reply.understood);
    const region = find(`#${REGIONS[reply.view]} [data-say]`);
    if (region) say(region.dataset.say);
    if (turned) return;
    const opens = how === "replace" && viewOf(location.search) !== reply.view;
    write(opens ? "push" : how, address(reply.url, hash), { report: reply.report });
    content = location.search;
    title(reply.q);
    beside(reply.report, () => mark(hash, first));
  };
  const fill = (selector, text) => {
    const box = find(selector);
    if (box && box.value !== text) box.value = text;
  };
  const title = (question) => {
    document.title = question ? `${question} · ${words().pageTitle}` : words().pageTitle;
  };
  // A part anew; the control in it that has the focus keeps it.
  const put = (id, html) => {
    const part = find(`#${id}`);
    if (!part) return;
    const held = part.contains(document.activeElement) && document.activeElement;
    const opened = [...part.querySelectorAll("details.pick[open]")].map((one) => one.id);
    part.innerHTML = html;
    if (id === "which") part.hidden = part.options.length < 2;
    for (const name of opened) find(`#${name}`).open = true;
    const same = held?.id && find(`#${held.id}`, part);
    const chip = held && id === "answer" && find(`[aria-controls="${held.closest(".choose")?.id}"]`, part);
    if (same || chip) (same || chip).focus();
    else if (held && id === "answer") find(".answer", part)?.focus();
    else if (held?.name) find(`[name="${held.name}"]${held.type === "radio" || held.type === "checkbox" ? `[value="${CSS.escape(held.value)}"]` : ""}`, part)?.focus();
  };

  // --- A server that does not answer, or is too busy: the question stays, and is put again.
  const gone = async (query, how, rest) => {
    const ticket = latest;
    const alive = await fetch("ready").then((reply) => reply.ok, () => false);
    if (ticket !== latest) return;
    if (alive && rest.lost) { // it is back and does not know this page: another version, with a page of its own
      write(how, address(query, rest.hash));
      return location.reload();
    }
    const line = alive ? words().busy : words().gone;
    const region = find(`#${REGIONS[viewOf(query)] || "report"}`);
    if (!rest.tries) open(viewOf(query));
    const again = Object.assign(document.createElement("button"), { type: "button", className: "again", textContent: words().again });
    const box = Object.assign(document.createElement("p"), { className: "trouble", textContent: `${line} ` });
    box.append(again);
    region.replaceChildren(box);
    const typing = document.activeElement?.matches("#question textarea");
    if (!typing && /ask|search/.test(viewOf(query))) fill("#question textarea", new URLSearchParams(query).get("q") || ""); // of a link
    say(line);
    const pause = PAUSES[Math.min(rest.tries, PAUSES.length - 1)];
    const next = () => ticket === latest && go(query, how, { ...rest, tries: rest.tries + 1, lost: !alive });
    const timer = setTimeout(next, pause);
    again.addEventListener("click", () => {
      clearTimeout(timer);
      next();
    });
  };

  // --- The report beside. Its text comes once for each report.
  const texts = new Map();
  const beside = async (report, then) => {
    const which = find("#which");
    if (report === "") {
      if (view() !== "report") find("#report").replaceChildren(); // there it says why there is none
      which.selectedIndex = -1;
      return;
    }
    if (!report || find("#report .full")?.dataset.report === report) return then();
    const key = `${generation} ${words().lang} ${report}`;
    const ticket = latest;
    const got = texts.get(key) || (await server.read({ report, lang: language() }));
    if (!got) return; // kept no more, or the server is gone: what asks next says it
    texts.set(key, got);
    if (ticket !== latest) return;
    put("report", got.html);
    put("try", got.try);
    if ([...which.options].some((one) => one.value === report)) which.value = report;
    if (phone()) find(".outline details")?.removeAttribute("open");
    then();
  };
  // What the answer cites, numbered where several clauses are; or the paragraph that the address names.
  const mark = (hash, first) => {
    const region = find(`#${REGIONS[view()]}`);
    const report = find("#report .full")?.dataset.report;
    const links = [...(region?.querySelectorAll(".answer [data-marks]") || [])].filter((one) => one.dataset.report === report);
    const clauses = links.filter((one) => one.closest(".pts, .enum") && (one.matches(".mk") || one.closest(".enum")));
    wenbao.number(clauses.map((one) => [one.dataset.number || "", one.dataset.marks]));
    const wanted = /^#[ps]-\d+$/.test(hash) && find(hash);
    if (wanted) {
      const link = region && find(`a[href="${hash}"]`, region);
      if (first && !reads()) open("report");
      return requestAnimationFrame(() => wenbao.show(wanted, history.state?.marks || link?.dataset.marks, false));
    }
    const foremost = links[0] || (region && find(view() === "search" ? ".place" : ".answer .place", region));
    const every = links.length && !clauses.length ? links.filter((one) => !one.closest(".alternatives")).map((one) => one.dataset.marks).join(" ") : "";
    if (foremost && ["ask", "search"].includes(view())) follow(foremost, false, clauses.length ? "" : every || foremost.dataset.marks);
    else wenbao.clear();
  };
  const follow = (link, byHand, marks = link.dataset.marks) => {
    const { report } = link.dataset;
    if (report && find("#report .full")?.dataset.report !== report) return beside(report, () => follow(link, byHand, marks));
    if (!byHand && !reads()) return;
    const id = link.getAttribute("href");
    if (byHand) {
      if (phone()) left = scrollY;
      if (!reads()) open("report");
      const url = new URL(location.href);
      url.hash = id;
      write("push", url, { view: view(), marks, report });
    }
    requestAnimationFrame(() => {
      const paragraph = find(id);
      if (!paragraph) return;
      wenbao.show(paragraph, marks, byHand);
      if (byHand) paragraph.focus({ preventScroll: true });
    });
  };

  addEventListener("popstate", () => {
    if (location.search !== content) return go(location.search, "keep", { hash: location.hash });
    const { view: then, marks, report } = history.state || {};
    open(then || viewOf(location.search));
    const paragraph = () => {
      const place = /^#[ps]-\d+$/.test(location.hash) && find(location.hash);
      if (place) return requestAnimationFrame(() => wenbao.show(place, marks, false));
      wenbao.clear();
      if (phone()) requestAnimationFrame(() => scrollTo(0, left));
    };
    if (report && location.hash) beside(report, paragraph);
    else paragraph();
  });

  // --- The questions asked from this browser: read anew before each is kept, so that two tabs do not overwrite each other's.
  const past = () => {
    try {
      return JSON.parse(localStorage.getItem("wenbao.past") || "[]").filter((one) => typeof one === "string");
    } catch {
      return [];
    }
  };
  const keep = (questions) => {
    localStorage.setItem("wenbao.past", JSON.stringify(questions.slice(0, LATELY)));
    recall();
  };
  const remember = (question) => keep([question, ...past().filter((one) => one !== question)]);
  const recall = () => {
    const rows = past().map((question) => {
      const link = Object.assign(document.createElement("a"), { textContent: question, href: `?${new URLSearchParams({ q: question })}`, lang: "zh-CN" });
      const row = document.createElement("li");
      row.append(link);
      return row;
    });
    find("#past ul").replaceChildren(...rows);
    find("#past > p").hidden = rows.length > 0;
    find("#past .clear").hidden = !rows.length;
  };
  addEventListener("storage", (event) => event.key === "wenbao.past" && recall());

  // --- Theme and language.
  const theme = (dark) => {
    document.body.classList.toggle("dark", dark);
    const flip = find("button.theme");
    const dusk = flip.dataset.dark || (flip.dataset.dark = flip.textContent);
    flip.textContent = dark ? flip.dataset.other : dusk;
  };
  const flip = () => {
    theme(!document.body.classList.contains("dark"));
    localStorage.setItem("wenbao.theme", document.body.classList.contains("dark") ? "dark" : "light");
  };
  const speak = (link) => {
    const url = new URL(location.href); // the other language, with the same question
    url.searchParams.set("lang", new URLSearchParams(link.getAttribute("href")).get("lang"));
    location.href = url;
  };

  // --- What the reader does.
  const ownIn = (query) => new URLSearchParams(query).get("report")?.match(/^own_.*/)?.[0] || "";
  const mine = (given) => (own && given.set("report", own), given); // what is asked by hand is asked of the report that is asked now
  const ask = (question, more = {}) => go(mine(new URLSearchParams({ q: question, ...more })));
  const entered = () => (view() === "search" ? search("push") : ask(find("#question textarea").value));
  const controls = (root) => {
    const given = new URLSearchParams();
    for (const one of find(root)?.querySelectorAll("input, select") || []) {
      if (!one.name || (["radio", "checkbox"].includes(one.type) && !one.checked) || !one.value || ["place", "indicator"].includes(one.name)) continue;
      given.set(one.name, one.value);
    }
    return given;
  };
  const search = (how) => {
    const given = controls("#search-controls");
    if (!given.has("mode")) given.set("mode", "hybrid");
    const query = find("#question textarea").value.trim();
    if (query) given.set("q", query);
    return go(mine(given), how);
  };
  const tabled = (how) => {
    const given = controls("#table-controls");
    given.set("view", "figures");
    const report = find("#which").value;
    if (report && !find("#which").hidden) given.set("report", report);
    const query = find("#words input").value.trim();
    if (query) given.set("q", query);
    return go(mine(given), how);
  };
  // Indicators and places are joined by 、, the kind of each indicator with it; `typed` is one that is not in the list.
  const compared = (typed = "") => {
    const given = controls("#compare-controls");
    const checked = (name) => [...document.querySelectorAll(`#${name}s input[name=${name}]:checked`)].map((one) => one.value);
    const named = [...checked("indicator"), ...(typed.trim() ? [typed.trim()] : [])].map((one) => one.split("|"));
    given.set("q", named.map(([name]) => name).join("、"));
    given.set("kind", named.map(([, kind]) => kind || "").join("、"));
    given.set("place", checked("place").join("、"));
    const before = new URLSearchParams(location.search);
    for (const key of ["order", "turn"]) given.set(key, before.get(key) || "");
    given.set("view", "compare");
    return go(given, "replace");
  };
  const held = () => go(new URLSearchParams({ view: "library", q: find("#holdings input").value.trim() }), "replace");
  const turn = (name) => {
    const result = REGIONS[name] && find(`#${REGIONS[name]} [data-url]`);
    const asked = find("#question textarea").value.trim();
    const before = new URLSearchParams(result?.dataset.url || "");
    open(name);
    const read = find("#report .full")?.dataset.report;
    if (name === "report" && !read) return go("view=report");
    if (name !== "report" && (own || ownIn(before))) return anew(name, before);
    if (name === "search") {
      if (asked && asked !== before.get("q")) return search("push");
      if (result && find("#search-controls select")) fill("#question textarea", before.get("q") || "");
      else return go("mode=hybrid");
    }
    if (name === "figures" && before.get("report") !== (find("#which").hidden ? null : find("#which").value)) return tabled("push");
    if (WIDE.includes(name) && !result) return go(`view=${name}`);
    const here = find("#which").hidden ? "view=report" : `view=report&report=${read}`;
    write("push", address(name === "report" ? here : result?.dataset.url || ""), { view: name });
    content = location.search;
    title(name === "report" ? "" : before.get("q"));
    if (phone() && name !== "report") requestAnimationFrame(() => scrollTo(0, left));
    if (name !== "report") mark("", false);
  };
  // A view anew, of the report that is asked now: one's own came or went while another view was open.
  const anew = (name, before) => {
    before.delete("report");
    if (name === "figures") return tabled("push");
    if (name === "search" && !find("#question textarea").value.trim()) fill("#question textarea", before.get("q") || "");
    if (name === "search") return search("push");
    return go(name === "compare" ? `view=compare&${before}` : mine(before));
  };
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.id === "question") entered();
    if (event.target.id === "follow") {
      const question = find("#follow textarea").value;
      fill("#question textarea", question);
      ask(question, { previous: understood });
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.dataset.narrows) return; // what only shortens a list
    const at = event.target.closest("#search-controls, #table-controls, #compare-controls, #which, #own-file");
    if (at?.id === "search-controls") search("push");
    if (at?.id === "table-controls") tabled("replace");
    if (at?.id === "compare-controls") compared();
    if (at?.id === "which") choose(at.value);
    if (at?.id === "own-file") take(event.target.files);
  });
  const choose = (report) => {
    const before = own;
    own = ownIn({ report });
    if (view() === "figures") return tabled("push");
    if (view() === "report") return go({ view: "report", report });
    if (own === before) return beside(report, () => wenbao.clear());
    if (view() === "search") return search("push");
    const asked = new URLSearchParams(find("#answer [data-url]")?.dataset.url || "");
    asked.set("report", report); // the same question, of the report that was chosen
    return go(asked);
  };
  const linkAt = (element) => {
    const passage = getSelection().isCollapsed && !element.closest(".cite") && element.closest(".passage");
    return element.closest('a[href^="#p-"], a[href^="#s-"]') || (passage && find("a.place", passage)); // selecting text is no click
  };
  const within = (link) => {
    find("#past")?.hidePopover();
    const given = new URLSearchParams(link.getAttribute("href"));
    go(link.closest("#past") ? mine(given) : given);
  };
  const unfold = (chip) => {
    const opened = chip.ariaExpanded === "true";
    for (const one of document.querySelectorAll("#answer .chip[aria-expanded=true]")) {
      one.ariaExpanded = "false";
      find(`#${one.getAttribute("aria-controls")}`).hidden = true;
    }
    chip.ariaExpanded = String(!opened);
    find(`#${chip.getAttribute("aria-controls")}`).hidden = opened;
  };
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    const tab = event.target.closest("#tabs [role=tab]");
    if (tab) return turn(tab.dataset.view);
    const jump = event.target.closest(".jump a");
    if (jump) {
      event.preventDefault();
      find(jump.getAttribute("href")).scrollIntoView();
      return find(jump.getAttribute("href")).focus({ preventScroll: true });
    }
    const link = linkAt(event.target);
    const control = event.target.closest(".chip[aria-expanded], [data-focus], button.theme, button.clear, a.language, a[href^='?'], #own button");
    if (link || control) event.preventDefault();
    if (link) follow(link, true);
    else if (control?.matches(".chip")) unfold(control);
    else if (control?.dataset.focus) find(control.dataset.focus).select();
    else if (control?.matches(".theme")) flip();
    else if (control?.matches(".clear")) keep([]);
    else if (control?.matches(".language")) speak(control);
    else if (control?.matches("#own .drop")) putAway(control.dataset.report);
    else if (control?.matches("#own-list .more")) find("#own-file input").click();
    else if (control) within(control);
  });

  document.addEventListener("keydown", (event) => {
    const chip = event.key === "Escape" && find("#answer .chip[aria-expanded=true]");
    if (!chip || !event.target.closest?.(".take, .choose")) return;
    unfold(chip);
    chip.focus();
  });

  // --- Reports of the reader's own.
  const line = (text) => {
    const box = Object.assign(document.createElement("p"), { className: "trouble", textContent: text });
    box.setAttribute("role", "alert");
    find("#own-said").replaceChildren(box);
    say(text);
  };
  const begun = () => {
    const box = document.createElement("p");
    box.setAttribute("role", "status");
    box.append(document.createElement("progress"), ` ${words().ownRead}`);
    find("#own-said").replaceChildren(box);
  };
  let bringing = null; // tells Python that files have come
  const take = async (given) => {
    const files = [...given];
    if (!files.length) return;
    const zone = find("#own-file input");
    zone.value = ""; // so that the same file can be chosen again
    const types = zone.accept.split(",");
    const strange = files.find((file) => !types.some((type) => file.name.toLowerCase().endsWith(type)));
    if (strange) return line(words().wrongType.replace("{file}", strange.name));
    const large = files.find((file) => file.size > Number(zone.dataset.most));
    if (large) return line(words().tooLarge.replace("{file}", large.name));
    begun();
    const got = await Promise.all(files.map((file) => upload(file))).catch(() => undefined);
    if (!got || got.includes(undefined)) return line(words().trouble);
    bringing({ files: got.map(({ path }) => ({ path })), lang: language() });
  };
  const brought = (html) => {
    put("own-said", html);
    say(find("#own-said")?.textContent.trim() || "");
    const reports = [...document.querySelectorAll("#own-said [data-report]")];
    if (!reports.length) return;
    texts.clear();
    const first = reports.length === 1 && !find("#own-list li"); // one alone is asked by itself, several with all others
    own = first ? reports[0].dataset.report : "";
    go(own && `report=${own}`, "push", { first: true });
  };
  const putAway = async (report) => {
    await server.drop({ report });
    const asked = [own, ownIn(location.search)].includes(report);
    find("#own-said").replaceChildren();
    find("#report").replaceChildren(); // it may be the one that is gone
    if (asked) own = "";
    go(asked ? "" : location.search, "push", { first: true });
  };
  for (const type of ["dragover", "drop"])
    document.addEventListener(type, (event) => {
      if (!event.target.closest?.("#own-file")) return;
      event.preventDefault();
      if (type === "drop") take(event.dataTransfer.files);
    });

  // --- Called when Gradio has put the frame onto the page.
  const settle = () => {
    const header = find("header[data-lang]");
    document.documentElement.lang = header.dataset.lang;
    const chosen = localStorage.getItem("wenbao.theme");
    const asked = new URL(location.href).searchParams.has("__theme");
    theme(chosen && !asked ? chosen === "dark" : document.body.classList.contains("dark"));
    recall();
    title("");
  };
  const start = async (element, functions, taking) => {
    server = functions;
    upload = taking;
    settle();
    open(viewOf(location.search));
    await go(location.search, "keep", { hash: location.hash, first: true });
    wenbao.isReady = true;
  };
  const bring = (element, trigger, watch) => {
    bringing = (detail) => trigger("upload", detail);
    watch("value", () => brought(find(".html-container", element)?.innerHTML ?? element.innerHTML));
    // What Gradio itself refuses, or cannot send, has no value: only its sign of an error.
    const failed = () => find("#own-line .error") && find("#own-said progress") && line(words().trouble);
    new MutationObserver(failed).observe(find("#own-line"), { childList: true, subtree: true });
  };

  return { say, view, turn, start, bring, address, typed: () => search("replace"), narrow: () => tabled("replace"), listed: held, add: compared };
})());
