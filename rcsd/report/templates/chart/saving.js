// What a reader takes away: the data as a table of comma-separated values, and the figure as it is seen.

function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// All panels where they stand, their titles over them, and the legend below, in one drawing.
function asSvg(chart) {
  const whole = chart.host.getBoundingClientRect();
  const texts = [];
  const write = (node, bold) => {
    const text = node.textContent.trim();
    const { left, top, height } = node.getBoundingClientRect();
    const made = shape("text", { x: left - whole.left, y: top - whole.top + height * 0.72, "font-family": FONT, "font-size": bold ? 14 : 12, fill: ofPage("--ink"), ...(bold ? { "font-weight": 600 } : {}) });
    made.textContent = text;
    texts.push(made);
  };
  const svg = shape("svg", { xmlns: SVG, width: whole.width });
  svg.append(shape("rect", { width: "100%", height: "100%", fill: ofPage("--paper") }));
  for (const panel of chart.panels) {
    const { left, top } = panel.host.getBoundingClientRect();
    const drawn = panel.view.export("svg").canvas;
    drawn.setAttribute("x", left - whole.left);
    drawn.setAttribute("y", top - whole.top);
    svg.append(drawn);
  }
  chart.host.querySelectorAll(".panel-title, .vertical").forEach((node) => write(node, node.className === "panel-title"));
  for (const button of chart.legend.querySelectorAll("button[aria-pressed=true]")) {
    const picture = button.querySelector("svg").cloneNode(true);
    const { left, top } = button.querySelector("svg").getBoundingClientRect();
    picture.setAttribute("x", left - whole.left);
    picture.setAttribute("y", top - whole.top);
    svg.append(picture);
    const range = document.createRange();
    range.selectNodeContents(button.lastChild);
    write({ textContent: button.lastChild.textContent, getBoundingClientRect: () => range.getBoundingClientRect() }, false);
  }
  const height = chart.legend.getBoundingClientRect().bottom - whole.top + 6;
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${whole.width} ${height}`);
  const title = shape("title", {});
  title.textContent = chart.spec.alt;
  svg.prepend(title);
  svg.append(...texts);
  return new XMLSerializer().serializeToString(svg);
}

function makeTable(chart) {
  const { columns, rows } = tableOf(chart.spec);
  const region = element("div", "data-table");
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", `Data of the figure: ${chart.spec.name}`);
  const table = element("table");
  const line = (cells, tag) => {
    const row = element("tr");
    cells.forEach((value, k) => {
      const made = element(k === 0 && tag === "td" ? "th" : tag, typeof value === "number" ? "number" : "", typeof value === "number" ? told(value) : String(value));
      if (made.tagName === "TH") made.scope = tag === "th" ? "col" : "row";
      row.append(made);
    });
    return row;
  };
  const head = element("thead"), body = element("tbody");
  head.append(line(columns, "th"));
  body.append(...rows.map((row) => line(row, "td")));
  table.append(head, body);
  region.append(table);
  return region;
}

function makeTools(chart) {
  const tools = element("div", "chart-tools");
  const button = (text, act) => {
    const made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", () => act(made));
    tools.append(made);
  };
  if (!chart.spec.panels.every((panel) => panel.layers.some((layer) => layer.is === "cells"))) {
    button("Zoom in", () => chart.panels.forEach((panel) => zoomBy(panel, 0.6)));
    button("Reset", () => {
      chart.panels.forEach(seeAll);
      chart.hidden.clear();
      chart.legend.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", "true"));
      showLabels(chart);
    });
  }
  button("Data as a table", (made) => {
    const open = chart.table === null;
    if (open) tools.after(chart.table = makeTable(chart));
    else { chart.table.remove(); chart.table = null; }
    made.setAttribute("aria-expanded", String(open));
  });
  tools.lastChild.setAttribute("aria-expanded", "false");
  button("Download the data (CSV)", () => save(`${chart.spec.name}.csv`, "text/csv", CSV_MARK + asCsv(tableOf(chart.spec))));
  button("Download SVG", () => save(`${chart.spec.name}.svg`, "image/svg+xml", asSvg(chart)));
  return tools;
}
