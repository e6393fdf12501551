// A chart in an element: its panels, legend and tools.

async function draw(host, spec, hidden = new Set()) {
  await library();
  const chart = { spec, host, hidden, panels: [], table: null, aloud: element("p", "unseen") };
  chart.aloud.setAttribute("aria-live", "polite");
  host.replaceChildren();
  host.classList.add("live");
  if (spec.vertical) host.append(element("p", "vertical", spec.vertical));
  const frames = element("div", `panels columns-${spec.columns}${spec.widths.length ? " uneven" : ""}`);
  frames.style.setProperty("--columns", spec.columns);
  if (spec.widths.length) frames.style.setProperty("--widths", spec.widths.map((width) => `minmax(0, ${width}fr)`).join(" "));
  host.append(frames);
  const shared = spec.linked ? rangeOf(spec.panels[0].x, true) : null;
  const figure = new Bokeh.Document();
  const hosts = spec.panels.map((panel) => makeFrame(frames, spec, panel));
  chart.panels = spec.panels.map((panel, k) => {
    const labelled = !(spec.linked && spec.columns === 1) || k + 1 === spec.panels.length;
    return makePanel(spec, panel, hosts[k], shared ?? rangeOf(panel.x, true), labelled);
  });
  for (const panel of chart.panels) {
    panel.host.style.minHeight = `${panel.plot.height}px`;
    figure.add_root(panel.plot);
  }
  const views = await Bokeh.embed.add_document_standalone(figure, frames, chart.panels.map((panel) => panel.host));
  for (const panel of chart.panels) {
    panel.view = views.get(panel.plot);
    skipped(panel.host);
    makeReading(chart, panel, panel.host, panel.view);
  }
  chart.legend = makeLegend(chart);
  host.append(chart.legend, makeTools(chart), chart.aloud);
  if (hidden.size) showLabels(chart);
  chart.remove = () => figure.clear();
  return chart;
}

function makeFrame(frames, spec, panel) {
  const frame = element("div", panel.across ? "panel across" : "panel");
  if (panel.title) frame.append(element("p", "panel-title", panel.title));
  const host = element("div", "plot");
  host.tabIndex = 0;
  host.setAttribute("role", "group");
  host.setAttribute("aria-roledescription", "chart");
  host.setAttribute("aria-label", `${panel.title || spec.alt} The arrow keys read the values.`);
  frame.append(host);
  frames.append(frame);
  return host;
}

// The library has a stop of its own for the tabulator, within the panel's, that shows nothing and answers to no key.
function skipped(root) {
  for (const one of root.querySelectorAll("*")) {
    if (one.tabIndex === 0) one.tabIndex = -1;
    if (one.shadowRoot) skipped(one.shadowRoot);
  }
}
