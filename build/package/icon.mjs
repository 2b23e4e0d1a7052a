import { Resvg } from "@resvg/resvg-js";
import { IconIcns, IconIco } from "@shockpkg/icon-encoder";

/** Pixels of the square PNGs. Linux, Windows and macOS pick from these. */
export const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

// Below this the small drawing is used: its lines are as thick as they are far apart.
const smallBelow = 48;
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
// Apple's types of an icon set and the pixels each holds.
const icnsTypes = [
  ["ic11", 32],
  ["ic12", 64],
  ["ic07", 128],
  ["ic13", 256],
  ["ic08", 256],
  ["ic14", 512],
  ["ic09", 512],
];

/**
 * All icon files by name, drawn from the two sources.
 * @param {{ large: string, small: string }} drawings SVG; the small one is for sizes below 48
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function drawIcons({ large, small }) {
  const pngs = new Map(sizes.map((size) => [size, draw(size < smallBelow ? small : large, size)]));
  const ico = new IconIco();
  for (const size of icoSizes) await ico.addFromPng(pngs.get(size), null, false);
  const icns = new IconIcns();
  for (const [type, size] of icnsTypes) await icns.addFromPng(pngs.get(size), [type], true);
  return new Map([
    ...[...pngs].map(([size, bytes]) => [`${size}x${size}.png`, bytes]),
    ["icon.ico", ico.encode()],
    ["icon.icns", icns.encode()],
  ]);
}

function draw(svg, size) {
  return new Resvg(svg, { fitTo: { mode: "width", value: size }, font: { loadSystemFonts: false } }).render().asPng();
}
