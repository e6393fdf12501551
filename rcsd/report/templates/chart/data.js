// The data of a chart as a table: one row for each place on the axis, one column for each thing shown.

// Numbers of a layer, which has the place of the kept array.
const listOf = (spec, place) => spec.arrays[place];

function tableOf(spec) {
  const columns = [], rows = [];
  const several = spec.panels.length > 1 && spec.panels.some((panel) => panel.title);
  const column = (name) => {
    if (!columns.includes(name)) columns.push(name);
    return name;
  };
  if (several) column("panel");
  for (const panel of spec.panels) {
    const byRow = panel.y.kind === "names";
    const key = column(byRow ? panel.y.said || "row" : panel.x.said || "x");
    const own = new Map();
    // The first row of a place that has no such value yet.
    const put = (at, values) => {
      const name = placeOf(byRow ? panel.y : panel.x, at);
      if (!own.has(name)) own.set(name, []);
      let row = own.get(name).find((each) => Object.keys(values).every((title) => !Object.hasOwn(each, title)));
      if (!row) {
        row = { at, [key]: name, ...(several ? { panel: panel.title } : {}) };
        own.get(name).push(row);
      }
      for (const [title, value] of Object.entries(values)) if (value !== null) row[column(title)] = value;
    };
    for (const layer of panel.layers.toReversed()) {
      for (const [at, values] of entriesOf(spec, panel, layer, byRow)) put(at, values);
    }
    const found = [...own.values()].flat();
    rows.push(...found.sort((one, other) => one.at - other.at));
  }
  return { columns, rows: rows.map((row) => columns.map((name) => Object.hasOwn(row, name) ? row[name] : "")) };
}

// What a layer has at each place, under the titles of its columns.
function entriesOf(spec, panel, layer, byRow) {
  const list = (name) => listOf(spec, layer[name]);
  const many = (keys, values) => keys.map((at, k) => [at, values(k)]);
  const { label } = layer;
  if (layer.is === "cells") {
    return layer.values.map((row, k) => [k, Object.fromEntries(listOf(spec, row).map((value, j) => [panel.x.names[j], value]))]);
  }
  if (!label) return [];
  switch (layer.is) {
    case "line": return many(list("x"), (k) => ({ [label]: list("y")[k] }));
    case "points": return many(list(byRow ? "y" : "x"), (k) => ({ [label]: list(byRow ? "x" : "y")[k], ...(layer.names?.[k] ? { name: layer.names[k] } : {}) }));
    case "band": if (layer.stacked) return many(list("x"), (k) => ({ [label]: list("high")[k] === null ? null : Number((list("high")[k] - list("low")[k]).toPrecision(6)) }));
      return many(list("x"), (k) => ({ [`${label}: from`]: list("low")[k], [`${label}: to`]: list("high")[k] }));
    case "segments": {
      const [at, from, to] = byRow ? ["y", "x", "to_x"] : ["x", "y", "to_y"];
      return many(list(at), (k) => ({ [`${label}: from`]: list(from)[k], [`${label}: to`]: list(to)[k] }));
    }
    case "boxes": return many(list("left"), (k) => ({ "to": list("right")[k], ...(list("low")[k] ? { [`${label}: from`]: list("low")[k] } : {}), [label]: list("high")[k] }));
    default: return [];
  }
}
