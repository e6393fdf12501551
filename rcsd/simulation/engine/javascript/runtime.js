/* What models written as JavaScript need to run: numbers as the interpreter has them, tables, draws, delays, methods. */
const rcsdRuntime = (function () {
  "use strict";
  const R = {};

  /* numbers */
  R.power = function (a, b) {
    // NumPy and C: one to any power, and minus one to an infinite one, is one
    return a === 1 || (a === -1 && (b === Infinity || b === -Infinity)) ? 1 : Math.pow(a, b);
  };
  R.minimum = (a, b) => (a < b || a !== a ? a : b);
  R.maximum = (a, b) => (a > b || a !== a ? a : b);
  R.lesser = (a, b) => (b < a ? b : a);
  R.greater = (a, b) => (b > a ? b : a);
  R.isInfinite = (x) => x === Infinity || x === -Infinity;
  R.nearest = function (x) {
    const whole = Math.floor(x);
    const part = x - whole;
    if (part !== 0.5) return Math.round(x);
    return whole % 2 === 0 ? whole : whole + 1;
  };
  R.zeros = (n) => new Array(n).fill(0);
  R.range = function* (first, last, step = 1) {
    if (last === undefined) [first, last] = [0, first];
    for (let i = first; step > 0 ? i < last : i > last; i += step) yield i;
  };
  R.order = function (sign, values) {
    const places = [...values.keys()];
    const last = (x) => (x !== x ? 1 : 0);
    return places.sort((a, b) => {
      const x = sign * values[a], y = sign * values[b];
      return x < y ? -1 : x > y ? 1 : last(x) - last(y) || a - b;
    });
  };
  R.each = function (places, assign) {
    for (let i = 0; i < places.length; i++) assign(places[i], i);
  };
  R.erfc = function (x) {
    if (x !== x) return NaN;
    const z = Math.abs(x);
    let tail;
    if (z < 2) {
      // erf(z) = 2/sqrt(pi) exp(-z^2) sum 2^n z^(2n+1) / (2n+1)!!, all terms positive (DLMF 7.6.2)
      let term = z, total = z;
      for (let n = 1; term > 1e-17 * total; n++) {
        term *= (2 * z * z) / (2 * n + 1);
        total += term;
      }
      tail = 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * total;
    } else if (z > 27.3) {
      tail = 0;
    } else {
      // continued fraction (DLMF 7.9.1), from behind
      let fraction = z;
      for (let n = 120; n > 0; n--) fraction = z + n / 2 / fraction;
      tail = Math.exp(-z * z) / (fraction * Math.sqrt(Math.PI));
    }
    return x < 0 ? 2 - tail : tail;
  };
  R.logGamma = function (x) {
    if (x <= 0) {
      if (x === Math.floor(x)) return Infinity;
      return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - R.logGamma(1 - x); // DLMF 5.5.3
    }
    let shift = 1;
    while (x < 12) shift *= x++;
    const y = 1 / (x * x); // Stirling's series (DLMF 5.11.1)
    const series = (((((-691 / 360360) * y + 1 / 1188) * y - 1 / 1680) * y + 1 / 1260) * y - 1 / 360) * y + 1 / 12;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x - Math.log(shift);
  };

  /* many terms, two by two */
  function joined(operate) {
    return function (count, term) {
      const terms = new Array(count);
      for (let k = 0; k < count; k++) terms[k] = term(k);
      for (let n = count; n > 1; ) {
        const pairs = n >> 1;
        for (let k = 0; k < pairs; k++) terms[k] = operate(terms[2 * k], terms[2 * k + 1]);
        if (n % 2) terms[pairs] = terms[n - 1];
        n = pairs + (n % 2);
      }
      return terms[0];
    };
  }
  R.join = {
    sum: joined((a, b) => a + b),
    prod: joined((a, b) => a * b),
    vmin: joined(R.minimum),
    vmax: joined(R.maximum),
  };

  /* tables: sign, least and greatest argument, then x, y and slopes */
  R.look = function (c, table, argument) {
    const flat = c.flat, start = c.places[2 * table], n = c.places[2 * table + 1], first = start + 3;
    let a = flat[start] * argument;
    if (a < flat[start + 1]) a = flat[start + 1];
    else if (a > flat[start + 2]) a = flat[start + 2];
    let low = 0, high = n;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (flat[first + middle] <= a) low = middle;
      else high = middle;
    }
    const at = first + low;
    return flat[at + 2 * n] * (a - flat[at]) + flat[at + n];
  };

  /* draws: SplitMix64 (Steele, Lea & Flood 2014) on pairs of 32 bits, a function of seed, stream, step and run */
  const GOLDEN = [0x9e3779b9, 0x7f4a7c15], FIRST = [0xbf58476d, 0x1ce4e5b9], SECOND = [0x94d049bb, 0x133111eb];
  const GRID = Math.pow(2, -52);
  function split(whole) {
    const bits = BigInt.asUintN(64, BigInt(whole));
    return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
  }
  function plus(a, b) {
    const low = (a[1] >>> 0) + (b[1] >>> 0);
    return [((a[0] >>> 0) + (b[0] >>> 0) + (low > 0xffffffff ? 1 : 0)) >>> 0, low >>> 0];
  }
  function times(a, b) {
    const al = a[1] & 0xffff, ah = a[1] >>> 16, bl = b[1] & 0xffff, bh = b[1] >>> 16;
    const ll = al * bl, lh = al * bh, hl = ah * bl, hh = ah * bh;
    const middle = (ll >>> 16) + (lh & 0xffff) + (hl & 0xffff);
    const low = ((ll & 0xffff) | (middle << 16)) >>> 0;
    const carried = hh + (lh >>> 16) + (hl >>> 16) + (middle >>> 16);
    const high = (carried + Math.imul(a[0], b[1]) + Math.imul(a[1], b[0])) >>> 0;
    return [high, low];
  }
  const exclusive = (a, b) => [(a[0] ^ b[0]) >>> 0, (a[1] ^ b[1]) >>> 0];
  const shifted = (a, n) => [a[0] >>> n, ((a[1] >>> n) | (a[0] << (32 - n))) >>> 0];
  function mixed(z) {
    z = times(exclusive(z, shifted(z, 30)), FIRST);
    z = times(exclusive(z, shifted(z, 27)), SECOND);
    return exclusive(z, shifted(z, 31));
  }
  const placed = (whole) => plus(times(split(whole), GOLDEN), [0, 1]);
  function key(c, stream) {
    const name = c.step * 4294967296 + stream;
    let found = c.keys.get(name);
    if (found === undefined) {
      if (c.keysOf !== c.step) {
        c.keys.clear();
        c.keysOf = c.step;
      }
      found = mixed(plus(split(c.seed), GOLDEN));
      found = mixed(exclusive(found, placed(stream)));
      found = mixed(exclusive(found, placed(c.step)));
      c.keys.set(name, found);
    }
    return found;
  }
  function unit(c, stream) {
    const own = key(c, stream);
    const bits = mixed(exclusive(mixed(plus(own, c.runGolden)), own));
    return (bits[0] * 1048576 + (bits[1] >>> 12) + 0.5) * GRID;
  }
  /* Wichura (1988), algorithm AS 241 */
  const QUANTILE = [
    [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
    [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
      21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852854561],
    [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
      1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.7454501427834140764e-4],
    [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
      0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
    [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
      0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
    [1, 0.59983220655588793769, 0.1369298809227358053, 0.0148753612908506148525,
      7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
  ];
  const polynomial = (x, fit) => fit.reduceRight((total, each) => total * x + each, 0);
  const ratio = (x, k) => polynomial(x, QUANTILE[k]) / polynomial(x, QUANTILE[k + 1]);
  function normalQuantile(p) {
    const q = p - 0.5;
    if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, 0);
    const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    const tail = r <= 5 ? ratio(r - 1.6, 2) : ratio(r - 5, 4);
    return q < 0 ? -tail : tail;
  }
  R.draw = {
    uniform: (c, stream, low, high) => low + (high - low) * unit(c, stream),
    exponential: function (c, stream, low, high, shift, stretch) {
      const start = low > shift ? low : shift;
      if (stretch === 0) return start;
      return start - stretch * Math.log1p(Math.expm1(-(high - start) / stretch) * unit(c, stream));
    },
    normal: function (c, stream, low, high, mean, deviation) {
      if (deviation === 0) return mean;
      let left = (low - mean) / deviation, right = (high - mean) / deviation;
      // the lower tail keeps its digits, the upper one is a difference from 1: mirror what lies above the mean
      const mirrored = left > 0;
      if (mirrored) [left, right] = [-right, -left];
      const below = 0.5 * R.erfc(-left * Math.SQRT1_2);
      const within = 0.5 * R.erfc(-right * Math.SQRT1_2) - below;
      let z = normalQuantile(below + within * unit(c, stream));
      z = z < left ? left : z;
      z = z > right ? right : z;
      return mean + deviation * (mirrored ? -z : z);
    },
  };

  /* what is under way in fixed delays */
  function contents(model, v, last) {
    const n = model.pipes.length, lengths = new Float64Array(n), entered = [];
    for (let p = 0; p < n; p++) {
      const steps = Math.floor(v[model.delays[p]] / model.step + model.halfUp);
      if (steps !== steps) v[model.pipes[p]] = NaN; // a delay that is no number leaves nothing to give out
      lengths[p] = steps !== steps ? last + 1 : Math.min(Math.max(steps, 1), last + 1);
      entered.push(new Float64Array(lengths[p]));
    }
    return function (step, entering) {
      for (let p = 0; p < n; p++) {
        const size = entered[p].length, since = step + 1 - size;
        entered[p][step % size] = entering[p];
        if (since >= 0) v[model.pipes[p]] = entered[p][since % size];
      }
    };
  }

  /* methods of integration; `again` works the equations of a step out anew */
  function read(v, places, into) {
    for (let i = 0; i < places.length; i++) into[i] = v[places[i]];
    return into;
  }
  function write(v, places, values) {
    for (let i = 0; i < places.length; i++) v[places[i]] = values[i];
  }
  /* Room for what a step of some method keeps, made once a run. */
  const room = (model) => Array.from({ length: 5 }, () => new Float64Array(model.stocks.length));
  const methods = {
    euler: function (model, v, c, h) {
      const { stocks, rates } = model, n = stocks.length;
      // a rate may be a stock itself: all are read before one is changed
      const k = read(v, rates, c.room[0]);
      for (let i = 0; i < n; i++) v[stocks[i]] += h * k[i];
    },
    rk2: function (model, v, c, h, again) {
      const { stocks, rates } = model, n = stocks.length;
      const x = read(v, stocks, c.room[0]), k1 = read(v, rates, c.room[1]);
      for (let i = 0; i < n; i++) v[stocks[i]] = x[i] + h * k1[i];
      c.time += h;
      again();
      const k2 = read(v, rates, c.room[2]);
      for (let i = 0; i < n; i++) v[stocks[i]] = x[i] + 0.5 * h * (k1[i] + k2[i]);
    },
    rk4: function (model, v, c, h, again) {
      const { stocks, rates } = model, n = stocks.length, t = c.time;
      const x = read(v, stocks, c.room[0]), k1 = read(v, rates, c.room[1]);
      let before = k1;
      for (let stage = 2; stage < 5; stage++) {
        const part = stage < 4 ? 0.5 * h : h;
        for (let i = 0; i < n; i++) v[stocks[i]] = x[i] + part * before[i];
        c.time = t + part;
        again();
        before = read(v, rates, c.room[stage]);
      }
      const [, , k2, k3, k4] = c.room;
      for (let i = 0; i < n; i++) v[stocks[i]] = x[i] + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    },
  };

  function run(model, inputs, names, steps, options) {
    const v = new Float64Array(model.size);
    const c = {
      flat: model.flat, places: model.places, time: model.start, begun: model.start, step: 0,
      seed: options.seed ?? 0, keys: new Map(), keysOf: 0,
      runGolden: times(split((options.run ?? 0) + 1), GOLDEN), room: room(model),
    };
    for (const [, slot, value] of model.constants) v[slot] = value;
    for (const name of Object.keys(inputs)) {
      const slot = model.constantSlots.get(name);
      if (slot === undefined) throw new RangeError(`${name} is not a constant of the model`);
      v[slot] = inputs[name];
    }
    const outputs = names.map((name) => {
      const found = model.outputSlots.get(name);
      if (found === undefined) throw new RangeError(`${name} is not a variable of the model`);
      return found;
    });
    const saved = new Float64Array(steps.length * outputs.length);
    const last = steps.length ? steps[steps.length - 1] : -1;
    const go = (phase) => { for (const some of model.phases[phase]) some(v, c); };
    const again = () => go("steps");
    go("statics");
    go("start");
    const after = contents(model, v, last);
    const following = new Float64Array(model.following.length), entering = new Float64Array(model.entering.length);
    const method = methods[model.method], cut = model.cut;
    for (let step = 0, row = 0; step <= last; step++) {
      c.step = step;
      c.time = c.begun = model.start + step * model.step;
      again();
      if (step === steps[row]) {
        go("reports");
        for (let i = 0; i < outputs.length; i++) {
          const [slot, value] = outputs[i];
          saved[row * outputs.length + i] = slot < 0 ? value : v[slot];
        }
        row++;
      }
      if (step < last) {
        read(v, model.following, following);
        read(v, model.entering, entering);
        method(model, v, c, model.step, again);
        for (let i = 0; i < cut.length; i++) if (v[cut[i]] < 0) v[cut[i]] = 0;
        write(v, model.memories, following);
        after(step, entering);
      }
    }
    return saved;
  }

  /* Lay a table out: sign, limits, x, y and slopes, between and beyond its points as the model's own table is. */
  function row(x, y, [between, beyond]) {
    const sign = between === "next" ? -1 : 1, n = x.length;
    if (sign < 0) [x, y] = [x.map((at) => -at).reverse(), [...y].reverse()];
    const limits = [x[0], x[n - 1]], slopes = new Array(n).fill(0);
    if (between === "linear") {
      for (let i = 0; i + 1 < n; i++) {
        // a table that steps: nothing lies between two neighbouring numbers
        const steps = x[i + 1] - x[i] <= Math.abs(x[i]) * Number.EPSILON;
        slopes[i] = steps ? 0 : (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
      }
      if (beyond === "extrapolate" && n > 1) {
        slopes[n - 1] = slopes[n - 2];
        [limits[0], limits[1]] = [-Infinity, Infinity];
      }
    }
    return [sign, ...limits, ...x, ...y, ...slopes];
  }
  function replaced(model, tables) {
    const rows = model.tables.map((name, k) => {
      const start = model.places[2 * k], n = model.places[2 * k + 1];
      if (!Object.hasOwn(tables, name)) return [...model.flat.slice(start, start + 3 + 3 * n)];
      return row(...tables[name], model.kinds[k]);
    });
    const places = [];
    let start = 0;
    for (const row of rows) {
      places.push(start, (row.length - 3) / 3);
      start += row.length;
    }
    return { ...model, flat: Float64Array.from(rows.flat()), places: Int32Array.from(places) };
  }

  const PLACES = ["stocks", "rates", "cut", "memories", "following", "pipes", "entering", "delays"];

  /* A model that runs: `make` is what model_script wrote. */
  function model(make) {
    const given = make(R);
    const own = {
      ...given,
      flat: Float64Array.from(given.flat),
      places: Int32Array.from(given.places),
      ...Object.fromEntries(PLACES.map((name) => [name, Int32Array.from(given[name])])),
      constantSlots: new Map(given.constants.map(([name, slot]) => [name, slot])),
      outputSlots: new Map(given.outputs.map(([name, slot, value]) => [name, [slot, value]])),
    };
    const simulator = (held) => ({
      name: held.name,
      start: held.start,
      stop: held.stop,
      step: held.step,
      saveStep: held.saveStep,
      constants: held.constants.map(([name, , value]) => ({ name, value })),
      outputs: held.outputs.map(([name]) => name),
      withTables: (tables) => simulator(replaced(held, tables)),
      /* Values at the steps, row by row, one column an output. */
      run: (inputs, outputs, steps, options = {}) => run(held, inputs, outputs, steps, options),
    });
    return simulator(own);
  }

  return { model };
})();
