// What can be read in a panel: its places, and what each layer has there.

function placesOf(spec, panel) {
  const cells = panel.layers.find((layer) => layer.is === "cells");
  if (cells) return { along: "cells", at: panel.y.names.flatMap((_, row) => panel.x.names.map((_, column) => [row, column])), cells };
  if (panel.y.kind === "names") return { along: "y", at: panel.y.names.map((_, k) => k) };
  const found = new Set();
  for (const layer of panel.layers.filter((each) => each.label)) {
    if (layer.is === "boxes") listOf(spec, layer.left).forEach((left, k) => found.add((left + listOf(spec, layer.right)[k]) / 2));
    else if ("x" in layer && layer.is !== "words") listOf(spec, layer.x).forEach((at) => { if (at !== null) found.add(at); });
  }
  return { along: "x", at: [...found].sort((one, other) => one - other) };
}

// Lines of a readout: what each layer in sight has at a place.
function readAt(spec, panel, places, at, hidden) {
  if (places.along === "cells") {
    const [row, column] = at;
    const value = listOf(spec, places.cells.values[row])[column];
    return { head: `${panel.y.names[row]}, ${panel.x.names[column]}`, lines: [["", places.cells.texts[row]?.[column] || told(value), null]] };
  }
  const axis = places.along === "y" ? panel.y : panel.x;
  const lines = panel.layers.toReversed()
    .filter((layer) => layer.label && !hidden.has(layer.label))
    .map((layer) => [layer.label, valuesAt(spec, panel, layer, places.along, at), layer])
    .filter(([, text]) => text);
  return { head: placeOf(axis, at), lines };
}

function valuesAt(spec, panel, layer, along, at) {
  const list = (name) => listOf(spec, layer[name]);
  const same = (keys) => keys.flatMap((key, k) => ((along === "y" ? Math.round(key) : key) === at ? [k] : []));
  const say = (value) => (along === "y" && panel.x.ticks ? told(value) : along === "y" ? placeOf(panel.x, value) : told(value));
  const few = (texts) => (texts.length > 6 ? `${texts.slice(0, 6).join("; ")}; …` : texts.join("; "));
  const between = (from, to) => `${say(from)} to ${say(to)}`;
  if (along === "y") {
    if (layer.is === "points") return few(same(list("y")).map((k) => layer.names?.[k] || say(list("x")[k])));
    if (layer.is === "segments") return few(same(list("y")).map((k) => between(list("x")[k], list("to_x")[k])));
    return "";
  }
  switch (layer.is) {
    case "line": return few(filled(panel, list("x"), at, [list("y")], same).map(([y]) => say(y)));
    case "band": return few(filled(panel, list("x"), at, [list("low"), list("high")], same).map(([low, high]) => (layer.stacked ? say(high - low) : between(low, high))));
    case "points": return few(same(list("x")).filter((k) => list("y")[k] !== null).map((k) => layer.names?.[k] || say(list("y")[k])));
    case "segments": return few(same(list("x")).map((k) => between(list("y")[k], list("to_y")[k])));
    case "boxes": return few(list("left").flatMap((left, k) => (left <= at && at <= list("right")[k] ? [list("low")[k] ? between(list("low")[k], list("high")[k]) : say(list("high")[k])] : [])));
    default: return "";
  }
}

// Values at a place: those given there or, between places of a curve that is not one of periods, on the straight line.
function filled(panel, x, at, columns, same) {
  const there = same(x).filter((k) => columns.every((values) => values[k] !== null));
  if (there.length) return there.map((k) => columns.map((values) => values[k]));
  const next = x.findIndex((key) => key > at);
  if (panel.x.kind === "time" || next < 1) return [];
  const share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  const found = columns.map((values) => (values[next] === null || values[next - 1] === null ? null : values[next - 1] + share * (values[next] - values[next - 1])));
  return found.includes(null) ? [] : [found];
}
