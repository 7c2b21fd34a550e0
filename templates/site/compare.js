// Compares experts: reads the pages of those that the address names, and shows their questions side by side. Nothing is sent.
// Which experts are compared is only in the address. Without this script, and from a disk, the list of all experts is shown.
"use strict";

(() => {
  /** What an expert's pages say on one question. @typedef {{ask: Element, said: Element, others: string[]}} Answer */
  /** An expert, with the answers by the key of their question. @typedef {{id: string, link: HTMLAnchorElement, answers: Map<string, Answer>}} Expert */

  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("compare-form"));
  const chosen = document.getElementById("compare-chosen");
  const add = /** @type {HTMLSelectElement | null} */ (document.getElementById("compare-add"));
  const status = document.getElementById("compare-status");
  const result = document.getElementById("compared");
  const rest = document.getElementById("compare-else");
  if (!form || !chosen || !add || !status || !result || !rest || !location.protocol.startsWith("http")) return;
  const words = form.dataset, colon = words.colon ?? ": ";

  /** Links to the pages of all experts by id, in the order of their names. @type {Map<string, HTMLAnchorElement>} */
  const all = new Map(Array.from(rest.querySelectorAll("a"), (link) => [link.dataset.expert ?? "", link]));

  const element = (/** @type {string} */ kind, /** @type {(Node | string)[]} */ ...content) => {
    const made = document.createElement(kind);
    made.append(...content);
    return made;
  };

  const nameOf = (/** @type {Expert} */ expert) => expert.link.textContent ?? "";

  /** The address of this page for these experts. */
  const comparing = (/** @type {string[]} */ ids) => `${location.pathname}?${new URLSearchParams(ids.map((id) => ["experts", id]))}`;

  // ---------------------------------------------------------------- the pages of an expert

  /** An expert's pages one after the other, each as a document. Throws if one is not what it should be. */
  const pagesOf = async function* (/** @type {string} */ id, /** @type {string} */ first) {
    const seen = new Set();
    for (let address = first; address && !seen.has(address); ) {
      seen.add(address);
      const response = await fetch(address);
      if (!response.ok) throw new Error(address);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.querySelector(`[data-expert="${CSS.escape(id)}"]`)) throw new Error(address);
      yield page;
      const next = page.querySelector(".pager a[rel=next]")?.getAttribute("href");
      address = next ? new URL(next, address).href : "";
    }
  };

  /** @returns {Promise<Expert>} */
  const read = async (/** @type {string} */ id, /** @type {HTMLAnchorElement} */ link) => {
    const answers = new Map();
    for await (const page of pagesOf(id, link.href)) {
      for (const section of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(".question[data-question]"))) {
        const ask = section.querySelector("h3"), said = section.querySelector("div");
        if (!ask || !said) continue;
        const others = said.querySelector(".others");
        const ids = Array.from(others?.querySelectorAll("a") ?? [], (other) => other.dataset.expert ?? "");
        others?.remove();
        answers.set(section.dataset.question, { ask, said, others: ids });
      }
    }
    return { id, link, answers };
  };

  // ---------------------------------------------------------------- what is shown

  /** A copy for this page, which has ids of its own. */
  const copied = (/** @type {Element} */ original) => {
    const copy = /** @type {HTMLElement} */ (document.importNode(original, true));
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    return copy;
  };

  const column = (/** @type {Expert} */ expert, /** @type {string} */ key) => {
    const link = copied(expert.link);
    const answer = expert.answers.get(key);
    const said = answer ? copied(answer.said) : element("p", words.silent ?? "");
    if (!answer) said.className = "gap";
    return element("div", element("h4", link), said);
  };

  const question = (/** @type {string} */ key, /** @type {Expert[]} */ experts) => {
    const ask = experts.map((expert) => expert.answers.get(key)?.ask).find((one) => one);
    const heading = ask ? copied(ask) : element("h3");
    heading.id = `question-${key}`;
    const columns = element("div", ...experts.map((expert) => column(expert, key)));
    columns.className = "compared-columns";
    const section = element("section", heading, columns);
    section.className = "question";
    section.setAttribute("aria-labelledby", heading.id);
    return section;
  };

  /** Fill the list of those that can be added: of several experts' others, the number of questions that they share with any of these. */
  const offer = (/** @type {Expert[]} */ experts) => {
    /** @type {Map<string, Set<string>>} */
    const shared = new Map();
    for (const expert of experts) {
      for (const [key, { others }] of expert.answers) {
        for (const other of others) shared.set(other, (shared.get(other) ?? new Set()).add(key));
      }
    }
    for (const [id, link] of all) {
      const count = shared.get(id)?.size ?? 0;
      if (experts.some((one) => one.id === id) || (experts.length && !count)) continue;
      add.append(new Option(experts.length ? `${link.textContent} (${count})` : link.textContent ?? "", id));
    }
  };

  const remove = (/** @type {Expert} */ expert, /** @type {Expert[]} */ experts) => {
    const link = document.createElement("a");
    link.href = comparing(experts.filter((one) => one !== expert).map((one) => one.id));
    link.textContent = words.remove ?? "";
    const name = element("span", `${colon}${nameOf(expert)}`);
    name.className = "unseen";
    link.append(name);
    return link;
  };

  const show = (/** @type {Expert[]} */ experts) => {
    for (const expert of experts) {
      const kept = document.createElement("input");
      Object.assign(kept, { type: "hidden", name: "experts", value: expert.id });
      chosen.append(element("li", copied(expert.link), " ", remove(expert, experts), kept));
    }
    offer(experts);
    /** @type {HTMLElement} */ (add.parentElement).hidden = !add.length;
    form.hidden = false;
    rest.hidden = experts.length > 0;
    /** @type {HTMLElement} */ (rest.querySelector("p")).hidden = true; // it says what is needed, and all of it is here
    if (experts.length < 2) return;
    const keys = [...new Set(experts.flatMap((expert) => [...expert.answers.keys()]))];
    const asked = new Map(keys.map((key) => [key, experts.filter((expert) => expert.answers.has(key))]));
    const shared = keys.filter((key) => (asked.get(key)?.length ?? 0) > 1);
    result.append(...shared.map((key) => question(key, experts)));
    const only = experts.flatMap((expert) => {
      const count = keys.filter((key) => asked.get(key)?.length === 1 && expert.answers.has(key)).length;
      return count ? `${nameOf(expert)} ${count}` : [];
    });
    status.append(element("span", `${words.shared}${colon}${shared.length}`));
    if (only.length) status.append(element("span", `${words.only}${colon}${only.join(" · ")}`));
    document.title = `${experts.map(nameOf).join(" – ")} – ${document.title}`;
  };

  // ---------------------------------------------------------------- the address

  const named = new URLSearchParams(location.search).getAll("experts").flatMap((value) => value.split(","));
  const links = [...new Set(named)].flatMap((id) => all.get(id) ?? []);
  Promise.all(links.map((link) => read(link.dataset.expert ?? "", link)))
    .then(show)
    .catch(() => { status.textContent = rest.querySelector("p")?.textContent ?? ""; });
})();
