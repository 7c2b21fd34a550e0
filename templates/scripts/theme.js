// The colours that a reader chose, on all pages of the site. It runs before the page is drawn, so that nothing flashes; the
// style sheets do the rest (`data-theme`). Without it pages follow the device.
"use strict";

(() => {
  const KEY = "brief-theme", THEMES = ["light", "dark"];
  const root = document.documentElement;

  // For hosts that send no headers: from here on the page runs no script and loads nothing but the site's own. The page names the policy.
  const policy = document.currentScript?.dataset.policy;
  if (policy && location.protocol.startsWith("http")) {
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = policy;
    document.head.append(meta);
  }

  const kept = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return ""; // a browser may forbid pages to keep anything
    }
  };

  const show = (/** @type {string} */ theme) => {
    if (THEMES.includes(theme)) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  const keep = (/** @type {string} */ theme) => {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // it then holds for this page
    }
  };

  show(kept());
  document.addEventListener("DOMContentLoaded", () => {
    const choice = /** @type {HTMLSelectElement | null} */ (document.getElementById("theme"));
    if (!choice) return;
    choice.value = root.dataset.theme ?? "";
    choice.addEventListener("change", () => {
      show(choice.value);
      keep(choice.value);
    });
    window.addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      show(event.newValue ?? "");
      choice.value = root.dataset.theme ?? "";
    });
    choice.closest(".scripted")?.classList.add("ready");
  });
})();
