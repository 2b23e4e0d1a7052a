/*
 * What Exhibit is made of that others wrote, with every licence in full. The list is made from what is really there (the
 * lock file, the packages, the Electron that is shipped), and a part without a known licence or without its text ends
 * the build.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Stop } from "../runtime/output.mjs";
import { chromiumParts } from "./chromium-credits.mjs";
import { shippedPackages } from "./shipped-packages.mjs";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} version empty where a part has none
 * @property {string} licence an SPDX expression, or words where the text says it all
 * @property {"program" | "package" | "font" | "runtime" | "part" | "data"} kind
 * @property {string} text
 */

// Licences that ask for no more than that we name the author and pass the text on. Anything else wants a decision first.
const accepted = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "OFL-1.1",
  "Unlicense",
  "Zlib",
]);

// Packages that name their licence and leave its text out; it is that of the project they belong to.
const textElsewhere = { "client-only": "react" };

/**
 * Everything that the shipped app contains, the program itself first.
 * @param {string} checkout
 * @param {{ dist: string, version: string }} [electron] the Electron to ship; without it, its own package is asked
 * @returns {Promise<Part[]>}
 */
export async function collectLicences(checkout, electron) {
  const packages = await packageParts(checkout);
  const [runtime, ...runtimeParts] = await electronParts(checkout, electron);
  return [
    await ownPart(checkout),
    runtime,
    ...packages.filter(({ kind }) => kind === "font"),
    ...packages.filter(({ kind }) => kind === "package"),
    ...(await carriedParts(checkout)),
    ...runtimeParts,
  ];
}

async function ownPart(checkout) {
  const { version, license } = await readJson(join(checkout, "package.json"));
  return {
    name: "Exhibit",
    version,
    licence: license,
    kind: "program",
    text: await readText(join(checkout, "LICENSE")),
  };
}

/** Every package that is installed with the app, those it brings along included. */
async function packageParts(checkout) {
  const paths = await shippedPackages(checkout);
  return Promise.all(paths.map((path) => packagePart(checkout, path)));
}

async function packagePart(checkout, path) {
  const manifest = await readJson(join(checkout, path, "package.json"));
  const { name, version } = manifest;
  const licence = typeof manifest.license === "string" ? manifest.license : manifest.license?.type;
  if (!isAccepted(licence)) {
    throw new Stop(
      `${name} ${version} has ${licence ? `the licence ${licence}` : "no licence"}, which is not accepted`,
    );
  }
  const source = textElsewhere[name];
  const text = await textOf(join(checkout, source === undefined ? path : join("node_modules", source)));
  if (text === undefined) throw new Stop(`${name} ${version} (${licence}) comes without the text of its licence`);
  return { name, version, licence, kind: name.startsWith("@fontsource") ? "font" : "package", text };
}

/** Whether the terms of an SPDX expression can be met: one side of an OR, all sides of an AND. */
export function isAccepted(licence) {
  if (typeof licence !== "string" || licence === "") return false;
  const bare = licence.replace(/^\((.*)\)$/, "$1");
  if (bare.includes("(")) return false;
  return bare.split(" OR ").some((side) => side.split(" AND ").every((one) => accepted.has(one.trim())));
}

async function textOf(folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|copyright|notice)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readText(join(folder, name))));
  const whole = texts.map((text) => text.trim()).filter((text) => text !== "");
  return whole.length === 0 ? undefined : whole.join("\n\n");
}

async function electronParts(checkout, electron) {
  if (electron === undefined) {
    const folder = join(checkout, "node_modules", "electron");
    const { version } = await readJson(join(folder, "package.json"));
    const text = `${await readText(join(folder, "LICENSE"))}\nThe parts of Chromium and Node.js in it are listed in LICENSES.chromium.html beside the program.\n`;
    return [{ name: "Electron", version, licence: "MIT", kind: "runtime", text }];
  }
  const own = await readText(firstThere([join(electron.dist, "LICENSE.electron.txt"), join(electron.dist, "LICENSE")]));
  const credits = await readText(firstThere([join(electron.dist, "LICENSES.chromium.html")]));
  return [
    { name: "Electron", version: electron.version, licence: "MIT", kind: "runtime", text: own },
    ...chromiumParts(credits),
  ];
}

function firstThere(files) {
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Stop(`Electron comes without its licence: ${files[0]} is missing`);
  return found;
}

/** What lies inside a package or beside our code without a package of its own. */
async function carriedParts(checkout) {
  const header = await readText(join(checkout, "node_modules/better-sqlite3/deps/sqlite3/sqlite3.h"));
  const version = /^#define SQLITE_VERSION\s+"([^"]+)"/m.exec(header)?.[1];
  const blessing = /^\*\* The author disclaims copyright[\s\S]*?taking more than you give\.$/m.exec(header)?.[0];
  if (version === undefined || blessing === undefined) throw new Stop("SQLite no longer says its version or its terms");
  const tables = await readJson(join(checkout, "workers/formats/auditd/auditd-tables.json"));
  const fields = await readJson(join(checkout, "workers/base/linux-auditd-fields.json"));
  if (!tables._about || !fields.note) throw new Stop("the tables of Linux audit no longer say where they come from");
  return [
    {
      name: "SQLite",
      version,
      licence: "Public domain",
      kind: "package",
      text: blessing.replaceAll(/^\*\* ?/gm, ""),
    },
    {
      name: "Tables of the Linux audit system",
      version: "",
      licence: "Facts, own collection",
      kind: "data",
      text: `${tables._about}\n\nFields of ${fields.schema}. ${fields.note}\n`,
    },
  ];
}

const readText = (file) => readFile(file, "utf8");
const readJson = async (file) => JSON.parse(await readText(file));

/**
 * The list as the app reads it: a text that several parts share is kept once.
 * @param {readonly Part[]} parts
 * @returns {{ parts: { name: string, version: string, licence: string, kind: string, text: number }[], texts: string[] }}
 */
export function packedLicences(parts) {
  const texts = [...new Set(parts.map(({ text }) => text))];
  const places = new Map(texts.map((text, index) => [text, index]));
  return { parts: parts.map((part) => ({ ...part, text: places.get(part.text) })), texts };
}
