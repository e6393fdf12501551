// What the tests ask of an open page; each answers with plain values. Defined once, as window.looking.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const told = (element) => {
    const name = element.id ? `#${element.id}` : element.className ? `.${String(element.className).trim().split(/\s+/)[0]}` : "";
    return `${element.tagName.toLowerCase()}${name} “${(element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  };

  // Words that a reader sees: not those of closed folds, of scripts, or of what is off the screen for a screen reader.
  const words = (root = document.body) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent.closest("script, style, noscript, template, svg")) continue;
      const text = walker.currentNode.textContent.trim();
      if (text && shown(parent) && parent.getBoundingClientRect().width > 1) found.push(text);
    }
    return found.join(" ");
  };

  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const boxed = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (scrolls(box) || ["hidden", "clip"].includes(getComputedStyle(box).overflowX)) return true;
    return false;
  };

  // What stands out of the window to the right, but for what lies in a box that scrolls.
  const overflowing = () => {
    const wide = document.documentElement.clientWidth;
    const out = all("body *").filter((one) => shown(one) && one.getBoundingClientRect().right > wide + 1 && !boxed(one));
    return { page: document.documentElement.scrollWidth - wide, elements: out.slice(0, 8).map(told) };
  };

  // Tables that are wider than the box they scroll in.
  const clippedTables = () =>
    all("table").filter(shown).filter((table) => {
      const box = table.parentElement;
      return box.scrollWidth > box.clientWidth + 1;
    }).map((table) => `${told(table.caption || table)}: ${table.parentElement.scrollWidth} in ${table.parentElement.clientWidth} px`);

  // How far the first column is left behind when a table that is too wide is scrolled to its end; one number a table.
  const leftBehind = () =>
    all("table").filter(shown).map((table) => [table, table.parentElement]).filter(([, box]) => box.scrollWidth > box.clientWidth + 40).map(([table, box]) => {
      box.scrollLeft = box.scrollWidth;
      const names = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => row.cells[0]);
      const off = Math.max(...names.map((cell) => box.getBoundingClientRect().left - cell.getBoundingClientRect().left));
      box.scrollLeft = 0;
      return off;
    });

  // Words that are cut off by a box that hides what it cannot hold.
  const cutTexts = () =>
    all("body *").filter((one) => {
      const style = getComputedStyle(one);
      const hides = ["hidden", "clip"].includes(style.overflowX);
      return hides && one.clientWidth > 2 && shown(one) && one.scrollWidth > one.clientWidth + 1 && one.textContent.trim();
    }).map(told);

  // Faults in the order of headings: a level that is skipped, or more than one first one.
  const headingFaults = () => {
    const levels = all("h1, h2, h3, h4, h5, h6").map((one) => [Number(one.tagName[1]), told(one)]);
    const faults = levels.filter(([level, text], place) => place > 0 && level > levels[place - 1][0] + 1).map(([, text]) => `skips a level: ${text}`);
    const first = levels.filter(([level]) => level === 1).length;
    if (first !== 1) faults.push(`${first} first headings`);
    faults.push(...all("h1, h2, h3, h4, h5, h6").filter((one) => !one.textContent.trim()).map((one) => `empty: ${told(one)}`));
    return faults;
  };

  const linkFaults = () => {
    const places = new Set(all("[id]").map((one) => one.id));
    const inside = all('a[href^="#"]').filter((one) => one.getAttribute("href").length > 1);
    return inside.filter((one) => !places.has(decodeURIComponent(one.getAttribute("href").slice(1)))).map((one) => one.getAttribute("href"));
  };

  const doubleIds = () => {
    const counts = new Map();
    for (const one of all("[id]")) counts.set(one.id, (counts.get(one.id) || 0) + 1);
    return [...counts].filter(([, count]) => count > 1).map(([id]) => id);
  };

  const openFolds = () => { for (const one of all("details")) one.open = true; };
  const lostPictures = () => all("img").filter((one) => shown(one) && !(one.complete && one.naturalWidth > 0)).map((one) => one.getAttribute("src").slice(0, 80));

  // Words that no reader of a printed page would see; sliders are of no use there.
  const unprinted = () =>
    all("main p, main li, main td, main th, main figcaption, main h2, main h3").filter((one) => one.textContent.trim() && !shown(one) && !one.closest("[hidden], noscript, template, .live-controls")).map(told);

  const settle = async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += window.innerHeight) {
      window.scrollTo(0, y);
      await frame();
    }
    // Charts take their time, and what they push aside may bring others near.
    const waiting = () => all("figure.chart:not(.drawn, .failed)").find(shown);
    const until = performance.now() + 30_000;
    while (waiting() && performance.now() < until) {
      waiting().scrollIntoView({ block: "center" });
      await frame();
    }
    window.scrollTo(0, 0);
    await frame();
    await frame();
  };
  const undrawn = () => all("figure.chart:not(.drawn)").filter(shown).map((one) => one.dataset.chart);

  // What has the focus: which of the folds, whether it shows, and whether the fold is open; null at the end of the page.
  const focus = () => {
    const here = document.activeElement;
    if (here === document.body) return null;
    const style = getComputedStyle(here);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
      fold: all("summary").indexOf(here),
      open: here.matches("summary") && here.parentElement.open,
      seen: outlined || style.boxShadow !== "none",
      what: here.outerHTML.slice(0, 120),
    };
  };
  const folds = () => all("summary").filter(shown).length;
  const opened = () => all("details").map((one) => one.open);

  // Figures that show no picture.
  const bareFigures = () =>
    all("figure").filter(shown).filter((one) => ![...one.querySelectorAll("img, svg, canvas, .bk-Plot")].some((picture) => shown(picture) && picture.getBoundingClientRect().height > 40)).map(told);

  window.looking = { words, overflowing, clippedTables, leftBehind, cutTexts, headingFaults, linkFaults, doubleIds, openFolds, lostPictures, bareFigures, unprinted, settle, undrawn, focus, folds, opened };
})();
