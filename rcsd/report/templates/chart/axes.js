// The axes of a panel: ends, ticks, labels, the lines of the grid, and words over shaded stretches.

const SMALL = { axis_label_text_font_style: "normal", axis_label_text_font: FONT, major_label_text_font: FONT, axis_label_text_font_size: "12px", major_label_text_font_size: "11.5px", minor_tick_line_color: null };

// The first of a row of names stands on top where the axis is vertical.
function rangeOf(axis, across) {
  const [start, end] = axis.kind === "names" && !across ? [axis.high, axis.low] : [axis.low, axis.high];
  return new Bokeh.Range1d({ start, end });
}

const scaleOf = (axis) => (axis.kind === "log" ? new Bokeh.LogScale() : new Bokeh.LinearScale());

// Names beside or below a panel of some width: in lines, or turned where they are too long for that.
function namesOf(axis, across, width) {
  if (!across) return { names: axis.names.map((name) => wrapped(name, width > 640 ? 34 : width > 380 ? 22 : 16)), turned: false };
  const most = Math.floor((width - (width > 640 ? 200 : 120)) / axis.names.length / 6.4);
  const word = Math.max(...axis.names.flatMap((name) => name.split(" ")).map((part) => part.length));
  if (word <= most) return { names: axis.names.map((name) => wrapped(name, most)), turned: false };
  return { names: axis.names.map((name) => (name.length > 20 ? `${name.slice(0, 19)}…` : name)), turned: true };
}

function addAxis(plot, axis, side, range, width, labelled = true) {
  const across = side === "below";
  const named = axis.kind === "names";
  const look = {
    ...SMALL, axis_label: labelled ? wrapped(axis.label, across ? Math.max(24, width / 8) : 30) : "", axis_label_text_color: ofPage("--soft"), major_label_text_color: ofPage("--soft"),
    axis_line_color: named ? null : ofPage("--line"), major_tick_line_color: named ? null : ofPage("--line"), major_tick_in: 0, major_tick_out: 4,
    ticker: tickerOf(axis, range, across ? width : 0), axis_label_standoff: 6,
    formatter: axis.kind === "time" ? new Bokeh.BasicTickFormatter({ use_scientific: false }) : formatter(),
  };
  const overrides = axis.levels ? axis.levels.flat() : axis.ticks;
  if (overrides) look.major_label_overrides = new Map(overrides);
  if (named) {
    const { names, turned } = namesOf(axis, across, width);
    look.major_label_overrides = new Map(names.map((name, k) => [k, name]));
    // Of more names than stand beside each other, some are left out.
    const every = across ? Math.ceil(names.length / (width / 15)) : 1;
    look.ticker = new Bokeh.FixedTicker({ ticks: names.map((_, k) => k).filter((k) => k % every === 0) });
    if (turned) look.major_label_orientation = 0.8;
  }
  if (!labelled) look.major_label_text_font_size = "0px";
  const drawn = new (axis.kind === "log" ? Bokeh.LogAxis : Bokeh.LinearAxis)(look);
  plot.add_layout(drawn, side);
  if (!named) plot.add_layout(new Bokeh.Grid({ axis: drawn, dimension: across ? 0 : 1, grid_line_color: ofPage("--line"), grid_line_alpha: 0.6 }), "center");
}

const formatter = () => new Bokeh.CustomJSTickFormatter({ code: "return rcsdCharts.tick(tick, ticks)" });

function tickerOf(axis, range, width) {
  if (axis.levels) {
    const letters = Math.max(...axis.levels.flat().map(([, label]) => label.length));
    return leveled(axis.levels.map((level) => level.map(([at]) => at)), range, Math.max(2, (width - 70) / (letters * 7 + 12)));
  }
  if (axis.ticks) return new Bokeh.FixedTicker({ ticks: axis.ticks.map(([at]) => at) });
  if (axis.kind === "log") return leveled([[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]].map(powers), range, 6);
  return new Bokeh.BasicTicker({ desired_num_ticks: 5, mantissas: [1, 2, 5], ...(axis.whole ? { min_interval: 1 } : {}) });
}

const powers = (marks) => Array.from({ length: 61 }, (_, k) => marks.map((mark) => mark * 10 ** (k - 30))).flat();

// The finest of some rows of ticks of which few enough are in sight, chosen again when the reader zooms.
function leveled(levels, range, most) {
  const ticker = new Bokeh.FixedTicker({ ticks: [] });
  const choose = () => {
    const seen = levels.map((level) => level.filter((at) => at >= range.start && at <= range.end));
    ticker.ticks = seen.findLast((level) => level.length <= most) ?? seen[0];
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

// At most three lines; a word without an end is broken, and what is longer would leave the figure no room.
function wrapped(text, most) {
  const letters = Math.max(Math.floor(most), 8);
  const words = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${letters}}`, "gsu")) ?? [""]);
  const lines = [""];
  for (const word of words) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return (lines.length > 3 ? [...lines.slice(0, 2), `${lines[2].slice(0, letters - 1)}…`] : lines).join("\n");
}
