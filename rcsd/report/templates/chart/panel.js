// A panel: a frame with its axes and layers, in an element of its own.

const PIXELS = 86; // to an inch of the still figure

function makePanel(spec, panel, host, range, labelled) {
  const width = host.clientWidth;
  const plot = new Bokeh.Plot({
    x_range: range, y_range: rangeOf(panel.y, false), x_scale: scaleOf(panel.x), y_scale: scaleOf(panel.y),
    sizing_mode: "stretch_width", height: heightOf(panel, width), toolbar_location: null, title: null,
    background_fill_color: null, border_fill_color: null, outline_line_color: null, min_border_left: panel.y.ticks?.length === 0 ? 8 : 46, min_border_right: 16, min_border_top: 6,
  });
  addAxis(plot, panel.x, "below", range, width, labelled);
  addAxis(plot, panel.y, "left", plot.y_range, width);
  addTitles(plot, panel);
  const layers = panel.layers.map((layer) => ({ label: layer.label ?? "", drawn: makers[layer.is](plot, spec, layer, panel, width) }));
  // On a touch screen a drag scrolls the page; there the buttons zoom.
  if (matchMedia("(pointer: fine)").matches && !panel.layers.some((layer) => layer.is === "cells")) {
    const zoom = new Bokeh.BoxZoomTool({ dimensions: panel.y.kind === "names" ? "width" : "auto" });
    plot.add_tools(zoom);
    plot.toolbar.active_drag = zoom;
  }
  return { spec: panel, host, plot, layers };
}

// As high as the still figure, and higher where the names of rows need it.
function heightOf(panel, width) {
  const asked = Math.round(panel.height * PIXELS);
  if (panel.y.kind !== "names") return asked;
  const lines = Math.max(...namesOf(panel.y, false, width).names.map((name) => name.split("\n").length));
  const below = panel.x.kind === "names" ? 120 : 60;
  return Math.max(asked, panel.y.names.length * (lines * 14 + 5) + below);
}

// Bring the middle of what is seen nearer, or further away.
function zoomBy(panel, factor) {
  const ranges = [[panel.plot.x_range, panel.spec.x], [panel.plot.y_range, panel.spec.y]];
  for (const [range, axis] of ranges.filter(([, each]) => each.kind !== "names")) {
    const log = axis.kind === "log";
    const [start, end] = [range.start, range.end].map((at) => (log ? Math.log(at) : at));
    const middle = (start + end) / 2, half = ((end - start) / 2) * factor;
    const [low, high] = [middle - half, middle + half].map((at) => (log ? Math.exp(at) : at));
    range.setv({ start: low, end: high });
  }
}

function seeAll(panel) {
  for (const [range, axis] of [[panel.plot.x_range, panel.spec.x], [panel.plot.y_range, panel.spec.y]]) {
    if (axis.kind !== "names") range.setv({ start: axis.low, end: axis.high });
  }
}
