// Notes where they are wanted: in the margin of wide windows, and otherwise in place, under the paragraph, when a reader opens one.
// Without this script a mark leads to the note at the end, where all of them stay in any case.
"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 110rem)");
  const GAP = 8;
  const main = document.querySelector("main");
  if (!main || !document.querySelector(".note-list")) return;
  const marks = /** @type {HTMLAnchorElement[]} */ (Array.from(main.querySelectorAll(".note-ref a")));

  const textOf = (/** @type {HTMLAnchorElement} */ mark) => document.getElementById(mark.hash.slice(1))?.querySelector(".note-text") ?? null;

  /** The text of a note again, without ids and without the way back. */
  const copyOf = (/** @type {HTMLAnchorElement} */ mark) => {
    const copy = textOf(mark)?.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return null;
    for (const other of copy.querySelectorAll("[id]")) other.removeAttribute("id");
    for (const other of copy.querySelectorAll(".note-again")) other.remove();
    return copy;
  };

  // ---------------------------------------------------------------- in the margin

  /** @type {{mark: HTMLAnchorElement, note: HTMLElement}[]} */
  let margin = [];

  /** Notes of running text alone: those of tables would stand far from their cells. They are told once, at the end of the page. */
  const makeMargin = () => {
    for (const mark of marks) {
      const copy = mark.closest("table, figure, .box") ? null : copyOf(mark);
      if (!copy) continue;
      const note = document.createElement("p");
      note.className = "margin-note";
      note.setAttribute("aria-hidden", "true");
      const number = document.createElement("b");
      number.textContent = mark.textContent;
      for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
      note.append(number, " ", copy);
      margin.push({ mark, note });
    }
    main.append(...margin.map((one) => one.note));
  };

  /** Each beside its mark, or under the one before; none where a wide table takes the margin. */
  const placeMargin = () => {
    const { top, width } = main.getBoundingClientRect();
    const taken = Array.from(main.children, (child) => child.getBoundingClientRect()).filter((one) => one.width > width + 1);
    let free = 0;
    for (const { mark, note } of margin) {
      const at = mark.getBoundingClientRect();
      const place = Math.max(at.top - top, free);
      note.style.top = `${place}px`;
      note.hidden = false;
      const end = top + place + note.offsetHeight;
      note.hidden = at.height === 0 || taken.some((one) => one.top < end && one.bottom > top + place);
      if (!note.hidden) free = place + note.offsetHeight + GAP;
    }
  };

  const arrange = () => {
    if (!WIDE.matches) return;
    if (!margin.length) makeMargin();
    placeMargin();
  };

  // ---------------------------------------------------------------- in place

  /** @type {Map<HTMLAnchorElement, HTMLElement>} */
  const open = new Map();

  const close = (/** @type {HTMLAnchorElement} */ mark) => {
    open.get(mark)?.remove();
    open.delete(mark);
    mark.removeAttribute("aria-expanded");
    arrange();
  };

  const show = (/** @type {HTMLAnchorElement} */ mark) => {
    const copy = copyOf(mark);
    const block = mark.closest("p, blockquote, li, h1, h2, h3, figcaption, caption, td, th");
    if (!copy || !block) return false;
    const note = document.createElement("div");
    note.className = "note-here";
    note.setAttribute("role", "note");
    note.setAttribute("aria-label", mark.getAttribute("aria-label") ?? "");
    note.tabIndex = -1;
    note.append(copy);
    if (block.matches("p, blockquote") && block.parentElement) (block.closest("blockquote") ?? block).after(note);
    else block.append(note);
    open.set(mark, note);
    mark.setAttribute("aria-expanded", "true");
    note.focus({ preventScroll: true });
    arrange();
    return true;
  };

  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const beside = WIDE.matches && margin.some((one) => one.mark === mark && !one.note.hidden);
      if (open.has(mark)) close(mark);
      else if (beside || !show(mark)) return;
      event.preventDefault();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const [mark, note] of open) {
      if (!note.contains(document.activeElement) && document.activeElement !== mark) continue;
      close(mark);
      mark.focus();
    }
  });

  WIDE.addEventListener("change", arrange);
  new ResizeObserver(arrange).observe(main);
  document.fonts?.ready.then(arrange);
})();
