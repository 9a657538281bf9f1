/* What the viewer is made of: asked for once, decoded, and kept for as long as there is room. */

// Pictures of 256x256 take a quarter of a megabyte each.
const MOST_KEPT = 800;

class Parts {
  /** `ask` takes names and returns a promise of as many buffers. */
  constructor(ask) {
    this.ask = ask;
    this.kept = new Map();
  }

  has(name) {
    return this.kept.has(name);
  }

  /** Return a part, or undefined; it counts as used just now. */
  get(name) {
    const value = this.kept.get(name);
    if (value !== undefined) {
      this.kept.delete(name);
      this.kept.set(name, value);
    }
    return value;
  }

  async fetch(names) {
    const buffers = await this.ask(names);
    const values = await Promise.all(names.map((name, number) => decoded(name, bytes(buffers[number]))));
    names.forEach((name, number) => this.kept.set(name, values[number]));
    for (const name of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(name);
    }
  }
}

function decoded(name, content) {
  if (name.startsWith("picture/")) {
    return createImageBitmap(new Blob([content], { type: "image/png" }), { colorSpaceConversion: "none" });
  }
  return name.startsWith("scores/") ? JSON.parse(new TextDecoder().decode(content)) : content;
}

/** Front ends hand over buffers as views of different kinds. */
function bytes(buffer) {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Return the `ask` of a notebook: a message to the kernel, and its answer. */
function kernelAsks(model) {
  const waiting = new Map();
  const heard = (message, buffers) => {
    const asked = waiting.get(message.number);
    waiting.delete(message.number);
    if (message.error) asked?.reject(new Error(message.error));
    else asked?.resolve(buffers);
  };
  model.on("msg:custom", heard);
  const ask = (names) =>
    new Promise((resolve, reject) => {
      // Answers reach every page that shows this widget; the number tells whose they are.
      const number = Math.random().toString(36).slice(2);
      waiting.set(number, { resolve, reject });
      model.send({ number, names });
    });
  return { ask, stop: () => model.off("msg:custom", heard) };
}

/** Return the `ask` of a page in which everything is embedded. */
function pageAsks(embedded) {
  return async (names) => names.map((name) => Uint8Array.from(atob(embedded[name]), (char) => char.charCodeAt(0)));
}
