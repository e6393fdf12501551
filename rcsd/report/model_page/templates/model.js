"use strict";
(() => {
  const form = document.querySelector(".filters");
  const search = document.getElementById("search");
  const kind = document.getElementById("of-kind");
  const view = document.getElementById("of-view");
  const count = document.getElementById("count");
  const articles = [...document.querySelectorAll("article")].map((element) => ({
    element,
    kind: element.dataset.kind,
    views: JSON.parse(element.dataset.views),
    name: element.dataset.name,
    text: element.textContent.toLowerCase(),
  }));
  const byName = new Map(articles.map((each) => [each.name, each.element]));

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of articles) {
      const fits =
        words.every((word) => each.text.includes(word)) &&
        (!kind.value || each.kind === kind.value) &&
        (!view || !view.value || each.views.includes(view.value));
      each.element.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${articles.length} variables`;
  }

  // what a link leads to must be seen, whatever the filters say
  function reveal() {
    if (location.hash.startsWith("#live")) return; // what was set of the live model, and no variable
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  }

  // in a formula, words lead on by a click: math is read as one thing, in which nothing can be tabbed to; the same
  // names stand as links below it
  for (const link of document.querySelectorAll(".formula math a")) {
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target) continue;
    const words = document.createElement("span");
    words.className = "leads";
    words.dataset.v = target.dataset.name;
    words.textContent = link.textContent;
    link.replaceWith(words);
  }
  for (const control of [search, kind, view]) if (control) control.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const drawn = event.target.closest("[data-v]");
    const element = drawn && byName.get(drawn.dataset.v);
    if (element) location.hash = element.id;
  });
  form.hidden = false;
  filter();
  reveal();
})();
