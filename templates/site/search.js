// Search of the site: loads an index that is part of the site, and searches it. Nothing is sent.
// The index comes as scripts, which browsers also read from a disk. Without this script the form stays hidden, and the page leads to the
// lists of questions, experts and topics.
"use strict";

(() => {
  /** @typedef {{kind: string, href: string, title: string, text: string, language: string, direction: string, own: string, heading: string, folded: string}} Entry */
  /** @typedef {{beginnings: string[], endings: string[]}} Endings */
  /** @typedef {{heads: string[], texts: string[], name: string, letters: Record<string, string>} & Endings} Part */
  /** @typedef {{word: string, stems: Record<string, string>, pieces: string[], whole: boolean}} Term */

  const SHOWN = 12, AROUND = 70, KINDS = ["brief", "question", "expert", "position", "fact"];
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("search-form"));
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("search-words"));
  const choice = /** @type {HTMLSelectElement | null} */ (document.getElementById("search-language"));
  const list = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!form || !input || !choice || !list || !status || !script) return;
  const folder = new URL("../search/", script.src);
  const GIVEN = "search-file-"; // files that the page itself loads: beginning of their ids

  // ---------------------------------------------------------------- letters

  /** Letters that Unicode does not take apart, and those of the index's languages. @type {Record<string, string>} */
  const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", "’": "'" };
  let others = /[ßæœøłđðþı’]/gu;
  /** Accents, points of Arabic and Hebrew, and what is not seen; not the vowels of other scripts. */
  const MARKS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f]/gu;
  const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

  const foldOthers = (/** @type {string} */ run) =>
    run.normalize("NFKD").replace(MARKS, "").replace(others, (letter) => letters[letter] ?? letter).normalize("NFC");

  /** Single letters and signs, which come again and again. @type {Map<string, string>} */
  const singles = new Map();
  const foldRun = (/** @type {string} */ run) => {
    if (run.length > 1) return foldOthers(run);
    const plain = singles.get(run) ?? foldOthers(run);
    singles.set(run, plain);
    return plain;
  };

  /**
   * Letters without case and accents, so that "cafe" finds "Café". ASCII needs no more than small letters, and no letter of it
   * forms another one with a mark that stays.
   */
  const fold = (/** @type {string} */ text) =>
    // eslint-disable-next-line no-control-regex
    text.toLowerCase().replace(/[^\x00-\x7f]+/g, foldRun);

  /** A text folded letter by letter, and for each letter of the result where it comes from. */
  const mapped = (/** @type {string} */ text) => {
    // eslint-disable-next-line no-control-regex
    if (/^[\x00-\x7f]*$/.test(text)) return { folded: text.toLowerCase(), from: Array.from({ length: text.length + 1 }, (_, at) => at) };
    let folded = "";
    const from = [];
    let at = 0;
    for (const letter of text) {
      const plain = fold(letter);
      folded += plain;
      for (let n = 0; n < plain.length; n++) from.push(at);
      at += letter.length;
    }
    from.push(at);
    return { folded, from };
  };

  /** A word without what its language puts before and behind it, as far as enough is left. */
  const stem = (/** @type {string} */ word, /** @type {Endings} */ { beginnings, endings }) => {
    const least = beginnings.length ? 3 : 4;
    const before = beginnings.find((one) => word.startsWith(one) && word.length - one.length >= least);
    const rest = before ? word.slice(before.length) : word;
    const behind = endings.find((one) => rest.endsWith(one) && rest.length - one.length >= least);
    return behind ? rest.slice(0, rest.length - behind.length) : rest;
  };

  // ---------------------------------------------------------------- the index

  /** @type {Map<string, any>} */
  const arrived = new Map();
  /** @type {Map<string, Promise<any>>} */
  const loads = new Map();
  /** Names of the files that are searched as soon as they are here. @type {Set<string>} */
  const asked = new Set();
  /** @type {Record<string, Part>} */
  let parts = {};
  /** @type {Entry[]} */
  const known = [];
  let bare = false; // addresses leave out ".html"
  let loading = 0, failed = false;

  /** Called by each file of the index, with its name and what is in it. */
  Object.assign(globalThis, { briefSearch: (/** @type {string} */ name, /** @type {unknown} */ value) => arrived.set(name, value) });

  const load = (/** @type {string} */ name) => {
    const there = loads.get(name);
    if (there) return there;
    const coming = new Promise((resolve, reject) => {
      const given = /** @type {HTMLScriptElement | null} */ (document.getElementById(GIVEN + name));
      const element = given ?? document.createElement("script");
      element.addEventListener("load", () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name))));
      element.addEventListener("error", () => reject(new Error(name)));
      if (given) return;
      element.src = new URL(`${name}.js`, folder).href;
      document.head.append(element);
    });
    loads.set(name, coming);
    return coming;
  };

  const add = (/** @type {string} */ own, /** @type {{briefs: [string, string, [string, string, string, string][]][]}} */ shard) => {
    for (const [language, direction, documents] of shard.briefs) {
      for (const [kind, href, title, text] of documents) {
        const heading = fold(title);
        known.push({ kind, href, title, text, language, direction, own, heading, folded: text ? `${heading}\n${fold(text)}` : heading });
      }
    }
  };

  const loadPart = (/** @type {"heads" | "texts"} */ part, /** @type {string[]} */ languages) => {
    const names = languages.flatMap((own) => parts[own][part].filter((name) => !asked.has(name)).map((name) => [own, name]));
    for (const [, name] of names) asked.add(name);
    return Promise.all(names.map(([own, name]) => load(name).then((shard) => { add(own, shard); soon(); })));
  };

  /**
   * Loads titles, answers and questions of these languages, and if there are words to search for, then what was said. Shows what is found
   * after each file. The first part is small, so that it is there before a reader has typed a word.
   */
  const loadAll = async (/** @type {string[]} */ languages) => {
    loading++;
    try {
      await loadPart("heads", languages);
      if (terms().length) await loadPart("texts", languages);
    } finally {
      loading--;
    }
    if (!loading) show();
  };

  const begin = async () => {
    const index = await load("index");
    parts = index.languages;
    bare = index.pretty;
    for (const part of Object.values(parts)) {
      Object.assign(letters, part.letters);
      part.beginnings = part.beginnings.map(fold).sort((a, b) => b.length - a.length);
    }
    others = new RegExp(`[${Object.keys(letters).join("")}]`, "gu");
    singles.clear();
    for (const part of Object.values(parts)) part.endings = part.endings.map(fold).sort((a, b) => b.length - a.length);
    const tags = Object.keys(parts);
    for (const tag of tags) choice.append(new Option(parts[tag].name, tag));
    const page = document.documentElement.lang.split("-")[0];
    const wanted = new URL(location.href).searchParams.get("in") ?? page;
    choice.value = tags.includes(wanted) && tags.length > 1 ? wanted : "";
    /** @type {HTMLElement} */ (choice.parentElement).hidden = tags.length < 2;
  };

  const chosen = () => (choice.value ? [choice.value] : Object.keys(parts));

  // ---------------------------------------------------------------- query

  /** The words of the form; what stands in quotation marks is one. @returns {Term[]} */
  const terms = () => {
    const found = [];
    for (const [, phrase, word] of input.value.matchAll(/["“”„«]([^"“”„«»]+)["“”»]?|([^\s"“”„«»]+)/gu)) {
      if (phrase) found.push({ word: fold(phrase).trim(), stems: {}, pieces: [], whole: true });
      for (const piece of fold(word ?? "").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").match(HAN) ?? []) found.push(term(piece));
    }
    return found.filter(({ word }) => word.length > 1 || /[^\u0000-\u024f]/u.test(word));
  };

  const term = (/** @type {string} */ word) => {
    const letters = /\p{Script=Han}/u.test(word) && word.length > 2 ? Array.from(word) : [];
    const pieces = letters.slice(1).map((letter, at) => letters[at] + letter);
    const stems = Object.fromEntries(Object.entries(parts).map(([own, part]) => [own, pieces.length ? word : stem(word, part)]));
    return { word, stems, pieces, whole: false };
  };

  const isLetter = (/** @type {string | undefined} */ one) => one !== undefined && /[\p{L}\p{N}]/u.test(one);

  /** How well an entry fits a word: none, as part of words, at the beginning of one; more in its title. */
  const fit = (/** @type {Entry} */ entry, /** @type {Term} */ one) => {
    const looked = one.whole ? one.word : one.stems[entry.own] ?? one.word;
    const at = entry.folded.indexOf(looked);
    if (at < 0) {
      const there = one.pieces.filter((piece) => entry.folded.includes(piece)).length;
      return there && there >= Math.ceil(one.pieces.length * 0.6) ? 1 : 0; // the words of a run of Han may stand apart
    }
    const title = at < entry.heading.length ? 4 : 0;
    return 1 + title + (at === 0 || !isLetter(entry.folded[at - 1]) ? 2 : 0) + (entry.folded.includes(one.word) ? 1 : 0);
  };

  const find = (/** @type {Term[]} */ wanted, /** @type {string[]} */ languages) => {
    const here = new Set(languages), people = new Set();
    const found = [];
    for (const entry of known) {
      if (!here.has(entry.own) || people.has(entry.href)) continue;
      let sum = 0;
      for (const one of wanted) {
        const fitting = fit(entry, one);
        if (!fitting) { sum = 0; break; }
        sum += fitting;
      }
      if (!sum) continue;
      if (entry.kind === "expert") people.add(entry.href); // in several files
      found.push({ entry, sum });
    }
    return found.sort((a, b) => b.sum - a.sum).map(({ entry }) => entry);
  };

  // ---------------------------------------------------------------- results

  /** Where words are in a folded text: the whole word that each is a part of. */
  const places = (/** @type {string} */ folded, /** @type {Term[]} */ wanted, /** @type {string} */ own) => {
    const found = [];
    for (const one of wanted) {
      const whole = one.whole ? one.word : one.stems[own] ?? one.word;
      const looked = !one.pieces.length || folded.includes(whole) ? [whole] : one.pieces;
      for (const word of looked) {
        for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
          let start = at, end = at + word.length;
          if (!one.pieces.length && !one.whole && !/\p{Script=Han}/u.test(word)) {
            while (isLetter(folded[end]) || /\p{M}/u.test(folded[end] ?? "")) end++;
            while (isLetter(folded[start - 1]) || /\p{M}/u.test(folded[start - 1] ?? "")) start--;
          }
          found.push([start, end]);
        }
      }
    }
    return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  };

  /** A piece of text with the words marked; of a long one the part around the first of them. */
  const marked = (/** @type {HTMLElement} */ into, /** @type {string} */ text, /** @type {Term[]} */ wanted, /** @type {string} */ own, /** @type {number} */ most) => {
    const { folded, from } = mapped(text);
    const found = places(folded, wanted, own).map(([start, end]) => [from[start], from[end]]);
    const first = found.length ? found[0][0] : 0;
    const begin = text.length > most && first > AROUND ? text.indexOf(" ", first - AROUND) + 1 || first - AROUND : 0;
    const start = begin > first ? Math.max(0, first - AROUND) : begin;
    const gap = text.lastIndexOf(" ", start + most); // a word is not cut; writing without spaces is
    const stop = text.length <= start + most ? text.length : gap > start + most / 2 ? gap : start + most;
    let at = start;
    if (start) into.append("… ");
    for (const [low, high] of found) {
      if (low < at || low >= stop) continue;
      into.append(text.slice(at, low));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(low, high);
      into.append(mark);
      at = high;
    }
    into.append(text.slice(at, Math.max(at, stop)));
    if (stop < text.length) into.append(" …");
  };

  const item = (/** @type {Entry} */ entry, /** @type {Term[]} */ wanted) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = bare ? entry.href.replace(/\.html(?=#|$)/, "") : entry.href;
    row.lang = entry.language;
    row.dir = entry.direction;
    marked(link, entry.title, wanted, entry.own, 400);
    row.append(link);
    if (entry.text) {
      const text = document.createElement("p");
      marked(text, entry.text, wanted, entry.own, 3 * AROUND);
      row.append(text);
    }
    return row;
  };

  const group = (/** @type {string} */ kind, /** @type {Entry[]} */ here, /** @type {Term[]} */ wanted) => {
    const section = document.createElement("section");
    const heading = document.createElement("h2");
    heading.textContent = `${form.dataset[kind]} (${here.length})`;
    heading.id = `found-${kind}`;
    section.setAttribute("aria-labelledby", heading.id);
    const rows = document.createElement("ul");
    rows.className = "found";
    rows.append(...here.slice(0, SHOWN).map((entry) => item(entry, wanted)));
    section.append(heading, rows);
    if (here.length > SHOWN) {
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = `${form.dataset.more} (${here.length - SHOWN})`;
      more.addEventListener("click", () => {
        const rest = here.slice(SHOWN).map((entry) => item(entry, wanted));
        rows.append(...rest);
        more.remove();
        rest[0].querySelector("a")?.focus();
      });
      section.append(more);
    }
    return section;
  };

  const show = () => {
    const wanted = terms();
    list.replaceChildren();
    if (failed) status.textContent = form.dataset.failed ?? "";
    else if (!wanted.length) status.textContent = "";
    else {
      let found = find(wanted, chosen());
      if (!found.length && !loading && choice.value) {
        const all = Object.keys(parts);
        if (all.some((own) => parts[own].texts.some((name) => !asked.has(name)))) {
          status.textContent = "";
          loadAll(all).catch(fail);
          return;
        }
        found = find(wanted, all); // nothing in this language: what there is in the others
      }
      status.textContent = found.length ? `${form.dataset.found}${found.length}` : loading ? "" : form.dataset.none ?? "";
      for (const kind of KINDS) {
        const here = found.filter((entry) => entry.kind === kind);
        if (here.length) list.append(group(kind, here, wanted));
      }
    }
  };

  let waiting = false;
  /** Shows the first results at once, and after that once for all files that arrive together. */
  const soon = () => {
    if (waiting) return;
    if (!list.firstChild) {
      show();
      return;
    }
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  };

  const fail = () => {
    failed = true;
    show();
  };

  const start = () => {
    loading++;
    for (const { id } of document.querySelectorAll(`script[id^=${GIVEN}]`)) {
      load(id.slice(GIVEN.length)).catch(() => {}); // reported where it is needed
    }
    const ready = begin().finally(() => loading--);
    ready.then(() => loadAll(chosen())).catch(fail);
  };

  const search = () => {
    if (Object.keys(parts).length) loadAll(chosen()).catch(fail);
    show();
  };

  const remember = () => {
    const address = new URL(location.href);
    for (const [name, value] of [["q", input.value], ["in", choice.value]]) {
      if (value && input.value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // a page from a disk has no address of its own
    }
  };

  // ---------------------------------------------------------------- input and keyboard

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  for (const one of [input, choice]) {
    one.addEventListener("input", () => {
      remember();
      search();
    });
  }

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const links = Array.from(list.querySelectorAll("a"));
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (target));
    if (target !== input && at < 0) return;
    if (event.key === "Escape" && at >= 0) input.focus();
    else if (event.key === "ArrowDown" && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });

  input.value = new URL(location.href).searchParams.get("q") ?? "";
  start();
})();
