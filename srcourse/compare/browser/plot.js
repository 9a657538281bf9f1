/* Distortion against perception: where the shown pictures lie. */

const PLOT = { width: 420, height: 320, left: 58, right: 14, top: 14, bottom: 46 };

class Plot {
  /** `blended` says whether there is a current blend to explain. */
  constructor(blended) {
    this.marks = makeSvg("g");
    this.svg = makeSvg("svg", { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img", class: "sr-plot" }, this.marks);
    this.element = make(
      "figure",
      { class: "sr-plot-box" },
      make("figcaption", {}, blended ? "Verzerrung gegen Eindruck bei diesem Foto (umrandet: die Mischung)" : "Verzerrung gegen Eindruck bei diesem Foto"),
      this.svg,
    );
  }

  /** Say that the plot does not yet belong to what is shown. */
  wait() {
    this.svg.classList.add("sr-stale");
  }

  /**
   * Draw points `{x, y, title, color}` (PSNR and LPIPS-VGG), those of the blends as a trail, and the current blend or null.
   * `fixed` are points that decide the axes although they may not be drawn.
   */
  draw(points, trail, current, fixed) {
    const shown = points.filter(finite);
    const passed = trail.filter(finite);
    const every = [...shown, ...passed, ...[...fixed, ...(current ? [current] : [])].filter(finite)];
    const x = axis(every.map((one) => one.x), PLOT.left, PLOT.width - PLOT.right, 0.5);
    const y = axis(every.map((one) => one.y), PLOT.height - PLOT.bottom, PLOT.top, 0.01);
    this.svg.classList.remove("sr-stale");
    this.svg.setAttribute("aria-label", described([...points, ...(current ? [current] : [])]));
    this.marks.replaceChildren(
      ...x.ticks.flatMap((value) => tick(x.at(value), null, value, x.decimals)),
      ...y.ticks.flatMap((value) => tick(null, y.at(value), value, y.decimals)),
      ...axisTitles(),
      line(passed, x, y),
      ...passed.map((one) => dot(one, x, y, 2.5)),
      ...shown.map((one) => dot(one, x, y, 6)),
      ...names(shown, passed, x, y),
      ...(current && finite(current) ? [dot(current, x, y, 8, "sr-current")] : []),
    );
  }
}

function finite(point) {
  return Number.isFinite(point.x) && Number.isFinite(point.y);
}

/** Lay values between two pixels, with a margin; an axis shows at least `least`. */
function axis(values, from, to, least) {
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const extent = Math.max(high - low, least);
  const start = (low + high) / 2 - 0.68 * extent;
  const end = (low + high) / 2 + 0.68 * extent;
  const step = [1, 2, 5, 10].map((digit) => digit * 10 ** Math.floor(Math.log10((end - start) / 4)))
    .find((one) => (end - start) / one <= 5);
  const ticks = [];
  for (let number = Math.ceil(start / step); number * step <= end; number++) ticks.push(number * step);
  return {
    at: (value) => from + ((value - start) / (end - start)) * (to - from),
    ticks,
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}

function tick(x, y, value, decimals) {
  const text = value.toFixed(decimals);
  const bottom = PLOT.height - PLOT.bottom;
  return x === null
    ? [
        makeSvg("line", { x1: PLOT.left, x2: PLOT.width - PLOT.right, y1: y, y2: y, class: "sr-grid" }),
        makeSvg("text", { x: PLOT.left - 7, y: y + 4, "text-anchor": "end" }, text),
      ]
    : [
        makeSvg("line", { x1: x, x2: x, y1: PLOT.top, y2: bottom, class: "sr-grid" }),
        makeSvg("text", { x, y: bottom + 17, "text-anchor": "middle" }, text),
      ];
}

function axisTitles() {
  const middle = (PLOT.top + PLOT.height - PLOT.bottom) / 2;
  return [
    makeSvg("text", { x: (PLOT.left + PLOT.width - PLOT.right) / 2, y: PLOT.height - 9, "text-anchor": "middle" }, "PSNR (dB), besser →"),
    makeSvg("text", { transform: `translate(13 ${middle}) rotate(-90)`, "text-anchor": "middle" }, "← besser, LPIPS-VGG"),
  ];
}

function line(points, x, y) {
  return makeSvg("polyline", { class: "sr-trail", points: points.map((one) => `${x.at(one.x)},${y.at(one.y)}`).join(" ") });
}

function dot(point, x, y, radius, kind = null) {
  return makeSvg("circle", { cx: x.at(point.x), cy: y.at(point.y), r: radius, fill: point.color, class: kind });
}

/** Write every title beside its point, where it hides least of the points, other titles and the way of the current blend. */
function names(points, trail, x, y) {
  const place = (one) => [x.at(one.x), y.at(one.y)];
  const taken = [...points.map(place), ...along(trail.map(place))];
  const hidden = ({ from, to, base }) => {
    const outside = from < PLOT.left || to > PLOT.width ? taken.length : 0;
    const covered = ([at, above]) => at > from - 9 && at < to + 9 && above > base - 19 && above < base + 12;
    return outside + taken.filter(covered).length;
  };
  return points.map((point) => {
    const [left, top] = place(point);
    const width = 7.5 * point.title.length;
    const right = left > 0.7 * PLOT.width;
    const choices = [right, !right].flatMap((before) => [top - 13, top + 22].map((base) => {
      const from = before ? left - 8 - width : left + 8;
      return { before, from, to: from + width, base };
    }));
    const { before, from, to, base } = choices.reduce((best, one) => (hidden(one) < hidden(best) ? one : best));
    taken.push(...along([[from, base - 4], [to, base - 4]]));
    return makeSvg("text", { x: before ? to : from, y: base, "text-anchor": before ? "end" : "start", class: "sr-name" }, point.title);
  });
}

/** Return places a few pixels apart on the way from one place to the next. */
function along(places) {
  return places.slice(1).flatMap(([x, y], index) => {
    const [before, above] = places[index];
    const steps = Math.ceil(Math.hypot(x - before, y - above) / 4);
    return Array.from({ length: steps + 1 }, (_, step) => [before + ((x - before) * step) / steps, above + ((y - above) * step) / steps]);
  });
}

function described(points) {
  return points.map((one) => `${one.title}: PSNR ${one.x} dB, LPIPS-VGG ${one.y}`).join("; ");
}
