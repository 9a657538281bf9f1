/* Two panels over each other, under an edge that moves. */

class Wipe {
  /** `redraw` is called when the edge or a choice has moved. */
  constructor(panels, left, right, redraw) {
    this.share = 50;
    this.canvas = make("canvas", { class: "sr-stage", role: "img", width: 1, height: 1 });
    this.context = this.canvas.getContext("2d");
    this.left = this.#select(panels, left, "Links", redraw);
    this.right = this.#select(panels, right, "Rechts", redraw);
    this.edge = makeSlider("Kante", { min: 0, max: 100, step: 1, value: 50, name: "edge" }, (value) => `${value} %`, (value) => {
      this.share = value;
      redraw();
    });
    const drag = (event) => {
      const box = this.canvas.getBoundingClientRect();
      this.share = clamp((100 * (event.clientX - box.left)) / box.width, 0, 100);
      this.edge.input.value = this.share;
      this.edge.show();
      redraw();
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (this.canvas.hasPointerCapture(event.pointerId)) drag(event);
    });
    this.box = make("div", { class: "sr-stage-box" }, this.canvas);
    this.element = make(
      "figure",
      { class: "sr-wipe" },
      make("figcaption", {}, "Übereinander: Ziehen Sie die Kante über das Bild."),
      make("div", { class: "sr-sides" }, this.left.element, this.right.element),
      this.box,
      this.edge.element,
    );
  }

  #select(panels, chosen, label, redraw) {
    const options = panels.map((panel) => make("option", { selected: panel.settings.title === chosen }, panel.settings.title));
    const select = make("select", { "data-name": label }, ...options);
    select.addEventListener("change", redraw);
    return { element: make("label", {}, `${label} `, select), get title() { return select.value; } };
  }

  /** Take as many whole steps per pixel of the picture as there is room for, so that all its pixels are equal squares. */
  fit(pixels) {
    const ratio = window.devicePixelRatio || 1;
    const room = this.box.clientWidth * ratio;
    const size = Math.max(1, room < pixels ? Math.floor(room) : pixels * Math.floor(room / pixels));
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
    this.canvas.style.width = `${size / ratio}px`;
  }

  /** Draw with `sourceOf`, which returns what a panel of a title shows. */
  draw(sourceOf) {
    const size = this.canvas.width;
    const edge = Math.round((size * this.share) / 100);
    this.canvas.setAttribute("aria-label", `Links der Kante ${this.left.title}, rechts ${this.right.title}, Kante bei ${Math.round(this.share)} %`);
    for (const [side, from, to] of [[this.left, 0, edge], [this.right, edge, size]]) {
      this.context.save();
      this.context.beginPath();
      this.context.rect(from, 0, to - from, size);
      this.context.clip();
      paint(this.context, sourceOf(side.title), size);
      this.context.restore();
    }
    for (const [color, width] of [["#000", 3], ["#fff", 1]]) {
      this.context.fillStyle = color;
      this.context.fillRect(edge - (width + 1) / 2, 0, width, size);
    }
    this.#grip(edge, size / 2);
  }

  #grip(x, y) {
    this.context.beginPath();
    this.context.arc(x, y, 11, 0, 2 * Math.PI);
    this.context.fillStyle = "#fff";
    this.context.strokeStyle = "#000";
    this.context.lineWidth = 1.5;
    this.context.fill();
    this.context.stroke();
    this.context.fillStyle = "#000";
    for (const way of [-1, 1]) {
      this.context.beginPath();
      this.context.moveTo(x + way * 8, y);
      this.context.lineTo(x + way * 3, y - 4);
      this.context.lineTo(x + way * 3, y + 4);
      this.context.fill();
    }
  }
}
