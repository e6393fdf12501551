// The legend: a button for each label of a chart, which hides and shows all of its layers.

function element(tag, kind = "", text = "") {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// A small picture of a layer.
function swatch(layer) {
  const svg = shape("svg", { width: 26, height: 12, viewBox: "0 0 26 12", "aria-hidden": "true", class: "swatch" });
  const ink = colour(layer.colour ?? "#888888");
  const line = (look) => shape("line", { x1: 1, y1: 6, x2: 25, y2: 6, stroke: ink, ...look });
  const dash = (name) => DASHES[name].join(" ");
  if (layer.is === "band" || layer.is === "boxes" || layer.is === "span") {
    if (layer.opacity !== 0) svg.append(shape("rect", { x: 1, y: 1, width: 24, height: 10, fill: ink, "fill-opacity": layer.opacity ?? 1 }));
    if (layer.edge) svg.append(line({ y1: 2, y2: 2, "stroke-width": 1.3, "stroke-dasharray": dash(layer.edge) }), line({ y1: 10, y2: 10, "stroke-width": 1.3, "stroke-dasharray": dash(layer.edge) }));
  } else if (layer.is !== "points") {
    svg.append(line({ "stroke-width": Math.min(6, layer.width * 1.25), "stroke-dasharray": layer.dash ? dash(layer.dash) : "", "stroke-opacity": layer.opacity ?? 1 }));
  }
  const mark = layer.is === "points" || layer.is === "line" ? layer.mark : null;
  if (mark) svg.append(marker(mark, ink, layer));
  return svg;
}

function marker(mark, ink, layer) {
  const look = { fill: layer.hollow ? ofPage("--paper") : ink, stroke: ink, "stroke-width": 1.3, "fill-opacity": layer.opacity ?? 1 };
  if (mark === "circle" || mark === "dot") return shape("circle", { cx: 13, cy: 6, r: mark === "dot" ? 2.2 : 3.8, ...look });
  const path = { triangle: "M13 2L17 10H9Z", square: "M9.5 2.5h7v7h-7Z", diamond: "M13 1L18 6L13 11L8 6Z", cross: "M9.5 2.5l7 7m0-7l-7 7", tick: "M13 1v10" }[mark];
  return shape("path", { d: path, ...look });
}

// The labels of a chart with the layer that shows each; what lies on top comes first.
function labelsOf(spec) {
  const found = new Map();
  for (const panel of spec.panels) {
    for (const layer of panel.layers.toReversed()) if (layer.label && layer.is !== "cells" && !found.has(layer.label)) found.set(layer.label, layer);
  }
  return found;
}

function makeLegend(chart) {
  const legend = element("div", "legend");
  for (const [label, layer] of labelsOf(chart.spec)) {
    const button = element("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.append(swatch(layer), label);
    button.addEventListener("click", () => {
      const hide = !chart.hidden.has(label);
      if (hide) chart.hidden.add(label);
      else chart.hidden.delete(label);
      button.setAttribute("aria-pressed", String(!hide));
      showLabels(chart);
    });
    if (chart.hidden.has(label)) button.setAttribute("aria-pressed", "false");
    legend.append(button);
  }
  const cells = chart.spec.panels.flatMap((panel) => panel.layers).find((layer) => layer.is === "cells" && layer.label);
  if (cells) legend.append(ramp(cells));
  return legend;
}

function showLabels(chart) {
  for (const panel of chart.panels) for (const layer of panel.layers) for (const part of layer.drawn) part.visible = !chart.hidden.has(layer.label);
}

// From which value to which the shades of cells go.
function ramp(cells) {
  const made = element("span", "ramp");
  const bar = element("span", "bar");
  bar.style.background = `linear-gradient(to right, ${SHADES[cells.shades].join(",")})`;
  made.append(`${cells.label}: ${told(cells.low)}`, bar, told(cells.high));
  return made;
}
