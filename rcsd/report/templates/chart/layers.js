// A layer of a panel as glyphs of the library. Each maker returns what is hidden together.

const DASHES = { solid: [], dashed: [7, 4], dotted: [1.5, 3], dashdot: [8, 3, 2, 3] };
const MARKS = { circle: "circle", dot: "circle", triangle: "triangle", square: "square", diamond: "diamond", cross: "x", tick: "dash" };

const makers = {
  band(plot, spec, layer) {
    const ink = colour(layer.colour);
    const [x, low, high] = ["x", "low", "high"].map((name) => listOf(spec, layer[name]));
    const runs = runsOf(x, low, high);
    const wide = runs.filter((run) => run.length > 1), single = runs.filter((run) => run.length === 1).flat();
    const areas = source({
      xs: wide.map((run) => [...run.map((k) => x[k]), ...run.toReversed().map((k) => x[k])]),
      ys: wide.map((run) => [...run.map((k) => low[k]), ...run.toReversed().map((k) => high[k])]),
    });
    const drawn = [];
    if (layer.opacity > 0) drawn.push(glyph(plot, "Patches", areas, { xs: field("xs"), ys: field("ys"), fill_color: ink, fill_alpha: layer.opacity, line_color: null }));
    // A band over one place alone is a bar there.
    const bars = source({ x: single.map((k) => x[k]), low: single.map((k) => low[k]), high: single.map((k) => high[k]) });
    drawn.push(glyph(plot, "Segment", bars, { x0: field("x"), y0: field("low"), x1: field("x"), y1: field("high"), line_color: ink, line_alpha: Math.max(layer.opacity, 0.15) * 1.5, line_width: 9 }));
    const edges = layer.edge ? [low, high].map((side) => source({ x: numbers(x), y: numbers(side) })) : [];
    for (const edge of edges) drawn.push(glyph(plot, "Line", edge, { x: field("x"), y: field("y"), line_color: ink, line_width: 1.3, line_dash: DASHES[layer.edge] }));
    return drawn;
  },

  line(plot, spec, layer) {
    const ink = colour(layer.colour);
    const data = columns(spec, layer, ["x", "y"]);
    const drawn = [glyph(plot, "Line", data, { x: field("x"), y: field("y"), line_color: ink, line_width: layer.width * 1.25, line_dash: DASHES[layer.dash], line_join: "round" })];
    const single = listOf(spec, layer.x).length === 1;
    if (layer.mark || single) drawn.push(scatter(plot, data, layer.mark ?? "circle", ink, { size: layer.mark === "dot" ? 5 : 7 }));
    return drawn;
  },

  points(plot, spec, layer) {
    const data = columns(spec, layer, ["x", "y"]);
    const ink = colour(layer.colour);
    const size = layer.size * 1.5;
    const drawn = [scatter(plot, data, layer.mark, ink, { size: layer.mark === "tick" ? 2 * size : size, ...(layer.mark === "dot" ? { line_width: 0 } : {}), fill_color: layer.hollow ? ofPage("--paper") : ink, fill_alpha: layer.opacity, line_alpha: layer.opacity })];
    return drawn;
  },

  segments(plot, spec, layer) {
    const data = columns(spec, layer, ["x", "y", "to_x", "to_y"]);
    return [glyph(plot, "Segment", data, { x0: field("x"), y0: field("y"), x1: field("to_x"), y1: field("to_y"), line_color: colour(layer.colour), line_width: layer.width * 1.3, line_alpha: layer.opacity })];
  },

  boxes(plot, spec, layer) {
    const data = columns(spec, layer, ["left", "right", "low", "high"]);
    return [glyph(plot, "Quad", data, { left: field("left"), right: field("right"), bottom: field("low"), top: field("high"), fill_color: colour(layer.colour), fill_alpha: layer.opacity, line_color: null })];
  },

  span(plot, _spec, layer) {
    const sides = layer.along === "x" ? { left: layer.low, right: layer.high } : { bottom: layer.low, top: layer.high };
    const box = new Bokeh.BoxAnnotation({ ...sides, level: "underlay", fill_color: colour(layer.colour), fill_alpha: 1, line_color: null });
    plot.add_layout(box);
    return [box];
  },

  rule(plot, _spec, layer) {
    const rule = new Bokeh.Span({ dimension: layer.along === "y" ? "width" : "height", location: layer.at, line_color: colour(layer.colour), line_width: layer.width * 1.3, line_dash: DASHES[layer.dash] });
    plot.add_layout(rule);
    return [rule];
  },

  cells(plot, spec, layer, panel, width) {
    const rows = layer.values.map((row) => listOf(spec, row));
    const pale = layer.pale?.map((row) => listOf(spec, row));
    const at = { x: [], y: [], fill: [], opacity: [], text: [], ink: [] };
    rows.forEach((row, i) => row.forEach((value, j) => {
      const share = (value - layer.low) / (layer.high - layer.low);
      const faint = Boolean(pale?.[i][j]);
      const deep = layer.shades === "differences" ? Math.abs(2 * share - 1) > 0.7 : share > 0.55;
      at.x.push(j); at.y.push(i);
      at.fill.push(value === null ? "rgba(0,0,0,0)" : shade(layer.shades, share));
      at.opacity.push(faint ? 0.35 : 1);
      at.text.push(layer.texts[i]?.[j] ?? "");
      at.ink.push(value === null || faint ? ofPage("--soft") : deep ? "#ffffff" : "#1a1a1a");
    }));
    const data = source(at);
    const drawn = [glyph(plot, "Rect", data, { x: field("x"), y: field("y"), width: 0.97, height: 0.97, fill_color: field("fill"), fill_alpha: field("opacity"), line_color: null })];
    // Numbers that would run into each other are left to the readout.
    const room = (width - 120) / panel.x.names.length;
    if (Math.max(...at.text.map((text) => text.length)) * 6.6 < room) drawn.push(glyph(plot, "Text", data, { x: field("x"), y: field("y"), text: field("text"), text_align: "center", text_baseline: "middle", text_color: field("ink"), text_font_size: "11px", text_font: FONT }));
    return drawn;
  },

  words(plot, _spec, layer, panel) {
    const at = (axis, share) => axis.low + share * (axis.high - axis.low);
    const data = source({ x: [at(panel.x, layer.x)], y: [at(panel.y, layer.y)], text: [layer.text] });
    return [glyph(plot, "Text", data, { x: field("x"), y: field("y"), text: field("text"), text_align: "center", text_baseline: "middle", text_color: ofPage("--soft"), text_font_size: "12px", text_font: FONT })];
  },
};

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif";
const field = (name) => ({ field: name });
const numbers = (list) => Float64Array.from(list, (value) => value ?? NaN);
const columns = (spec, layer, names) => source(Object.fromEntries(names.map((name) => [name, numbers(listOf(spec, layer[name]))])));
const source = (data) => new Bokeh.ColumnDataSource({ data });
const glyph = (plot, name, data, look) => plot.add_glyph(new Bokeh[name](look), data);

function scatter(plot, data, mark, ink, look) {
  const angle = mark === "tick" ? Math.PI / 2 : 0;
  return glyph(plot, "Scatter", data, { x: field("x"), y: field("y"), marker: MARKS[mark], angle, fill_color: ink, line_color: ink, line_width: mark === "tick" || mark === "cross" ? 2 : 1.3, ...look });
}

// Stretches of places where both curves have a value.
function runsOf(x, low, high) {
  const runs = [[]];
  x.forEach((_, k) => {
    if (low[k] === null || high[k] === null || Number.isNaN(low[k])) runs.push([]);
    else runs.at(-1).push(k);
  });
  return runs.filter((run) => run.length > 0);
}
