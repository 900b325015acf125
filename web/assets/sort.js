// Tables: a press on a heading sorts by its column, rising, then falling, then as the report has it again.
(() => {
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const written = new WeakMap(); // the body of a table → its rows in the order of the report

  // Numbers of another unit cannot be compared: units stand in the order in which they first come, sorted each by itself. What has
  // no value comes last, rising or falling.
  const sorted = (rows, at, sign) => {
    const of = (row) => row.cells[at].dataset;
    const units = [...new Set(rows.map((row) => of(row).unit))];
    const given = rows.filter((row) => of(row).value);
    const numbers = given.every((row) => Number.isFinite(Number(of(row).value)));
    const compare = numbers ? (one, other) => one - other : (one, other) => one.localeCompare(other, "zh", { numeric: true });
    const order = (one, other) => units.indexOf(of(one).unit) - units.indexOf(of(other).unit) || sign * compare(of(one).value, of(other).value);
    return [...given.sort(order), ...rows.filter((row) => !of(row).value)];
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("table.tbl button.sort");
    if (!button) return;
    const [head, table] = [button.closest("th"), button.closest("table")];
    const order = NEXT[head.getAttribute("aria-sort")] || "ascending";
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    for (const body of table.tBodies) {
      if (!written.has(body)) written.set(body, [...body.rows]);
      const rows = written.get(body);
      body.append(...(order === "none" ? rows : sorted(rows, head.cellIndex, order === "ascending" ? 1 : -1)));
    }
    button.focus({ preventScroll: true }); // Safari gives no button the focus by a click
    wenbao.say(`${button.textContent} ${table.dataset[order] || ""}`.trim());
  });
})();
