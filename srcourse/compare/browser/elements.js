/* Elements, and numbers kept within bounds. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are null or false are left out, true ones are empty. */
function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an element of an SVG. */
function makeSvg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Make a slider inside its label; `text` says a value in words, for the eye and for screen readers. */
function makeSlider(label, { min, max, step, value, name }, text, changed) {
  const input = make("input", { type: "range", min, max, step, value, "data-name": name });
  const output = make("output", { class: "sr-value" });
  const show = () => {
    output.value = text(Number(input.value));
    input.setAttribute("aria-valuetext", output.value);
  };
  input.addEventListener("input", () => {
    show();
    changed(Number(input.value));
  });
  show();
  const element = make("label", { class: "sr-slider" }, make("span", { class: "sr-label" }, label), input, output);
  return { element, input, show };
}

/** Make a group of choices of which one holds. */
function makeChoice(label, options, chosen, name, changed) {
  // Two viewers on a page must not share a group.
  const group = `${name}-${Math.random().toString(36).slice(2)}`;
  const choices = options.map(({ value, title }) => {
    const input = make("input", { type: "radio", name: group, value, checked: value === chosen });
    input.addEventListener("change", () => changed(value));
    return make("label", {}, input, title);
  });
  return make("fieldset", { class: "sr-choice", "data-name": name }, make("legend", {}, label), ...choices);
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
