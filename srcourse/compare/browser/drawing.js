/* Pictures on canvases: whole, under the lens, and as maps. */

// Side of the lens as a share of the panel.
const LENS = 0.5;

/**
 * Draw a picture over the whole square canvas. A picture that gets much larger keeps its pixels as squares; one
 * that does not would get some pixels wider than others, so it is smoothed.
 */
function paint(context, source, size) {
  context.imageSmoothingEnabled = source.smooth || size < 2 * source.image.width;
  context.imageSmoothingQuality = "high";
  context.drawImage(source.image, 0, 0, size, size);
}

/** Draw the lens over what `paint` drew: the region around `at` (shares of the side), `zoom` times as large. */
function paintLens(context, source, size, at, zoom) {
  const side = Math.round(size * LENS);
  const box = [at.x, at.y].map((share) => clamp(Math.round(share * size - side / 2), 0, size - side));
  const part = side / zoom;
  const from = [at.x, at.y].map((share) => clamp(share * size - part / 2, 0, size - part));
  const unit = source.image.width / size;
  context.imageSmoothingEnabled = source.smooth;
  context.drawImage(source.image, from[0] * unit, from[1] * unit, part * unit, part * unit, ...box, side, side);
  for (const [color, width, inset] of [["#000", 3, 0.5], ["#fff", 1, 0.5]]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.strokeRect(box[0] + inset, box[1] + inset, side - 2 * inset, side - 2 * inset);
  }
}

/** Give a square canvas as many pixels as the screen has for it; return their number on a side. */
function fit(canvas) {
  const size = Math.max(1, Math.round(canvas.clientWidth * (window.devicePixelRatio || 1)));
  if (canvas.width !== size) canvas.width = canvas.height = size;
  return size;
}

class Maps {
  /** `colors` are 256 RGB triples; `most` is the difference that the last one stands for. */
  constructor(colors, most) {
    this.colors = colors;
    this.most = most;
    this.made = new WeakMap();
  }

  /** Return where a picture differs from the truth, in the mean over its channels. */
  difference(picture, truth) {
    return this.#once(picture, () => {
      const [a, b] = [picture, truth].map(pixels);
      const step = 1 / (3 * this.most);
      const map = new Uint8Array(a.length / 4);
      for (let i = 0, j = 0; i < map.length; i++, j += 4) {
        const sum = Math.abs(a[j] - b[j]) + Math.abs(a[j + 1] - b[j + 1]) + Math.abs(a[j + 2] - b[j + 2]);
        map[i] = Math.min(255, Math.round(sum * step));
      }
      return { image: this.#colored(map), smooth: false };
    });
  }

  /** Return a map of bytes, row by row, in colours. */
  features(map) {
    return this.#once(map, () => ({ image: this.#colored(map), smooth: true }));
  }

  #once(key, compute) {
    if (!this.made.has(key)) this.made.set(key, compute());
    return this.made.get(key);
  }

  #colored(map) {
    const side = Math.sqrt(map.length);
    const canvas = make("canvas", { width: side, height: side });
    const image = new ImageData(side, side);
    map.forEach((value, i) => image.data.set([...this.colors[value], 255], 4 * i));
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }
}

function pixels(picture) {
  const canvas = make("canvas", { width: picture.width, height: picture.height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, picture.width, picture.height).data;
}
