// Charts of the page are drawn when they come near the window; those in a closed fold wait until it opens.

window.rcsdCharts = { tick }; // what the library runs by name

document.documentElement.classList.add("scripted");
const charts = new Map();

async function drawFigure(figure) {
  const spec = JSON.parse(figure.querySelector(".chart-data").textContent);
  const host = figure.querySelector(".live") ?? element("div", "live");
  figure.prepend(host);
  try {
    charts.set(figure, await draw(host, spec));
    figure.classList.add("drawn");
  } catch (error) {
    // An old browser, or a page without its library: the still figure stays.
    console.warn(error);
    host.remove();
    figure.classList.add("failed");
  }
}

const near = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((each) => each.isIntersecting)) {
    near.unobserve(entry.target);
    drawFigure(entry.target);
  }
}, { rootMargin: "300px" });
document.querySelectorAll("figure.chart").forEach((figure) => {
  near.observe(figure);
  // A page that has been copied without its figures prints what is on the screen.
  figure.querySelector(".still").addEventListener("error", () => figure.classList.add("alone"));
});
addEventListener("beforeprint", () => document.querySelectorAll("figure.chart .still").forEach((still) => { still.loading = "eager"; }));

async function redraw(figure) {
  const chart = charts.get(figure);
  if (!chart) return;
  chart.remove();
  charts.set(figure, await draw(chart.host, chart.spec, chart.hidden));
}

dark.addEventListener("change", () => [...charts.keys()].forEach(redraw));

// Names are laid out for a width: a page that has become much narrower or wider has them laid out anew.
let drawnFor = innerWidth;
addEventListener("resize", () => {
  if (Math.abs(Math.log(innerWidth / drawnFor)) < 0.25) return;
  drawnFor = innerWidth;
  [...charts.keys()].forEach(redraw);
});
