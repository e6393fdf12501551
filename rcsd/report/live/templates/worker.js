/* Makes the runs of all draws beside the page: newer wishes take the place of older ones. */
let runs = null, base = null, wanted = null, busy = false;
const CHUNK = 30; // milliseconds between two looks at the post

function work() {
  busy = true;
  const { moved, id } = wanted, whole = [];
  const n = Math.min(runs.n, wanted.most), goal = base === null ? {} : moved;
  (function some() {
    if (wanted.id !== id) return work();
    const end = performance.now() + CHUNK;
    while (whole.length < n && performance.now() < end) whole.push(runs.drawn(whole.length, goal));
    if (whole.length < n) return setTimeout(some, 0);
    if (base === null) {
      base = whole;
      postMessage({ base: runs.summary(base), n });
      return work();
    }
    busy = false;
    postMessage({ id, n, mine: runs.summary(whole), difference: runs.summary(whole, base) });
  })();
}

onmessage = function ({ data }) {
  if (data.live) {
    runs = rcsdRuns(rcsdRuntime.model(liveModel), data.live);
    return;
  }
  wanted = data;
  if (!busy) work();
};
