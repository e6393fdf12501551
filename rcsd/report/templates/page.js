"use strict";
// Folds: a link into one opens it, one button opens all, and paper shows everything; pictures can be saved. Without this
// file the page is whole: <details> are the browser's own.
(() => {
  const folds = [...document.querySelectorAll("main details")];
  const all = document.getElementById("all");

  function reveal(target) {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  // The address may name a place inside a fold, or the question whose fold it is.
  function follow() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { return; }
    const target = name && document.getElementById(name);
    if (!target) return;
    reveal(target);
    if (target.classList.contains("part")) target.querySelector("details").open = true;
    target.scrollIntoView();
  }

  addEventListener("hashchange", follow);
  // A second click on the same link changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  follow();

  const main = folds.filter((fold) => fold.classList.contains("detail"));
  const label = () => { all.textContent = main.every((fold) => fold.open) ? "Close all" : "Open all"; };
  if (all && main.length) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const open = !main.every((fold) => fold.open);
      for (const fold of main) fold.open = open;
    });
    for (const fold of main) fold.addEventListener("toggle", label);
    label();
  }

  // A picture that stands in the page is saved from there: a file of its own may not lie beside the page.
  for (const picture of document.querySelectorAll("figure img.kept")) {
    const link = document.createElement("a");
    link.className = "save";
    link.textContent = "Download SVG";
    link.download = `${picture.dataset.name}.svg`;
    link.href = picture.src;
    picture.closest("figure").querySelector("figcaption").before(link);
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
    closed = [];
  });
})();
