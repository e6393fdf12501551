"use strict";
const variables = JSON.parse(document.getElementById("variables").textContent);
const told = document.getElementById("told");
const sections = [...document.querySelectorAll("section")];
const tabs = [...document.querySelectorAll("nav button")];
const whole = new Map();
let chosen = "";

const drawing = (section) => section.querySelector("svg");
const shown = () => sections.find((section) => !section.hidden);

for (const section of sections) {
  const svg = drawing(section);
  whole.set(svg, svg.getAttribute("viewBox"));
  svg.removeAttribute("width");
  svg.removeAttribute("height");
}

function show(place) {
  sections.forEach((section, k) => { section.hidden = k !== place; });
  tabs.forEach((tab, k) => tab.setAttribute("aria-selected", String(k === place)));
  told.hidden = true;
}

function boxOf(svg) { return svg.getAttribute("viewBox").split(" ").map(Number); }

// Keep the place under the pointer where it is.
function zoom(svg, factor, x, y) {
  const [left, top, wide, high] = boxOf(svg);
  const matrix = svg.getScreenCTM();
  if (!matrix) return;
  const at = new DOMPoint(x, y).matrixTransform(matrix.inverse());
  const box = [at.x - (at.x - left) * factor, at.y - (at.y - top) * factor, wide * factor, high * factor];
  if (box[2] > 20 && box[2] < 1e6) svg.setAttribute("viewBox", box.join(" "));
}

function zoomMiddle(factor) {
  const area = shown().getBoundingClientRect();
  zoom(drawing(shown()), factor, area.left + area.width / 2, area.top + area.height / 2);
}

function choose(name) {
  chosen = chosen === name ? "" : name;
  for (const section of sections) {
    const svg = drawing(section);
    svg.classList.toggle("chosen", chosen !== "" && svg.querySelector(`g[data-v="${CSS.escape(chosen)}"]`) !== null);
    const near = new Set([chosen]);
    const arrows = [...svg.querySelectorAll("g[data-from]")].filter((g) => g.dataset.from === chosen || g.dataset.to === chosen);
    for (const arrow of arrows) { near.add(arrow.dataset.from); near.add(arrow.dataset.to); }
    svg.querySelectorAll("g").forEach((g) => g.classList.toggle("near", arrows.includes(g) || near.has(g.dataset.v)));
  }
}

function tell(name, x, y) {
  const one = variables[name];
  if (!one) { told.hidden = true; return; }
  told.replaceChildren();
  const add = (tag, text, kind) => {
    if (!text) return;
    const part = document.createElement(tag);
    part.textContent = text;
    if (kind) part.className = kind;
    told.append(part);
  };
  add("b", one.name);
  add("span", one.unit ? `${one.kind}, ${one.unit}` : one.kind, "unit");
  add("code", one.equation);
  add("p", one.documentation);
  told.hidden = false;
  const area = told.parentElement.getBoundingClientRect();
  const size = told.getBoundingClientRect();
  const beside = x + 16 + size.width > area.right ? x - 16 - size.width : x + 16;
  told.style.left = `${Math.max(beside - area.left, 0)}px`;
  told.style.top = `${Math.max(Math.min(y + 12, area.bottom - size.height) - area.top, 0)}px`;
}

for (const section of sections) {
  let from = null;
  let moved = false;
  section.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(drawing(section), Math.exp(event.deltaY * 0.0015), event.clientX, event.clientY);
  }, { passive: false });
  section.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; moved = false; });
  section.addEventListener("pointermove", (event) => {
    const group = event.target.closest("g[data-v]");
    if (!from) { tell(group ? group.dataset.v : "", event.clientX, event.clientY); return; }
    const dx = event.clientX - from[0];
    const dy = event.clientY - from[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    told.hidden = true;
    section.classList.add("held");
    const svg = drawing(section);
    const scale = svg.getScreenCTM();
    const [left, top, wide, high] = boxOf(svg);
    svg.setAttribute("viewBox", [left - dx / scale.a, top - dy / scale.d, wide, high].join(" "));
    from = [event.clientX, event.clientY];
  });
  const release = () => { from = null; section.classList.remove("held"); };
  section.addEventListener("pointerup", (event) => {
    const group = event.target.closest("g[data-v]");
    if (from && !moved && (group || chosen)) choose(group ? group.dataset.v : chosen);
    release();
  });
  section.addEventListener("pointerleave", () => { release(); told.hidden = true; });
}

tabs.forEach((tab, k) => tab.addEventListener("click", () => show(k)));
document.getElementById("in").addEventListener("click", () => zoomMiddle(1 / 1.3));
document.getElementById("out").addEventListener("click", () => zoomMiddle(1.3));
document.getElementById("fit").addEventListener("click", () => {
  const svg = drawing(shown());
  svg.setAttribute("viewBox", whole.get(svg));
});
document.getElementById("find").addEventListener("change", (event) => {
  const wanted = event.target.value.trim().toLowerCase().replace(/[\s_]+/g, " ");
  const place = sections.findIndex((section) => drawing(section).querySelector(`g[data-v="${CSS.escape(wanted)}"]`));
  if (place < 0) return;
  const here = shown().querySelector(`g[data-v="${CSS.escape(wanted)}"]`);
  if (!here) show(place);
  if (chosen !== wanted) choose(wanted);
});
