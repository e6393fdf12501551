// Numbers as people read them.

const digits = (value, most) => value.toLocaleString("en", { maximumFractionDigits: most, useGrouping: Math.abs(value) >= 1e4 });

// A value that is read out: four significant digits.
function told(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(3);
  return value.toLocaleString("en", { maximumSignificantDigits: size >= 1e4 ? 6 : 4, useGrouping: size >= 1e4 });
}

// A tick, with as many decimals as its distance from the next asks for.
function tick(value, all) {
  const size = Math.max(...all.map(Math.abs));
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value === 0 ? "0" : value.toExponential(1).replace(".0e", "e").replace("+", "");
  const step = all.length > 1 ? Math.abs(all[1] - all[0]) : size;
  const whole = (decimals) => Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6;
  return digits(value, [0, 1, 2, 3, 4, 5].find(whole) ?? 6);
}

// A place on an axis in words: the name of a thing, a date, or a number.
function placeOf(axis, at) {
  if (axis.names) return axis.names[Math.round(at)] ?? "";
  if (axis.labels) return axis.labels[Math.round(at)] ?? String(at);
  const marked = axis.ticks?.find(([place]) => place === at);
  if (marked && marked[1]) return marked[1];
  return axis.kind === "time" ? String(Math.round(at * 1e4) / 1e4) : told(at);
}
