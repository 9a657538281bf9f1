/* The row of panels: a picture each, and its numbers below. */

class Panel {
  constructor(settings, metrics) {
    this.settings = settings;
    this.canvas = make("canvas", { class: "sr-picture", tabindex: 0, role: "img", width: 1, height: 1 });
    this.context = this.canvas.getContext("2d");
    this.subtitle = make("span", { class: "sr-subtitle" });
    this.cells = new Map(metrics.map((metric) => [metric.key, make("td")]));
    const rows = metrics.map((metric) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, `${metric.title} ${metric.higher ? "↑" : "↓"}`),
        this.cells.get(metric.key),
      ),
    );
    this.element = make(
      "figure",
      { class: "sr-panel", "data-panel": settings.title, style: `--method: ${settings.color}` },
      make("div", { class: "sr-title" }, make("strong", {}, settings.title), this.subtitle),
      this.canvas,
      make("figcaption", {}, make("table", {}, make("tbody", {}, ...rows))),
    );
  }

  /** Show metrics (key → text); without any, a place is kept for them. */
  number(scores, best) {
    for (const [key, cell] of this.cells) {
      const text = scores?.[key] ?? "…";
      const won = text === best.get(key) && this.settings.what !== "truth";
      cell.textContent = text;
      cell.classList.toggle("sr-best", won);
      cell.setAttribute("aria-label", won ? `${text}, bester Wert` : text);
    }
  }

  describe(photograph, mode) {
    this.canvas.setAttribute("aria-label", `${this.settings.title}, ${mode}, ${photograph}. Pfeiltasten bewegen die Lupe.`);
  }
}

/** Return for each metric the text of the best value among panels; nothing where there is nothing to compare. */
function bestTexts(metrics, scores) {
  const best = new Map();
  for (const { key, higher } of metrics) {
    const values = scores.filter(Boolean).map((one) => [asNumber(one[key]), one[key]]).filter(([value]) => !Number.isNaN(value));
    if (values.length < 2) continue;
    values.sort(([a], [b]) => (higher ? b - a : a - b));
    best.set(key, values[0][1]);
  }
  return best;
}

function asNumber(text) {
  return text.endsWith("∞") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}
