// Any colour can be the accent: it is darkened or lightened until text is legible on it and in it.

const PAPERS = { light: [255, 255, 255], dark: [27, 31, 30] };
const LEAST_CONTRAST = 4.6;

/** Set the accent for light and for dark surroundings; a colour that the browser does not know changes nothing. */
function paint(node, colour) {
  for (const [scheme, paper] of Object.entries(PAPERS)) {
    const name = `--accent-${scheme}`;
    if (colour && CSS.supports("color", colour)) node.style.setProperty(name, `rgb(${legible(channels(colour), paper)})`);
    else node.style.removeProperty(name);
  }
}

/** @returns {number[]} red, green and blue of any CSS colour, 0 to 255 */
function channels(colour) {
  const canvas = make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

function legible(colour, paper) {
  const goal = luminance(paper) > 0.5 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = colour.map((channel) => Math.round(channel + (goal - channel) * share));
    if (contrast(mixed, paper) >= LEAST_CONTRAST) return mixed;
  }
  return [goal, goal, goal];
}

/** Contrast of two colours, 1 to 21, as WCAG 2.2 defines it. */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
