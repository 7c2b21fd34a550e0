// Search of the site: loads an index that was written with the pages, and looks through it. Nothing is sent anywhere.
// Without this script the form stays hidden, and the page leads to the lists of questions, experts and topics.
"use strict";

(() => {
  /** @typedef {{kind: string, href: string, title: string, text: string, language: string}} Entry */
  /** @typedef {Entry & {folded: string}} Known */

  const LEAST = 2, SHOWN = 12, AROUND = 70;
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("search-form"));
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("search-words"));
  const list = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  if (!form || !input || !list || !status) return;

  /** @type {Known[]} */
  const known = [];
  /** @type {Promise<void> | null} */
  let loading = null;
  let failed = false;
  const people = new Set();

  /** Letters without case and marks, so that "cafe" finds "Café"; a character for each one that is there, for marking. */
  const fold = (/** @type {string} */ text) =>
    Array.from(text, (letter) => {
      const plain = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      return plain.length === letter.length ? plain : letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter;
    }).join("");

  const load = async (/** @type {string} */ address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };

  /** Loads titles, answers and questions first, then what was said; shows what is found after each. */
  const loadAll = async () => {
    const base = new URL("assets/search/", document.baseURI);
    const index = await load(new URL("index.json", base).href);
    for (const part of [index.heads, index.texts]) {
      const shards = await Promise.all(part.map((/** @type {string} */ name) => load(new URL(name, base).href)));
      for (const shard of shards) {
        for (const entry of shard.documents) {
          if (entry.kind === "expert" && people.has(entry.href)) continue; // each brief names its experts
          if (entry.kind === "expert") people.add(entry.href);
          known.push({ ...entry, folded: fold(`${entry.title}\n${entry.text}`) });
        }
      }
      show();
    }
  };

  const words = () => fold(input.value).split(/[\s"“”„«»]+/u).filter((word) => word.length >= LEAST || /[^\u0000-\u024f]/u.test(word));

  /** A piece of text with the words marked. */
  const marked = (/** @type {HTMLElement} */ into, /** @type {string} */ text, /** @type {string[]} */ wanted) => {
    const folded = fold(text);
    let at = 0;
    while (at < text.length) {
      const found = wanted
        .map((word) => ({ word, start: folded.indexOf(word, at) }))
        .filter((one) => one.start >= 0)
        .sort((a, b) => a.start - b.start || b.word.length - a.word.length)[0];
      if (!found) break;
      into.append(text.slice(at, found.start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(found.start, found.start + found.word.length);
      into.append(mark);
      at = found.start + found.word.length;
    }
    into.append(text.slice(at));
  };

  /** The part of a text around the first word that is found in it. */
  const passage = (/** @type {string} */ text, /** @type {string[]} */ wanted) => {
    const folded = fold(text);
    const starts = wanted.map((word) => folded.indexOf(word)).filter((start) => start >= 0);
    const first = starts.length ? Math.min(...starts) : 0;
    const from = first > AROUND ? text.indexOf(" ", first - AROUND) + 1 || first - AROUND : 0;
    const cut = text.slice(from, from + 3 * AROUND);
    return `${from ? "… " : ""}${cut}${from + 3 * AROUND < text.length ? " …" : ""}`;
  };

  const item = (/** @type {Known} */ entry, /** @type {string[]} */ wanted) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.href;
    link.lang = entry.language;
    marked(link, entry.title, wanted);
    row.append(link);
    if (entry.text) {
      const text = document.createElement("p");
      text.lang = entry.language;
      marked(text, passage(entry.text, wanted), wanted);
      row.append(text);
    }
    return row;
  };

  const show = () => {
    const wanted = words();
    list.replaceChildren();
    if (failed) status.textContent = form.dataset.failed ?? "";
    else if (!wanted.length) status.textContent = "";
    else {
      const found = known.filter((entry) => wanted.every((word) => entry.folded.includes(word)));
      status.textContent = found.length ? `${form.dataset.found}: ${found.length}` : loading ? form.dataset.none ?? "" : "";
      for (const kind of ["brief", "question", "expert", "position", "fact"]) {
        const here = found.filter((entry) => entry.kind === kind);
        if (!here.length) continue;
        const heading = document.createElement("h2");
        heading.textContent = `${form.dataset[kind]} (${here.length})`;
        const rows = document.createElement("ul");
        rows.className = "found";
        rows.append(...here.slice(0, SHOWN).map((entry) => item(entry, wanted)));
        list.append(heading, rows);
      }
    }
  };

  const search = () => {
    loading ??= loadAll().catch(() => {
      failed = true;
      show();
    });
    show();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  input.addEventListener("input", () => {
    const address = new URL(location.href);
    if (input.value) address.searchParams.set("q", input.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    search();
  });
  input.value = new URL(location.href).searchParams.get("q") ?? "";
  if (input.value) search();
})();
