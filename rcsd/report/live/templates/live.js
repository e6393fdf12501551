/* The live part of a page: sliders, scenarios, figures that follow, and bands from a worker. */
(function () {
  "use strict";
  const root = document.getElementById("live");
  if (!root) return;
  const live = JSON.parse(document.getElementById("live-data").textContent);
  const { plot, number } = rcsdPlot;
  const HASH = "#live?";
  const controls = new Map(live.controls.map((each) => [each.name, { ...each, now: each.value }]));
  const policy = (each) => each.kind === "lever" || each.kind === "start";
  let started = false, runs = null, base = null, mine = null, worker = null, id = 0, most = 200, pointed = -1, preset = null;
  const found = { base: null, mine: null, difference: null, n: 0 };

  /* -- small things ------------------------------------------------------------------------------------------- */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") element.textContent = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }
  const later = (act, wait) => {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  };
  function save(name, type, text) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const unitOf = (each) => (/^(dmnl|dimensionless|1)$/i.test(each.unit) ? "" : each.unit);
  const fileName = (text) => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "figure";

  /* -- what is moved ------------------------------------------------------------------------------------------ */
  const moved = () => Object.fromEntries([...controls.values()].filter((each) => each.now !== each.value).map((each) => [each.name, each.now]));
  const anyMoved = () => [...controls.values()].some((each) => each.now !== each.value);
  const STEPS = 400;
  const steps = (each) => (each.whole ? each.upper - each.lower : STEPS);
  function valueAt(each, place) {
    const share = place / steps(each);
    if (each.whole) return each.lower + place;
    if (each.log) return each.lower * Math.pow(each.upper / each.lower, share);
    // as many digits as tell a step from the next, however far from zero the range lies
    const size = Math.max(Math.abs(each.lower), Math.abs(each.upper)) / (each.upper - each.lower);
    const digits = Math.min(15, 6 + Math.max(0, Math.ceil(Math.log10(size))));
    return Number((each.lower + share * (each.upper - each.lower)).toPrecision(digits));
  }
  const shareOf = (each, value) => Math.min(1, Math.max(0, each.log
    ? Math.log(value / each.lower) / Math.log(each.upper / each.lower)
    : (value - each.lower) / (each.upper - each.lower)));
  const words = (each, value) => `${each.whole ? value : number(value)}${unitOf(each) && !each.whole ? ` ${unitOf(each)}` : ""}`;

  function set(each, value) {
    each.now = Math.min(each.upper, Math.max(each.lower, value));
    show(each);
  }
  function show(each) {
    const { slider, box, undo } = each.elements;
    slider.value = String(Math.round(shareOf(each, each.now) * steps(each)));
    slider.setAttribute("aria-valuetext", words(each, each.now));
    if (document.activeElement !== box) box.value = String(each.now);
    undo.hidden = each.now === each.value;
  }
  function changed() {
    const chosen = live.presets.findIndex((_, k) => [...controls.values()].filter(policy).every((each) => each.now === presetValue(k, each)));
    if (preset) preset.value = String(chosen);
    if (preset) about.textContent = chosen < 0 ? "Levers of your own." : live.presets[chosen].about;
    drawOne();
    ask();
    remember();
  }
  const presetValue = (k, each) => (Object.hasOwn(live.presets[k].values, each.name) ? live.presets[k].values[each.name] : each.value);

  /* -- the address -------------------------------------------------------------------------------------------- */
  function address() {
    const parts = Object.entries(moved()).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    return parts.length ? HASH + parts.join("&") : "#live";
  }
  const remember = later(() => {
    if (!anyMoved() && !location.hash.startsWith(HASH)) return;
    try {
      history.replaceState(null, "", address());
    } catch {
      location.hash = address(); // a browser that lets no file change its address so
    }
  }, 250);
  function recall() {
    if (!location.hash.startsWith("#live")) return;
    for (let each = root.parentElement; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    begin();
    const wanted = new Map();
    for (const part of location.hash.slice(HASH.length).split("&")) {
      const [name, value] = part.split("=");
      try {
        wanted.set(decodeURIComponent(name), Number(decodeURIComponent(value ?? "")));
      } catch { /* what nobody wrote is no address */ }
    }
    for (const each of controls.values()) {
      const value = wanted.get(each.name);
      set(each, Number.isFinite(value) ? value : each.value);
    }
    changed();
    root.scrollIntoView();
  }

  /* -- the parts of the page ---------------------------------------------------------------------------------- */
  function control(each, k) {
    each.whole = each.kind === "start" && Number.isInteger(each.lower) && Number.isInteger(each.upper) && Number.isInteger(each.value);
    each.log = each.scale === "log";
    const name = `live-control-${k}`;
    const slider = make("input", { type: "range", id: name, min: 0, max: steps(each), step: 1, oninput: () => { set(each, valueAt(each, Number(slider.value))); changed(); } });
    if (each.low !== null && each.high !== null) {
      slider.style.setProperty("--low", `${100 * shareOf(each, each.low)}%`);
      slider.style.setProperty("--high", `${100 * shareOf(each, each.high)}%`);
      slider.classList.add("banded");
    }
    const box = make("input", {
      type: "number", step: each.whole ? 1 : "any", min: each.lower, max: each.upper, "aria-label": `${each.name}, as a number`,
      onchange: () => { if (box.value !== "" && Number.isFinite(box.valueAsNumber)) set(each, box.valueAsNumber); box.value = String(each.now); changed(); },
    });
    const undo = make("button", { type: "button", class: "undo", "aria-label": `Reset ${each.name}`, title: "Reset", text: "↺", onclick: () => { set(each, each.value); changed(); slider.focus(); } });
    each.elements = { slider, box, undo };
    const about = [each.about, each.low === null ? "" : `Nine of ten draws lie from ${number(each.low)} to ${number(each.high)}.`, each.source && `Bounds: ${each.source}.`].filter(Boolean).join(" ");
    const told = about ? make("details", { class: "about" }, make("summary", { "aria-label": `About ${each.name}`, text: "?" }), make("p", { text: about })) : "";
    return make("div", { class: "live-control" },
      make("div", { class: "live-name" }, make("label", { for: name, text: each.name }), unitOf(each) && !each.whole ? make("span", { class: "unit", text: unitOf(each) }) : "", undo, told),
      make("div", { class: "live-move" }, slider, box));
  }
  function groupOf(each) {
    if (policy(each)) return "Policy levers";
    return each.kind === "parameter" ? "Estimated parameters" : each.group || "Constants";
  }
  function form() {
    const groups = new Map();
    [...controls.values()].forEach((each, k) => {
      const name = groupOf(each);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(control(each, k));
    });
    const parts = [...groups].map(([name, some], k) => make("details", { class: "live-group", open: k === 0 }, make("summary", { text: `${name} (${some.length})` }), ...some));
    return make("form", { class: "live-controls", "aria-label": "What if", onsubmit: (event) => event.preventDefault() }, ...parts);
  }
  const figures = live.outputs.map((output, o) => {
    const picture = make("div", { class: "live-picture" });
    const read = make("p", { class: "live-read" }), unit = make("span");
    picture.addEventListener("pointermove", (event) => point(o, event));
    picture.addEventListener("pointerleave", () => { pointed = -1; draw(); });
    const svg = make("button", { type: "button", text: "SVG", "aria-label": `Download the figure of ${output.name} as SVG`, onclick: () => save(`${fileName(output.name)}.svg`, "image/svg+xml", picture.innerHTML) });
    const element = make("figure", { class: "live-figure" }, make("figcaption", {}, make("span", {}, make("strong", { text: output.name }), unit), svg), picture, read);
    return { output, o, picture, read, unit, element, sides: null };
  });
  const status = make("p", { class: "live-status", role: "status" });
  const about = make("p", { class: "live-about" });
  const legend = make("p", { class: "live-legend" });
  const when = make("select", { "aria-label": "Compared for", onchange: () => table() });
  const body = make("tbody");
  const view = make("select", { id: "live-view", onchange: () => draw() }, make("option", { value: "values", text: "values" }), make("option", { value: "difference", text: `difference from ${live.reference}` }));
  function page() {
    if (live.presets.length) {
      preset = make("select", { id: "live-preset", onchange: () => {
        const k = Number(preset.value);
        for (const each of controls.values()) if (policy(each)) set(each, k < 0 ? each.now : presetValue(k, each));
        changed();
      } }, ...live.presets.map((each, k) => make("option", { value: k, text: each.title })), make("option", { value: -1, text: "Your own", hidden: true }));
    }
    const bar = make("div", { class: "live-bar" },
      ...(preset ? [make("label", { for: "live-preset", text: "Scenario" }), preset] : []),
      make("label", { for: "live-view", text: "Show" }), view,
      make("button", { type: "button", text: "Reset", onclick: reset }),
      make("button", { type: "button", text: "Copy the link", onclick: share }),
      make("button", { type: "button", text: "Download the data", onclick: () => save("what-if.csv", "text/csv", csv()) }));
    live.labels.forEach((each, t) => when.append(make("option", { value: t, text: each })));
    when.value = String(live.labels.length - 1);
    const compared = make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Comparison, scrolls sideways" },
      make("table", {}, make("caption", {}, "Compared for ", when),
        make("thead", {}, make("tr", {}, ...["Variable", live.reference, "Yours", "Difference", ...(runs.n ? ["90 % of draws"] : [])].map((text, k) => make("th", { scope: "col", class: k ? "number" : null, text })))), body));
    root.append(bar, about, status, legend, make("div", { class: "live-body" }, form(), make("div", { class: "live-figures" }, ...figures.map((each) => each.element))), compared);
    for (const each of controls.values()) show(each);
    changed();
    new ResizeObserver(later(draw, 60)).observe(root);
  }
  function reset() {
    for (const each of controls.values()) set(each, each.value);
    changed();
  }
  async function share() {
    const href = location.href.split("#")[0] + address();
    try {
      await navigator.clipboard.writeText(href);
      status.textContent = "The link is copied.";
    } catch {
      status.replaceChildren("The link: ", make("input", { class: "live-link", readonly: true, value: href, "aria-label": "The link" }));
      status.querySelector("input").select();
    }
  }

  /* -- figures ------------------------------------------------------------------------------------------------ */
  const column = (values, o) => Array.from(runs.column(values, o));
  const percent = (output) => output.measure === "percent";
  const gap = (output, a, b) => runs.gap(output, a, b);
  const range = (each, t) => (each && Number.isFinite(each.low[t]) ? ` (${number(each.low[t])} to ${number(each.high[t])})` : "");
  /* What a figure shows: values beside those of the status quo, or how far they are from them. */
  function values(output, o, own) {
    const bands = [], lines = [{ y: column(base, o), kind: own ? "base" : "mine" }];
    if (found.base) bands.push({ ...found.base[o], kind: own ? "base" : "mine" });
    if (own && found.mine) bands.push({ ...found.mine[o], kind: "mine" });
    if (own) lines.push({ y: column(mine, o), kind: "mine" });
    const last = live.x.length - 1;
    return {
      bands, lines, cells: output.observed,
      label: `${live.reference} ends at ${number(lines[0].y[last])}${own ? `, yours at ${number(lines[1].y[last])}` : ""}`,
      read: (t) => `${own ? `yours ${number(lines[1].y[t])}${range(found.mine && found.mine[o], t)}; ` : ""}${live.reference} ${number(lines[0].y[t])}${range(found.base && found.base[o], t)}`,
    };
  }
  function differences(output, o) {
    const first = column(base, o), y = column(mine, o).map((each, t) => gap(output, each, first[t]));
    const band = found.difference ? { ...found.difference[o], kind: "mine" } : null, sign = percent(output) ? " %" : "";
    return {
      bands: band ? [band] : [], lines: [{ y: y.map(() => 0), kind: "base" }, { y, kind: "mine" }], cells: [],
      label: `yours ends ${number(y[y.length - 1])}${sign} from ${live.reference}`,
      read: (t) => `${number(y[t], 3)}${sign}${range(band, t)} from ${live.reference}`,
    };
  }
  function draw() {
    const own = anyMoved(), apart = own && view.value === "difference";
    // all widths before the first change: each look after one would lay the page out anew
    const widths = figures.map((each) => Math.round(each.picture.clientWidth) || 360);
    for (const each of figures) {
      const { o, output } = each, width = widths[o];
      const { read, label, ...shown } = apart ? differences(output, o) : values(output, o, own);
      const made = plot({
        ...shown, width, height: Math.round(Math.min(260, Math.max(170, width * 0.55))), x: live.x, labels: live.labels,
        marks: live.windows, at: pointed,
        label: `${output.name} from ${live.labels[0]} to ${live.labels[live.x.length - 1]}: ${label}.`,
      });
      each.picture.innerHTML = made.svg;
      each.sides = made;
      each.unit.textContent = apart && percent(output) ? ` (% of ${live.reference})` : unitOf(output) ? ` (${unitOf(output)})` : "";
      each.read.textContent = pointed < 0 ? "" : `${live.labels[pointed]}: ${read(pointed)}`;
    }
    legendWords(own, apart);
    table();
  }
  function point(o, event) {
    const { left, right } = figures[o].sides, box = figures[o].picture.getBoundingClientRect();
    const share = (event.clientX - box.left - left) / (right - left);
    const x = live.x[0] + share * (live.x[live.x.length - 1] - live.x[0]);
    let nearest = 0;
    live.x.forEach((each, t) => { if (Math.abs(each - x) < Math.abs(live.x[nearest] - x)) nearest = t; });
    if (nearest !== pointed) { pointed = nearest; draw(); }
  }
  let said = "";
  function legendWords(own, apart) {
    const bands = found.base ? `, band: 90 % of ${found.n} draws` : "";
    const text = `${own}${apart}${bands}`;
    if (text === said) return;
    said = text;
    const entry = (kind, words) => make("span", { class: `key ${kind}` }, words);
    legend.replaceChildren(...[
      own ? entry("mine", `yours${bands}`) : entry("mine", `${live.reference}${bands}`),
      ...(own ? [entry("base", `${live.reference}${apart ? "" : bands}`)] : []),
      ...(!apart && live.outputs.some((each) => each.observed.length) ? [entry("cell", "observed")] : []),
      ...(live.windows.length ? [entry("window", `${live.periods} fitted`)] : []),
    ]);
  }
  function table() {
    const t = Number(when.value), own = anyMoved();
    body.replaceChildren(...live.outputs.map((output, o) => {
      const first = column(base, o)[t], second = column(mine ?? base, o)[t];
      const unit = percent(output) ? " %" : "";
      const sign = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(Math.abs(value), 2)}`;
      const whole = (value) => (Number.isFinite(value) ? sign(value) + unit : "–");
      const spread = own && found.difference ? found.difference[o] : null;
      const middle = spread ? spread.middle[t] : gap(output, second, first);
      const cells = [number(first), own ? number(second) : "–", own ? whole(middle) : "–"];
      if (runs.n) cells.push(spread && Number.isFinite(spread.low[t]) ? `${sign(spread.low[t])} to ${sign(spread.high[t])}${unit}` : "–");
      return make("tr", {}, make("th", { scope: "row", text: output.name }), ...cells.map((text) => make("td", { class: "number", text })));
    }));
  }
  function csv() {
    const own = anyMoved(), kinds = [[live.reference, base, found.base], ...(own ? [["yours", mine, found.mine]] : [])];
    const columns = ["time", ...live.outputs.flatMap((output) => kinds.flatMap(([kind, , spread]) => [kind, ...(spread ? [`${kind} 5 %`, `${kind} 95 %`] : [])].map((words) => `${output.name}: ${words}`)))];
    const rows = live.labels.map((label, t) => [label, ...live.outputs.flatMap((_, o) => kinds.flatMap(([, line, spread]) => [column(line, o)[t], ...(spread ? [spread[o].low[t], spread[o].high[t]] : [])]))]);
    return CSV_MARK + asCsv({ columns, rows: rows.map((row) => row.map((each) => each ?? "")) });
  }

  /* -- runs --------------------------------------------------------------------------------------------------- */
  function drawOne() {
    mine = runs.one(moved());
    status.textContent = broken();
    draw();
  }
  /* A run that breaks is said to: a line that ends, or is not there at all, tells nobody why. */
  function broken() {
    const ends = live.outputs.map((output, o) => [output.name, runs.broken(mine, o)]).filter(([, t]) => t !== null);
    if (!ends.length) return "";
    const [name, first] = ends.reduce((least, each) => (each[1] < least[1] ? each : least));
    const who = ends.length > 1 ? `${name} and ${ends.length - 1} more are no finite numbers` : `${name} is no finite number`;
    return `With what is set, ${who} from ${live.labels[first]} on.`;
  }
  function ask() {
    found.mine = found.difference = null;
    id += 1;
    if (!runs.n) return;
    if (worker) worker.postMessage({ id, moved: moved(), most });
  }
  function answered({ data }) {
    if (data.base) found.base = data.base;
    else if (data.id === id) Object.assign(found, { mine: data.mine, difference: data.difference });
    else return;
    found.n = data.n;
    const failed = Math.max(...(found.mine ?? found.base).map((each) => data.n - each.n));
    if (failed) status.textContent = `${failed} of ${data.n} runs have no values and are left out.`;
    draw();
  }
  function employ() {
    const code = ["live-runtime", "live-model", "live-runs"].map((each) => document.getElementById(each).textContent);
    code.push(document.getElementById("live-worker").textContent);
    try {
      worker = new Worker(URL.createObjectURL(new Blob(code.map((each) => `${each}\n`), { type: "text/javascript" })));
    } catch {
      status.textContent = "This browser lets no file work in the background: figures have no bands.";
      return;
    }
    worker.onmessage = answered;
    worker.onerror = () => { status.textContent = "The runs in the background have failed: figures have no bands."; };
    worker.postMessage({ live });
  }
  function begin() {
    if (started) return;
    started = true;
    runs = rcsdRuns(rcsdRuntime.model(liveModel), live);
    const start = performance.now();
    base = mine = runs.one({});
    const own = performance.now() - start; // the first run is the slowest: a bound
    most = Math.max(20, Math.min(runs.n, Math.floor(20000 / Math.max(own, 1))));
    if (runs.n) employ();
    page();
  }

  window.addEventListener("hashchange", recall);
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((each) => each.isIntersecting)) { seen.disconnect(); begin(); }
  }, { rootMargin: "300px" });
  seen.observe(root);
  recall();
})();
