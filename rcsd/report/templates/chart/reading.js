// Reading values: under the pointer, and with the keys of the arrows, which also tell a screen reader.

function makeReading(chart, panel, host, view) {
  const places = placesOf(chart.spec, panel.spec);
  if (!places.at.length) return;
  const box = element("div", "reading");
  const cursor = element("div", "cursor");
  box.hidden = cursor.hidden = true;
  host.append(cursor, box);
  let place = -1;

  const pixel = (at) => {
    const { x_scale: x, y_scale: y } = view.frame;
    return places.along === "cells" ? [x.compute(at[1]), y.compute(at[0])] : places.along === "y" ? [null, y.compute(at)] : [x.compute(at), null];
  };
  const inside = ([x, y]) => {
    const { x0, x1, y0, y1 } = view.frame.bbox;
    return (x === null || (x >= x0 - 1 && x <= x1 + 1)) && (y === null || (y >= y0 - 1 && y <= y1 + 1));
  };
  const hide = () => { box.hidden = cursor.hidden = true; place = -1; };

  function show(next, aloud) {
    const at = places.at[next];
    const { head, lines } = readAt(chart.spec, panel.spec, places, at, chart.hidden);
    const [x, y] = pixel(at);
    place = next;
    if (!lines.length || !inside([x, y])) { box.hidden = cursor.hidden = true; return; }
    box.replaceChildren(element("b", "", head), ...lines.map(([label, text, layer]) => {
      const line = element("div");
      if (layer) line.append(swatch(layer));
      line.append(label ? `${label}: ${text}` : text);
      return line;
    }));
    box.hidden = cursor.hidden = false;
    const { x0, x1, y0, y1 } = view.frame.bbox;
    Object.assign(cursor.style, x === null ? { left: `${x0}px`, top: `${y}px`, width: `${x1 - x0}px`, height: "0" } : y === null
      ? { left: `${x}px`, top: `${y0}px`, width: "0", height: `${y1 - y0}px` } : { left: `${x - 4}px`, top: `${y - 4}px`, width: "8px", height: "8px" });
    const beside = x ?? (x0 + x1) / 2;
    const room = host.clientWidth - box.offsetWidth;
    box.style.left = `${Math.max(0, Math.min(room, beside > host.clientWidth / 2 ? beside - box.offsetWidth - 12 : beside + 12))}px`;
    box.style.top = `${y === null ? y0 : Math.max(0, y + 14)}px`;
    if (aloud) chart.aloud.textContent = [head, ...lines.map(([label, text]) => (label ? `${label} ${text}` : text))].join("; ");
  }

  const point = (event) => {
    const { left, top } = host.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    if (event.buttons || !inside([x, y])) { hide(); return; }
    const far = (at) => { const [px, py] = pixel(at); return Math.hypot(px === null ? 0 : px - x, py === null ? 0 : py - y); };
    show(places.at.reduce((best, at, k) => (far(at) < far(places.at[best]) ? k : best), 0), false);
  };
  host.addEventListener("pointermove", point);
  host.addEventListener("click", point); // a finger taps
  host.addEventListener("pointerleave", hide);
  host.addEventListener("blur", hide);
  host.addEventListener("keydown", (event) => {
    const wide = places.along === "cells" ? panel.spec.x.names.length : 1;
    const last = places.at.length - 1;
    const next = { ArrowRight: place + 1, ArrowLeft: place < 0 ? last : place - 1, ArrowDown: place + wide, ArrowUp: place < 0 ? last : place - wide, Home: 0, End: last }[event.key];
    if (event.key === "Escape") hide();
    else if (event.key === "+" || event.key === "=") zoomBy(panel, 0.6);
    else if (event.key === "-") zoomBy(panel, 1 / 0.6);
    else if (event.key === "0") seeAll(panel);
    else if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else show(Math.min(Math.max(next, 0), last), true);
    event.preventDefault();
  });
  host.addEventListener("dblclick", () => chart.panels.forEach(seeAll));
}
