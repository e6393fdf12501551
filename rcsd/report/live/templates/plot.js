/* A figure of a live page as SVG text: bands, lines and observed cells over time. It knows nothing of the page. */
const rcsdPlot = (function () {
  "use strict";
  const escape = (text) => String(text).replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

  /* Some four round numbers between two ends. */
  function ticks(low, high, most = 5) {
    const raw = (high - low) / most, power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw * (1 - 1e-9));
    const found = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) found.push(k * step);
    return found;
  }

  /* Some significant digits, thousands separated; no digit before the point is ever rounded away. */
  function number(value, digits = 4) {
    if (value === null || !Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(Math.min(2, digits - 1));
    const whole = size >= 1 ? Math.floor(Math.log10(size)) + 1 : 1;
    return Number(value.toPrecision(Math.max(digits, whole))).toLocaleString("en-US", { maximumFractionDigits: 8 }).replace("-", "−");
  }

  /* Places on the axis of time whose words fit beside one another. */
  function labelled(x, labels, width) {
    const longest = Math.max(...labels.map((each) => each.length));
    const most = Math.max(2, Math.floor(width / (longest * 7 + 18)));
    const span = x[x.length - 1] - x[0];
    const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].find((each) => span / each < most);
    const round = step === undefined ? [] : [...x.keys()].filter((i) => Number.isInteger(x[i] / step));
    if (round.length >= 2) return round;
    const every = Math.max(1, Math.ceil(x.length / most));
    return [...x.keys()].filter((i) => i % every === 0);
  }

  function plot({ width, height, x, labels, bands, lines, cells, marks, label, at = -1 }) {
    const values = [
      ...bands.flatMap(({ low, high }) => [...low, ...high]), ...lines.flatMap(({ y }) => y), ...cells.map(([, y]) => y),
    ].filter(Number.isFinite);
    let low = Math.min(...values), high = Math.max(...values);
    if (!values.length) [low, high] = [0, 1];
    if (high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-12)) {
      const pad = 0.05 * Math.abs(high) || 1;
      [low, high] = [low - pad, high + pad];
    }
    const marked = ticks(low, high);
    const widest = Math.max(...marked.map((each) => number(each).length), 2);
    const left = widest * 7 + 10, right = width - 8, top = 8, bottom = height - 22;
    const pad = 0.04 * (high - low);
    const first = x[0], last = x[x.length - 1];
    const px = (each) => left + ((each - first) / (last - first || 1)) * (right - left);
    const py = (each) => bottom - ((each - low + pad) / (high - low + 2 * pad)) * (bottom - top);
    const pair = (i, y) => `${px(x[i]).toFixed(1)} ${py(y).toFixed(1)}`;
    const path = (y) => {
      let text = "", pen = "M";
      y.forEach((each, i) => {
        if (!Number.isFinite(each)) { pen = "M"; return; }
        text += pen + pair(i, each);
        pen = "L";
      });
      return text;
    };
    const area = ({ low: below, high: above, kind }) => {
      const here = [...x.keys()].filter((i) => Number.isFinite(below[i]) && Number.isFinite(above[i]));
      if (!here.length) return "";
      const there = here.map((i) => pair(i, above[i])), back = here.map((i) => pair(i, below[i])).reverse();
      return `<path class="band ${kind}" d="M${[...there, ...back].join("L")}Z"/>`;
    };
    const parts = [
      ...marks.map((each) => `<rect class="window" x="${px(Math.max(each[0], first)).toFixed(1)}" y="${top}" width="${Math.max(0, px(Math.min(each[1], last)) - px(Math.max(each[0], first))).toFixed(1)}" height="${bottom - top}"/>`),
      ...marked.map((y) => `<path class="grid" d="M${left} ${py(y).toFixed(1)}H${right}"/><text class="y" x="${left - 5}" y="${(py(y) + 4).toFixed(1)}">${escape(number(y))}</text>`),
      ...labelled(x, labels, right - left).map((i) => `<text class="x" x="${Math.min(px(x[i]), right + 6 - labels[i].length * 3.4).toFixed(1)}" y="${height - 6}">${escape(labels[i])}</text>`),
      `<path class="axis" d="M${left} ${bottom}H${right}"/>`,
      ...bands.map(area),
      ...lines.map(({ y, kind }) => `<path class="line ${kind}" d="${path(y)}"/>`),
      ...cells.filter(([, y]) => Number.isFinite(y)).map(([when, y]) => `<circle class="cell" cx="${px(when).toFixed(1)}" cy="${py(y).toFixed(1)}" r="2.6"/>`),
      at < 0 ? "" : `<path class="here" d="M${px(x[at]).toFixed(1)} ${top}V${bottom}"/>`,
    ];
    return {
      left, right,
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}"><style>${STYLE}</style>${parts.join("")}</svg>`,
    };
  }

  /* Within the figure, so that a figure that is saved looks the same; a page sets the colours. */
  const STYLE = ".window{fill:var(--live-window,#e9f1f7)}.grid{stroke:var(--line,#ddd);stroke-width:.6}" +
    ".axis{stroke:var(--soft,#666);fill:none}.line{fill:none;stroke-width:2}" +
    ".band{stroke:none;opacity:.22}.band.mine{fill:var(--live-mine,#0072b2)}.band.base{fill:var(--live-base,#5f6b76)}" +
    ".line.mine{stroke:var(--live-mine,#0072b2)}.line.base{stroke:var(--live-base,#5f6b76);stroke-dasharray:5 3;stroke-width:1.5}" +
    ".cell{fill:var(--ink,#1a1a1a)}.here{stroke:var(--ink,#1a1a1a);stroke-width:.8}" +
    "text{font:11.5px system-ui,sans-serif;fill:var(--soft,#555)}.x{text-anchor:middle}.y{text-anchor:end}";

  return { plot, number, ticks };
})();
