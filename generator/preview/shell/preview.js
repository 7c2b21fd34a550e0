// The preview's own pages: shows each change of the briefs. Published pages have no scripts; they are shown in frames.
"use strict";

const byId = (id) => document.getElementById(id);
const words = {
  waiting: "not built yet", building: "building …", fine: "up to date",
  errors: "not published because of errors", broken: "could not be built",
};

// ---------------------------------------------------------------- the list of all briefs

function list(briefs) {
  byId("notice").textContent = briefs.length ? briefs[0].notice : "There are no fact files in briefs/.";
  byId("briefs").replaceChildren(...briefs.map((brief) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "/brief/" + encodeURIComponent(brief.slug);
    link.textContent = brief.slug;
    const state = document.createElement("span");
    state.dataset.state = brief.state;
    state.textContent = [words[brief.state], brief.count].filter(Boolean).join(", ");
    item.append(link, state);
    return item;
  }));
}

// ---------------------------------------------------------------- one brief

let shown = { page: "", pdf: "", problems: "" };

function show(brief) {
  byId("slug").textContent = document.title = brief.slug;
  byId("state").textContent = brief.notice || words[brief.state];
  byId("state").dataset.state = brief.state;
  if (brief.page && brief.page !== shown.page) reloadPage(brief);
  if (brief.pdf && brief.pdf !== shown.pdf) reloadPdf(brief);
  showProblems(brief);
  shown = brief;
}

// The new page loads behind the old one and takes its place, at the same place in the text, when it is ready.
function reloadPage(brief) {
  const pane = byId("page");
  pane.querySelector("iframe.coming")?.remove();
  const coming = document.createElement("iframe");
  coming.title = "Page";
  coming.className = "coming";
  coming.setAttribute("sandbox", "allow-same-origin allow-popups");
  coming.addEventListener("load", () => {
    const old = pane.querySelector("iframe:not(.coming)");
    if (old) restore(coming, placeIn(old));
    coming.className = "";
    old?.remove();
    document.body.dataset.page = brief.page;
  }, { once: true });
  coming.src = `/build/${encodeURI(brief.stem)}.html`;
  pane.append(coming);
}

// Where somebody reads: the last element with an id above the top of the window, and how far above; text that was
// added before it does not move it.
function placeIn(frame) {
  const { document: page, scrollX: x, scrollY: y } = frame.contentWindow;
  let place = { x, y, id: "", above: 0 };
  if (y === 0) return place;
  for (const element of page.querySelectorAll("[id]")) {
    const top = element.getBoundingClientRect().top;
    if (top <= 1 && element.getClientRects().length) place = { x, y, id: element.id, above: top };
  }
  return place;
}

function restore(frame, place) {
  const view = frame.contentWindow;
  const element = place.id && view.document.getElementById(place.id);
  const y = element ? view.scrollY + element.getBoundingClientRect().top - place.above : place.y;
  view.scrollTo({ left: place.x, top: y, behavior: "instant" });
}

// A browser's PDF viewer does not tell where it stands. It opens where the page is: every id is a destination in the PDF too.
function reloadPdf(brief) {
  const page = byId("page").querySelector("iframe:not(.coming)");
  const place = page ? placeIn(page).id : "";
  const frame = document.createElement("iframe");
  frame.title = "PDF";
  frame.src = `/build/${encodeURI(brief.stem)}.pdf?${brief.pdf}#navpanes=0` + (place ? `&nameddest=${encodeURIComponent(place)}` : "");
  byId("pdf").replaceChildren(frame);
}

function showProblems(brief) {
  const panel = byId("problems");
  panel.querySelector("pre").textContent = brief.problems;
  if (!brief.problems) open(false);
  else if (brief.problems !== shown.problems && brief.state !== "fine") open(true);
  else if (brief.state === "fine" && shown.state !== "fine") open(false);
  byId("toggle").hidden = !brief.problems;
  byId("toggle").textContent = brief.count || "problems";
}

function open(wanted) {
  byId("problems").hidden = !wanted;
  byId("toggle").setAttribute("aria-expanded", String(wanted));
}

// ---------------------------------------------------------------- start

function listen(address, take) {
  const changes = new EventSource(address);
  changes.addEventListener("message", (event) => take(JSON.parse(event.data)));
  changes.addEventListener("error", () => {
    const place = byId("state") ?? byId("notice");
    place.textContent = "brief serve has ended, or cannot be reached";
  });
}

if (document.body.classList.contains("index")) {
  listen("/events", list);
} else {
  byId("toggle").addEventListener("click", () => open(byId("problems").hidden));
  byId("split").addEventListener("click", () => {
    const pane = byId("pdf");
    pane.hidden = !pane.hidden;
    byId("split").setAttribute("aria-pressed", String(!pane.hidden));
  });
  listen("/events?brief=" + location.pathname.split("/").pop(), show);
}
