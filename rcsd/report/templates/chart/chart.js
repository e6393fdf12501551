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
  const shared = spec.linked ? rangeOf(spec.panels[0].x) : null;
  const figure = new Bokeh.Document();
  spec.panels.forEach((given, k) => {
    const labelled = !(spec.linked && spec.columns === 1) || k + 1 === spec.panels.length;
    const panel = makePanel(spec, given, shared, { labelled });
    const frame = element("div", given.across ? "panel across" : "panel");
    if (given.title) frame.append(element("p", "panel-title", given.title));
    panel.host = element("div", "plot");
    panel.host.tabIndex = 0;
    panel.host.setAttribute("role", "group");
    panel.host.setAttribute("aria-roledescription", "chart");
    panel.host.setAttribute("aria-label", `${given.title || spec.alt} The arrow keys read the values.`);
    panel.host.style.minHeight = `${panel.plot.height}px`;
    frame.append(panel.host);
    frames.append(frame);
    figure.add_root(panel.plot);
    chart.panels.push(panel);
  });
  const views = await Bokeh.embed.add_document_standalone(figure, frames, chart.panels.map((panel) => panel.host));
  for (const panel of chart.panels) {
    panel.view = views.get(panel.plot);
    makeReading(chart, panel, panel.host, panel.view);
  }
  chart.legend = makeLegend(chart);
  host.append(chart.legend, makeTools(chart), chart.aloud);
  if (hidden.size) showLabels(chart);
  chart.update = (next) => {
    chart.spec = next;
    next.panels.forEach((panel, i) => panel.layers.forEach((layer, j) => chart.panels[i].layers[j].fill(layer, next)));
  };
  chart.remove = () => figure.clear();
  return chart;
}
