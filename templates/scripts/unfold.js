// Opens what is folded: where an address leads into it, and in print. Without it readers open it themselves.
"use strict";

(() => {
  /** What print opens and closes again. @type {HTMLDetailsElement[]} */
  let opened = [];

  /** The id in the address; none if the address is cut in the middle of a letter. */
  const idInAddress = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  const reveal = () => {
    const place = document.getElementById(idInAddress());
    let folded = place?.parentElement?.closest("details:not([open])") ?? null;
    if (!place || !folded) return;
    for (; folded; folded = folded.parentElement?.closest("details:not([open])") ?? null) {
      /** @type {HTMLDetailsElement} */ (folded).open = true;
    }
    place.scrollIntoView();
  };

  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("main details:not([open]):not(.takeaway)"));
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
  document.getElementById("print")?.addEventListener("click", () => window.print());
  reveal();
})();
