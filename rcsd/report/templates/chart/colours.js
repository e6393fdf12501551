// Colours of the page, and what those of a chart are on dark paper.

const dark = matchMedia("(prefers-color-scheme: dark)");
const ofPage = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = (hex) => (dark.matches ? DARK[hex] ?? hex : hex);

// The colour of a value between the ends of a row of shades.
function shade(shades, share) {
  const places = SHADES[shades];
  const at = Math.min(Math.max(share, 0), 1) * (places.length - 1);
  const first = Math.min(Math.floor(at), places.length - 2);
  const mixed = [1, 3, 5].map((k) => {
    const [from, to] = [places[first], places[first + 1]].map((hex) => parseInt(hex.slice(k, k + 2), 16));
    return Math.round(from + (at - first) * (to - from));
  });
  return `rgb(${mixed.join(",")})`;
}
