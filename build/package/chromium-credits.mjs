import { Stop } from "../runtime/output.mjs";

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * The parts of Chromium and Node.js that Electron carries, from the page of credits that comes with it.
 * @param {string} page LICENSES.chromium.html
 * @returns {import("./licences.mjs").Part[]}
 */
export function chromiumParts(page) {
  const named = [...page.matchAll(/<span class="title">([\s\S]*?)<\/span>([\s\S]*?)<pre>([\s\S]*?)<\/pre>/g)];
  const titles = page.split('<span class="title">').length - 1;
  if (named.length === 0 || named.length !== titles) {
    throw new Stop(`Chromium's credits are written in a new way: ${named.length} of ${titles} parts could be read`);
  }
  return named.map(([, title = "", , text = ""]) => ({
    name: plain(title).trim(),
    version: "",
    licence: "see its text",
    kind: "part",
    text: plain(text).trim(),
  }));
}

function plain(html) {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return entities[name] ?? whole;
    });
}
