// The axes of a panel: ends, ticks, labels, the lines of the grid, and words over shaded stretches.

const SMALL = { axis_label_text_font_style: "normal", axis_label_text_font: FONT, major_label_text_font: FONT, axis_label_text_font_size: "12px", major_label_text_font_size: "11.5px", minor_tick_line_color: null };

function rangeOf(axis) {
  const [start, end] = axis.kind === "names" ? [axis.high, axis.low] : [axis.low, axis.high];
  return new Bokeh.Range1d({ start, end });
}

const scaleOf = (axis) => (axis.kind === "log" ? new Bokeh.LogScale() : new Bokeh.LinearScale());

function addAxis(plot, axis, side, range, { labelled = true } = {}) {
  const across = side === "below";
  const named = axis.kind === "names";
  const look = {
    ...SMALL, axis_label: labelled || !across ? wrapped(axis.label, 34) : "", axis_label_text_color: ofPage("--soft"), major_label_text_color: ofPage("--soft"),
    axis_line_color: named ? null : ofPage("--line"), major_tick_line_color: named ? null : ofPage("--line"), major_tick_in: 0, major_tick_out: 4,
    ticker: tickerOf(axis, plot, across, range), axis_label_standoff: 6,
  };
  if (axis.kind === "log") look.formatter = formatter();
  else if (axis.kind === "time") look.formatter = new Bokeh.BasicTickFormatter({ use_scientific: false });
  else look.formatter = formatter();
  const overrides = named ? axis.names.map((name, k) => [k, wrapped(name, across ? 14 : 22)]) : axis.levels ? axis.levels.flat() : axis.ticks;
  if (overrides) look.major_label_overrides = new Map(overrides);
  if (named && across && Math.max(...axis.names.map((name) => name.length)) > 4) look.major_label_orientation = 0.7;
  if (!labelled && across) look.major_label_text_font_size = "0px";
  const drawn = new (axis.kind === "log" ? Bokeh.LogAxis : Bokeh.LinearAxis)(look);
  plot.add_layout(drawn, side);
  if (!named) plot.add_layout(new Bokeh.Grid({ axis: drawn, dimension: across ? 0 : 1, grid_line_color: ofPage("--line"), grid_line_alpha: 0.6 }), "center");
}

const formatter = () => new Bokeh.CustomJSTickFormatter({ code: "return rcsdCharts.tick(tick, ticks)" });

function tickerOf(axis, plot, across, range) {
  if (axis.kind === "names") return new Bokeh.FixedTicker({ ticks: axis.names.map((_, k) => k) });
  if (axis.levels) return leveled(axis, range);
  if (axis.ticks) return new Bokeh.FixedTicker({ ticks: axis.ticks.map(([at]) => at) });
  if (axis.kind === "log") return new Bokeh.LogTicker({ mantissas: Math.log10(axis.high / axis.low) > 3 ? [1] : [1, 2, 5], desired_num_ticks: 6 });
  return new Bokeh.BasicTicker({ desired_num_ticks: 5, mantissas: [1, 2, 5], ...(axis.whole ? { min_interval: 1 } : {}) });
}

// Dates: the finest of the given rows of ticks of which few enough are in sight.
function leveled(axis, range) {
  const ticker = new Bokeh.FixedTicker({ ticks: [] });
  const choose = () => {
    const seen = axis.levels.map((level) => level.map(([at]) => at).filter((at) => at >= range.start && at <= range.end));
    ticker.ticks = seen.findLast((level) => level.length <= 7) ?? seen[0] ?? [];
  };
  range.properties.start.change.connect(choose);
  range.properties.end.change.connect(choose);
  choose();
  return ticker;
}

// What shaded stretches are called stands over them, outside of the frame.
function addTitles(plot, panel) {
  const titled = panel.layers.filter((layer) => layer.is === "span" && layer.title && layer.along === "x");
  if (!titled.length) return;
  const places = titled.map((span) => [(span.low + span.high) / 2, span.title]);
  plot.add_layout(new Bokeh.LinearAxis({
    ...SMALL, ticker: new Bokeh.FixedTicker({ ticks: places.map(([at]) => at) }), major_label_overrides: new Map(places), formatter: formatter(),
    axis_line_color: null, major_tick_line_color: null, major_label_text_color: ofPage("--soft"), major_label_standoff: 0, major_tick_out: 0,
  }), "above");
}

function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.join("\n");
}
