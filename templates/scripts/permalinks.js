// A permalink opens a small menu that copies the address, or the words with their source. Without this script it is a link to its
// place, as it stays with a modifier key or the middle button.
"use strict";

(() => {
  const menu = document.getElementById("copy-menu");
  const status = menu?.querySelector("[role=status]");
  if (!menu || !(status instanceof HTMLElement)) return;
  const NOT_COPIED = ".permalink, .note-ref, .card-head, .card-name, .tag, .note-here, button, details, [aria-hidden=true]";
  /** @type {HTMLAnchorElement | null} */
  let link = null;

  const plain = (/** @type {Element | null} */ element) => {
    if (!element) return "";
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const other of copy.querySelectorAll(NOT_COPIED)) other.remove();
    for (const block of copy.querySelectorAll("p, div, blockquote, li, tr")) block.append(" ");
    return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
  };

  /** The address of the place on this page, without what a reader chose to see. */
  const addressOf = (/** @type {HTMLAnchorElement} */ from) => {
    const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
    return new URL(from.hash, canonical?.href ?? location.href.split(/[?#]/)[0]).href;
  };

  /** The words of a place, who said them, where, and the address. */
  const wordsOf = (/** @type {HTMLAnchorElement} */ from) => {
    const place = document.getElementById(decodeURIComponent(from.hash.slice(1)));
    if (!place) return "";
    const words = place.matches(".question") ? plain(place.querySelector("h3")) : plain(place);
    const source = place.matches("blockquote") ? plain(place.parentElement?.querySelector(".source") ?? null) : "";
    const said = [from.dataset.who, source].filter(Boolean).join(menu.dataset.comma ?? ", ");
    return [words, said && `– ${said}`, `${document.title}${menu.dataset.colon ?? ": "}${addressOf(from)}`].filter(Boolean).join("\n");
  };

  const write = async (/** @type {string} */ text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea"); // pages from the disk and from http have no clipboard
    field.value = text;
    menu.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) throw new Error("not copied");
  };

  const close = () => {
    if (menu.hidden) return;
    const back = menu.contains(document.activeElement);
    menu.hidden = true;
    link?.removeAttribute("aria-expanded");
    if (back) link?.focus();
    link = null;
  };

  const open = (/** @type {HTMLAnchorElement} */ from) => {
    close();
    link = from;
    link.setAttribute("aria-expanded", "true");
    status.textContent = "";
    menu.hidden = false;
    const at = from.getBoundingClientRect();
    const right = document.documentElement.clientWidth - menu.offsetWidth - 8;
    menu.style.top = `${at.bottom + window.scrollY + 4}px`;
    menu.style.left = `${Math.max(8, Math.min(at.left, right)) + window.scrollX}px`;
    menu.querySelector("button")?.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const from = /** @type {HTMLAnchorElement | null} */ (target.closest("a.permalink"));
    if (!from) {
      if (!menu.contains(target)) close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", from.hash);
    if (from === link) close();
    else open(from);
  });
  menu.addEventListener("click", async (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy]"));
    if (!button || !link) return;
    const focused = document.activeElement;
    status.textContent = ""; // so that a second copy is told as well
    try {
      await write(button.dataset.copy === "link" ? addressOf(link) : wordsOf(link));
      status.textContent = status.dataset.copied ?? "";
    } catch {
      status.textContent = status.dataset.failed ?? "";
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) close();
  });

  // what stands ready to be taken along: a button copies the text before it
  for (const button of document.querySelectorAll("button[data-copies]")) {
    if (!(button instanceof HTMLElement)) continue;
    const said = button.nextElementSibling;
    button.addEventListener("click", async () => {
      try {
        await write(document.getElementById(button.dataset.copies ?? "")?.textContent ?? "");
        if (said) said.textContent = status.dataset.copied ?? "";
      } catch {
        if (said) said.textContent = status.dataset.failed ?? "";
      }
    });
    button.hidden = false;
  }
})();
