// A panel: a frame with its axes and layers, in an element of its own.

const PIXELS = 86; // to an inch of the still figure

function makePanel(spec, panel, shared, { labelled }) {
  const range = shared ?? rangeOf(panel.x);
  const plot = new Bokeh.Plot({
    x_range: range, y_range: rangeOf(panel.y), x_scale: scaleOf(panel.x), y_scale: scaleOf(panel.y),
    sizing_mode: "stretch_width", height: Math.round(panel.height * PIXELS), toolbar_location: null, title: null,
    background_fill_color: null, border_fill_color: null, outline_line_color: null, min_border_left: panel.y.ticks?.length === 0 ? 8 : 46, min_border_right: 12, min_border_top: 6,
  });
  addAxis(plot, panel.x, "below", range, { labelled });
  addAxis(plot, panel.y, "left", plot.y_range);
  addTitles(plot, panel);
  const layers = panel.layers.map((layer) => ({ label: layer.label ?? "", ...makers[layer.is](plot, spec, layer, panel) }));
  // On a touch screen a drag scrolls the page; there the buttons zoom.
  if (matchMedia("(pointer: fine)").matches && !panel.layers.some((layer) => layer.is === "cells")) {
    const zoom = new Bokeh.BoxZoomTool({ dimensions: panel.y.kind === "names" ? "width" : "auto" });
    plot.add_tools(zoom);
    plot.toolbar.active_drag = zoom;
  }
  return { spec: panel, plot, layers };
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
    const [start, end] = axis.kind === "names" ? [axis.high, axis.low] : [axis.low, axis.high];
    range.setv({ start, end });
  }
}
