/* The viewer: what is wished for, what is shown, and how one becomes the other. */

const MODES = [
  { value: "picture", title: "Bilder" },
  { value: "difference", title: "Differenz zum Original" },
  { value: "features", title: "Merkmalsabstand" },
];
const MODE_NOTES = {
  picture: "",
  difference: "Betrag der Differenz zum Original, im Mittel über die drei Farbkanäle.",
  features: "Betrag der Differenz der Merkmale von VGG16 (relu3_3), im Mittel über die Kanäle; so sieht es der Perceptual Loss.",
};
// Numbers are worked out once the pictures rest, so that pictures never wait for numbers of a photograph passed by.
const REST = 150;
// After so long somebody should know that the kernel has something else to do.
const PATIENCE = 4000;

class Viewer {
  constructor(root, setup, ask) {
    this.root = root;
    this.setup = setup;
    this.parts = new Parts(ask);
    this.maps = new Maps(setup.colors, setup.most.difference);
    this.blended = setup.panels.some((panel) => panel.what === "blend");
    this.wish = { scale: setup.scale, view: setup.first, blend: this.blended ? 50 : 0, mode: "picture" };
    this.shown = null;
    this.lens = null;
    this.pinned = false;
    this.zoom = 3;
    this.moved = 0;
    this.asking = false;
    this.panels = setup.panels.map((panel) => new Panel(panel, setup.metrics));
    this.plot = new Plot(this.blended);
    const titles = setup.panels.map((panel) => panel.title);
    this.wipe = new Wipe(this.panels, this.blended ? titles[1] : titles[0], this.blended ? titles[3] : titles[1], () => this.redraw());
    this.#build();
    this.#listen();
    this.wishFor({});
  }

  /** Wish for something else; what is there is shown with the next frame, the rest is asked for. */
  wishFor(change) {
    Object.assign(this.wish, change);
    this.#settle();
    this.#pump();
  }

  stop() {
    this.stopped = true;
    this.resizes.disconnect();
    clearTimeout(this.later);
  }

  #build() {
    const { setup } = this;
    const index = setup.photographs.findIndex((one) => one.view === setup.first);
    const photograph = (number) => `${setup.photographs[number].name} · ${number + 1} von ${setup.photographs.length}`;
    const photo = makeSlider(
      "Foto",
      { min: 0, max: setup.photographs.length - 1, step: 1, value: index, name: "photograph" },
      photograph,
      (number) => this.wishFor({ view: setup.photographs[number].view }),
    );
    const zoom = makeSlider("Lupe", { min: 2, max: 8, step: 1, value: this.zoom, name: "zoom" }, (value) => `${value}×`, (value) => {
      this.zoom = value;
      this.redraw();
    });
    const scales = setup.scales.map((one) => ({ value: one.scale, title: `${one.scale}×` }));
    const bar = make(
      "div",
      { class: "sr-bar" },
      photo.element,
      zoom.element,
      makeChoice("Faktor", scales, setup.scale, "scale", (scale) => this.wishFor({ scale })),
      makeChoice("Zeigen", MODES, "picture", "mode", (mode) => this.wishFor({ mode })),
    );
    this.row = make("div", { class: "sr-panels", style: `--panels: ${this.panels.length}` }, ...this.panels.map((panel) => panel.element));
    if (this.blended) this.row.append(this.#blendControl());
    this.legend = { element: make("div", { class: "sr-legend" }), low: make("span", {}, "0"), high: make("span"), note: make("span", { class: "sr-note" }) };
    const stops = setup.colors.filter((_, i) => i % 15 === 0).map((color) => `rgb(${color})`);
    this.legend.element.append(
      this.legend.low,
      make("span", { class: "sr-colors", style: `background: linear-gradient(to right, ${stops})` }),
      this.legend.high,
      this.legend.note,
    );
    this.status = make("div", { class: "sr-status", role: "status" });
    const help = make(
      "p",
      { class: "sr-note" },
      "Zeigen Sie auf ein Bild: Die Lupe folgt in allen Bildern, ein Klick hält sie fest oder löst sie. " +
        "Tastatur: Tab wechselt, Pfeiltasten bewegen Regler und Lupe, Esc schließt die Lupe. " +
        "★ markiert den besten Wert je Zeile (ohne Original).",
    );
    this.root.classList.add("srcourse-viewer");
    // JupyterLab takes arrow keys for its own shortcuts otherwise.
    this.root.dataset.lmSuppressShortcuts = "true";
    this.root.append(
      bar,
      this.row,
      this.legend.element,
      make("div", { class: "sr-below" }, this.wipe.element, this.plot.element),
      help,
      this.status,
    );
  }

  #blendControl() {
    const { setup } = this;
    const [first, second] = [setup.panels[1].title, setup.panels[3].title];
    const steps = setup.blends;
    const step = steps[1] - steps[0];
    const slider = makeSlider(
      "Mischung",
      { min: 0, max: 100, step, value: this.wish.blend, name: "blend" },
      (value) => `${100 - value} % ${first}, ${value} % ${second}`,
      (blend) => this.wishFor({ blend }),
    );
    this.interpolation = make("p", { class: "sr-note" });
    return make("div", { class: "sr-blend" }, slider.element, this.interpolation);
  }

  #listen() {
    for (const canvas of [...this.panels.map((panel) => panel.canvas), this.wipe.canvas]) {
      canvas.addEventListener("pointermove", (event) => {
        if (!this.pinned) this.#moveLens(canvas, event);
      });
      canvas.addEventListener("pointerleave", () => {
        if (!this.pinned) this.#setLens(null);
      });
    }
    for (const { canvas } of this.panels) {
      canvas.addEventListener("click", (event) => {
        this.pinned = !this.pinned;
        this.#moveLens(canvas, event);
      });
      canvas.addEventListener("keydown", (event) => this.#key(event));
    }
    // What is typed here is meant for nobody else on the page.
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    this.resizes = new ResizeObserver(() => this.redraw());
    this.resizes.observe(this.root);
  }

  #moveLens(canvas, event) {
    const box = canvas.getBoundingClientRect();
    this.#setLens({ x: clamp((event.clientX - box.left) / box.width, 0, 1), y: clamp((event.clientY - box.top) / box.height, 0, 1) });
  }

  #setLens(lens) {
    this.lens = lens;
    this.redraw();
  }

  #key(event) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape") {
      this.pinned = false;
      this.#setLens(null);
    } else if (ways[event.key]) {
      const step = (event.shiftKey ? 16 : 4) / this.setup.size;
      const { x, y } = this.lens ?? { x: 0.5, y: 0.5 };
      this.pinned = true;
      this.#setLens({ x: clamp(x + step * ways[event.key][0], 0, 1), y: clamp(y + step * ways[event.key][1], 0, 1) });
      event.preventDefault();
    }
  }

  /** Return the name of a part of the picture that a panel shows. */
  #name(kind, what, { scale, view, blend }) {
    return `${kind}/${scale}/${view}/${what === "blend" ? blend : what}`;
  }

  /** Return the names of all that has to be there to show a wish. */
  #needs(wish) {
    const names = new Set(this.panels.map(({ settings }) => this.#name("picture", settings.what, wish)));
    if (wish.mode === "features") {
      for (const { settings } of this.panels) {
        if (settings.what !== "truth") names.add(this.#name("features", settings.what, wish));
      }
    }
    return [...names];
  }

  /** Return the names of the scores that belong to a wish; halfway between the networks is where the plot's trail bends most. */
  #scored(wish) {
    const whats = this.panels.map(({ settings }) => settings.what).filter((what) => what !== "truth");
    if (this.blended) whats.push(50);
    return [...new Set(whats.map((what) => this.#name("scores", what, wish)))];
  }

  /** Ask for what is missing, one question at a time and always for the latest wish. */
  async #pump() {
    if (this.asking) return;
    this.asking = true;
    try {
      for (let names = this.#missing(); names.length && !this.stopped; names = this.#missing()) {
        const slow = setTimeout(() => this.#say("Der Kernel rechnet noch an etwas anderem oder antwortet nicht."), PATIENCE);
        try {
          await this.parts.fetch(names);
        } finally {
          clearTimeout(slow);
        }
        this.#say("");
        this.#settle();
      }
    } catch (error) {
      this.#say(`Das Bild konnte nicht berechnet werden: ${error.message}`);
    } finally {
      this.asking = false;
    }
  }

  #missing() {
    const pictures = this.#needs(this.wish).filter((name) => !this.parts.has(name));
    if (pictures.length) return pictures;
    const scores = this.#scored(this.wish).filter((name) => !this.parts.has(name)).slice(0, 1);
    const rested = performance.now() - this.moved;
    if (scores.length && rested < REST) {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.#pump(), REST - rested);
      return [];
    }
    return scores;
  }

  /** Show the wish if all of it is there: captions, numbers and pictures change together. */
  #settle() {
    const complete = this.#needs(this.wish).every((name) => this.parts.has(name));
    this.root.classList.toggle("sr-waiting", !complete);
    this.root.setAttribute("aria-busy", String(!complete));
    if (!complete) return;
    // Numbers that arrive move nothing. What took long to compute is looked at before the next move, too.
    if (!same(this.shown, this.wish)) this.moved = performance.now();
    this.shown = { ...this.wish };
    this.redraw();
  }

  /** Draw with the next frame, however often it is asked for. */
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.shown && !this.stopped && this.root.isConnected) this.#draw();
    });
  }

  #draw() {
    const sources = new Map(this.panels.map((panel) => [panel.settings.title, this.#source(panel)]));
    const caption = [this.shown.scale, this.shown.view, this.shown.blend, this.shown.mode].join("/");
    for (const panel of this.panels) {
      const source = sources.get(panel.settings.title);
      const size = fit(panel.canvas);
      paint(panel.context, source, size);
      if (this.lens) paintLens(panel.context, source, size, this.lens, this.zoom);
    }
    this.wipe.fit(this.setup.size);
    this.wipe.draw((title) => sources.get(title));
    this.#write(caption);
    this.root.dataset.shown = caption;
  }

  #source(panel) {
    const { what } = panel.settings;
    const picture = this.parts.get(this.#name("picture", what, this.shown));
    if (this.shown.mode === "picture" || what === "truth") return { image: picture, smooth: false };
    if (this.shown.mode === "features") return this.maps.features(this.parts.get(this.#name("features", what, this.shown)));
    return this.maps.difference(picture, this.parts.get(this.#name("picture", "truth", this.shown)));
  }

  /** Write captions and numbers, unless they stand there already. */
  #write(caption) {
    const known = this.#scored(this.shown).filter((name) => this.parts.has(name)).length;
    const written = `${caption} ${known}`;
    if (this.written === written) return;
    this.written = written;
    const { size, scales, photographs } = this.setup;
    const { input, note } = scales.find((one) => one.scale === this.shown.scale);
    const photograph = photographs.find((one) => one.view === this.shown.view).name;
    const mode = MODES.find((one) => one.value === this.shown.mode).title;
    const subtitles = { input: `${input}×${input}, bikubisch`, blend: `${this.shown.blend} % ${this.panels.at(-2).settings.title}`, truth: `${size}×${size}` };
    const scores = this.panels.map(({ settings }) =>
      settings.what === "truth" ? this.setup.exact : this.parts.get(this.#name("scores", settings.what, this.shown)),
    );
    const compared = this.panels.map((panel, i) => (panel.settings.what === "truth" ? null : scores[i]));
    // A best value of which others are still to come would change again.
    const best = compared.filter(Boolean).length === this.panels.length - 1 ? bestTexts(this.setup.metrics, compared) : new Map();
    this.panels.forEach((panel, i) => {
      panel.subtitle.textContent = subtitles[panel.settings.what] ?? `${input}×${input} → ${size}×${size}`;
      panel.number(scores[i], best);
      panel.describe(photograph, mode);
    });
    if (this.interpolation) this.interpolation.textContent = note;
    this.legend.element.classList.toggle("sr-unused", this.shown.mode === "picture");
    this.legend.high.textContent = `≥ ${this.setup.most[this.shown.mode] ?? ""}`;
    this.legend.note.textContent = MODE_NOTES[this.shown.mode];
    this.#drawPlot();
  }

  #drawPlot() {
    const at = (what, title, color) => {
      const scores = this.parts.get(this.#name("scores", what, this.shown));
      return scores && { x: asNumber(scores.psnr), y: asNumber(scores.lpips_vgg), title, color };
    };
    const still = this.panels.filter(({ settings }) => !["truth", "blend"].includes(settings.what));
    const points = still.map(({ settings }) => at(settings.what, settings.title, settings.color));
    const fixed = this.blended ? [at(50, "", "")] : [];
    if (![...points, ...fixed].every(Boolean)) return this.plot.wait();
    if (!this.blended) return this.plot.draw(points, [], null, []);
    const { color } = this.panels[2].settings;
    const trail = this.setup.blends.map((blend) => at(blend, "", color)).filter(Boolean);
    const current = at(this.shown.blend, `Mischung ${this.shown.blend} %`, color) ?? null;
    return this.plot.draw(points, trail, current, fixed);
  }

  #say(text) {
    this.status.textContent = text;
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Show the viewer in a page of its own. */
function showPage(element, { setup, parts }) {
  return new Viewer(element.appendChild(make("div")), setup, pageAsks(parts));
}

function render({ model, el }) {
  const { ask, stop } = kernelAsks(model);
  const viewer = new Viewer(el.appendChild(make("div")), model.get("setup"), ask);
  return () => {
    viewer.stop();
    stop();
  };
}

export default { render };
