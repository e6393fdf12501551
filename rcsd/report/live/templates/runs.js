/* The runs of a live page: one at the estimate, one for each draw of the posterior, and what all draws say together.
   The page and its worker both hold this file; it knows nothing of the page. */
const rcsdRuns = function (model, live) {
  "use strict";
  const outputs = live.outputs, nTimes = live.x.length, size = nTimes * outputs.length;
  const names = outputs.map((each) => each.name);
  const draws = live.draws, kept = [];

  /* What every run begins with: levers as in the base run. Parameters come from the estimate or from a draw. */
  const base = {};
  for (const each of live.controls) base[each.name] = each.value;

  /* Values as they are observed, time by time, one column an output. */
  function observed(saved) {
    if (live.steps.length === nTimes && outputs.every((each) => !each.weights)) return saved;
    const found = new Float64Array(size), n = outputs.length;
    for (let o = 0; o < n; o++) {
      for (let t = 0; t < nTimes; t++) {
        const weights = outputs[o].weights[t];
        let total = weights === null ? NaN : 0;
        for (const [step, weight] of weights ?? []) total += weight * saved[step * n + o];
        found[t * n + o] = total;
      }
    }
    return found;
  }

  function run(simulator, inputs, number) {
    return observed(simulator.run(inputs, names, live.steps, { seed: live.seed, run: number }));
  }

  /* The model with the drivers of a draw: laid out once. */
  function simulatorOf(draw) {
    if (!kept[draw]) {
      const tables = {};
      for (const [name, { x, y }] of Object.entries(draws.tables)) {
        tables[name] = [x, y.map((each) => (typeof each === "number" ? each : each[draw]))];
      }
      kept[draw] = Object.keys(tables).length ? model.withTables(tables) : model;
    }
    return kept[draw];
  }

  function one(moved) {
    return run(model, { ...base, ...live.estimate, ...moved }, 0);
  }

  function drawn(draw, moved) {
    const own = {};
    for (const [name, values] of Object.entries(draws.inputs)) own[name] = values[draw];
    return run(simulatorOf(draw), { ...base, ...own, ...moved }, draw);
  }

  /* On the straight line between the two neighbouring draws in order of size. */
  function quantile(sorted, share) {
    const at = share * (sorted.length - 1), low = Math.floor(at);
    return low + 1 < sorted.length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
  }
  function band(values) {
    const sorted = Float64Array.from(values).sort();
    return sorted.length ? [0.05, 0.5, 0.95].map((share) => quantile(sorted, share)) : [NaN, NaN, NaN];
  }

  const finite = (values, o) => {
    for (let t = 0; t < nTimes; t++) if (!Number.isFinite(values[t * outputs.length + o])) return false;
    return true;
  };
  /* A stretch that begins before the model does has no value in any run: it is no failure. */
  const known = outputs.map((each) => live.x.map((_, t) => !each.weights || each.weights[t] !== null));
  const ran = (values, o) => known[o].every(Boolean) ? finite(values, o)
    : live.x.every((_, t) => !known[o][t] || Number.isFinite(values[t * outputs.length + o]));

  /* Since when there are no values to the end of a run; null where its last one is finite. */
  function broken(values, o) {
    let first = null;
    for (let t = nTimes - 1; t >= 0 && known[o][t] && !Number.isFinite(values[t * outputs.length + o]); t--) first = t;
    return first;
  }

  /* How far a value is from another, as the output is compared: what rounding leaves of equal ones is nothing. */
  const ROUNDING = 1e-13;
  function gap(output, a, b) {
    if (Math.abs(a - b) <= ROUNDING * Math.abs(b)) return 0;
    return output.measure === "percent" ? (100 * (a - b)) / Math.abs(b) : a - b;
  }

  /* Ends and medians of runs, by output and time; with `others`, of the differences from theirs, draw by draw. */
  function summary(runs, others) {
    return outputs.map((output, o) => {
      const both = [...runs.keys()].filter((i) => ran(runs[i], o) && (!others || ran(others[i], o)));
      const at = (t) => band(both.map((i) => value(i, t)));
      function value(i, t) {
        const mine = runs[i][t * outputs.length + o];
        if (!others) return mine;
        const other = others[i][t * outputs.length + o];
        return gap(output, mine, other);
      }
      const found = live.x.map((_, t) => at(t));
      return { n: both.length, low: found.map((b) => b[0]), middle: found.map((b) => b[1]), high: found.map((b) => b[2]) };
    });
  }

  return { n: draws ? draws.n : 0, one, drawn, summary, gap, broken, column: (values, o) => live.x.map((_, t) => values[t * outputs.length + o]) };
};
