// Which experts the tables of positions show, side by side, and in which order. What is chosen is in the address, so that it can
// be sent to somebody. Without this script all experts are there, in the order of the brief.
"use strict";

(() => {
  /**
   * One expert in one question: the head and, by the row's name, the cells.
   * @typedef {{expert: string, rank: number, given: number, head: HTMLElement, cells: Map<string, HTMLElement>}} Column
   */
  /**
   * A table as it was: its columns, and its rows by name.
   * @typedef {{table: HTMLTableElement, columns: Column[], rows: Map<string, HTMLTableRowElement>}} Table
   */

  const UNRANKED = 1000;
  const choice = document.getElementById("column-choice");
  const shown = document.getElementById("columns-shown");
  const order = /** @type {HTMLSelectElement | null} */ (document.getElementById("column-order"));
  if (!choice || !shown || !order) return;
  const boxes = /** @type {HTMLInputElement[]} */ (Array.from(choice.querySelectorAll("input[name=experts]")));
  const places = new Map(boxes.map((box) => [box.value, Number(box.dataset.place)]));
  const widest = Number(choice.dataset.columns) || boxes.length;

  /** A row is named by the first of its classes; the one row of plain tables has none. */
  const named = (/** @type {HTMLTableRowElement} */ row) => row.className.split(" ").find((name) => name.startsWith("row-")) ?? "";

  let given = 0;
  /** @returns {Table} */
  const readTable = (/** @type {HTMLTableElement} */ table) => {
    const rows = new Map(Array.from(table.tBodies[0].rows, (row) => [named(row), row]));
    const heads = /** @type {HTMLElement[]} */ (Array.from(table.querySelectorAll(".heads th[data-expert]")));
    const columns = heads.map((head, place) => {
      const cells = new Map(Array.from(rows, ([name, row]) => [name, /** @type {HTMLElement} */ (row.querySelectorAll("td")[place])]));
      const rank = Number(cells.values().next().value?.dataset.rank ?? UNRANKED);
      given += 1;
      return { expert: head.dataset.expert ?? "", rank, given, head, cells };
    });
    return { table, columns, rows };
  };

  /** The tables of each question. */
  const questions = Array.from(document.querySelectorAll(".question"), (section) =>
    Array.from(/** @type {NodeListOf<HTMLTableElement>} */ (section.querySelectorAll("table.matrix")), readTable),
  );

  /** @type {Record<string, (a: Column, b: Column) => number>} */
  const ORDERS = {
    "": (a, b) => a.given - b.given,
    name: (a, b) => (places.get(a.expert) ?? 0) - (places.get(b.expert) ?? 0),
    stance: (a, b) => a.rank - b.rank || a.given - b.given,
  };

  /** Cells for the rows that a table does not have of its own: the row with its head, as another table has it. */
  const rowFor = (/** @type {Table} */ target, /** @type {string} */ name, /** @type {Table[]} */ all) => {
    const own = target.rows.get(name);
    if (own) return own;
    const model = all.map((one) => one.rows.get(name)).find((row) => row);
    const row = /** @type {HTMLTableRowElement} */ (model?.cloneNode(false));
    row.dataset.lent = "";
    const head = model?.querySelector(".row-head");
    if (head) row.append(head.cloneNode(true));
    target.table.tBodies[0].append(row);
    return row;
  };

  /** Put these columns into a table, in this order. */
  const fill = (/** @type {Table} */ target, /** @type {Column[]} */ columns, /** @type {Table[]} */ all, /** @type {number} */ most) => {
    const { table } = target;
    for (const lent of table.querySelectorAll("[data-lent]")) lent.remove();
    for (const cell of table.querySelectorAll(".heads th[data-expert], tbody td")) cell.remove();
    table.hidden = columns.length === 0;
    table.querySelector(".heads")?.append(...columns.map((column) => column.head));
    const names = new Set([...target.rows.keys(), ...columns.flatMap((column) => Array.from(column.cells.keys()))]);
    for (const name of names) {
      const row = rowFor(target, name, all);
      for (const column of columns) {
        const cell = column.cells.get(name) ?? document.createElement("td");
        if (!column.cells.has(name)) cell.dataset.lent = "";
        row.append(cell);
      }
    }
    table.className = table.className.replace(/\bcolumns-\d+/, `columns-${columns.length}`);
    table.style.width = most ? `${(100 * columns.length) / most}%` : "";
    const across = /** @type {HTMLTableCellElement | null} */ (table.querySelector(".ask-row th"));
    if (across) across.colSpan = table.rows[1]?.cells.length || 1;
  };

  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);

  /** Bring all tables to what is chosen. */
  const apply = () => {
    const experts = new Set(chosen());
    const whole = experts.size === boxes.length && !order.value;
    for (const tables of questions) {
      const columns = tables.flatMap((one) => one.columns).filter((one) => experts.has(one.expert)).sort(ORDERS[order.value]);
      const groups = Math.ceil(columns.length / widest);
      const size = Math.ceil(columns.length / (groups || 1));
      tables.forEach((one, place) => {
        const own = whole ? one.columns : columns.slice(place * size, (place + 1) * size);
        fill(one, own, tables, whole ? 0 : size);
      });
    }
    const words = shown.dataset.words ?? "";
    shown.textContent = whole ? "" : words.replace("{n}", String(experts.size)).replace("{of}", String(boxes.length));
    document.body.classList.toggle("some-columns", experts.size < boxes.length);
  };

  /** Write what is chosen into the address, without a step in the history. */
  const remember = () => {
    const address = new URL(location.href);
    const experts = chosen();
    address.searchParams.delete("experts");
    address.searchParams.delete("order");
    if (experts.length < boxes.length) address.searchParams.set("experts", experts.join(","));
    if (order.value) address.searchParams.set("order", order.value);
    try {
      history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
    } catch {
      // some browsers forbid it for pages that are opened from the disk
    }
  };

  const recall = () => {
    const values = new URLSearchParams(location.search);
    const experts = values.get("experts")?.split(",").filter((one) => places.has(one)) ?? [];
    for (const box of boxes) box.checked = experts.length === 0 || experts.includes(box.value); // an address hides nobody by names that are unknown
    order.value = values.get("order") ?? "";
    if (order.selectedIndex < 0) order.value = "";
  };

  /** The id in the address; none if the address is cut in the middle of a letter. */
  const idInAddress = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  /** A link to the words of an expert who is not shown shows them. */
  const reveal = () => {
    const id = idInAddress();
    if (!id || document.getElementById(id)) return;
    const wanted = questions.flat(2).flatMap((one) => one.columns).find((column) =>
      Array.from(column.cells.values()).some((cell) => cell.id === id || cell.querySelector(`[id="${CSS.escape(id)}"]`)));
    const box = boxes.find((one) => one.value === wanted?.expert);
    if (!box) return;
    box.checked = true;
    update();
    document.getElementById(id)?.scrollIntoView();
  };

  const update = () => {
    apply();
    remember();
  };

  choice.addEventListener("change", update);
  choice.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-choose]"));
    if (!button) return;
    for (const box of boxes) box.checked = button.dataset.choose === "all";
    update();
  });
  window.addEventListener("hashchange", reveal);
  const begin = () => {
    recall();
    if (chosen().length < boxes.length || order.value) apply();
  };
  window.addEventListener("pageshow", begin); // after a browser has put back what was ticked before a reload
  begin();
  reveal();
  choice.classList.add("ready");
})();
