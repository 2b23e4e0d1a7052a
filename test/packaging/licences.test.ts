import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chromiumParts } from "../../build/package/chromium-credits.mjs";
import { collectLicences, isAccepted, packedLicences } from "../../build/package/licences.mjs";
import { shippedPackages } from "../../build/package/shipped-packages.mjs";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

describe("the licences of this checkout", () => {
  test("every package that is shipped is listed with a text, and so are the runtime, SQLite and the tables", async () => {
    const parts = await collectLicences(checkout);
    const names = parts.map(({ name }) => name);
    const shipped = (await shippedPackages(checkout)).map((path) => path.replace(/^.*node_modules\//, ""));
    expect(shipped).toContain("react");
    expect(shipped).toContain("@fontsource-variable/inter");
    expect(names).toEqual(expect.arrayContaining(["Exhibit", "Electron", "SQLite", ...shipped]));
    expect(parts.filter(({ text, licence }) => text.trim().length < 100 || licence === "")).toEqual([]);
    expect(parts.find(({ name }) => name.startsWith("Tables of"))?.text).toContain("public headers");
    expect(names).not.toContain("vitest");
  });

  test("a text that many share is kept once", async () => {
    const parts = await collectLicences(checkout);
    const packed = packedLicences(parts);
    expect(packed.texts.length).toBe(new Set(packed.texts).size);
    expect(packed.parts.map((part) => ({ ...part, text: packed.texts[part.text] }))).toEqual(parts);
  });
});

describe("a part that may not be shipped", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "exhibit-licences-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (name: string, content: unknown): Promise<void> => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  };
  const project = async (licence: string | undefined, text: string | undefined): Promise<void> => {
    await put("package.json", { version: "1.0.0", license: "Apache-2.0" });
    await put("LICENSE", "own");
    await put("node_modules/electron/package.json", { version: "1.0.0" });
    await put("node_modules/electron/LICENSE", "Electron's");
    await put("node_modules/part/package.json", { name: "part", version: "2.0.0", license: licence });
    if (text !== undefined) await put("node_modules/part/LICENSE", text);
    const packages = { "": { dependencies: { part: "2.0.0" } }, "node_modules/part": { version: "2.0.0" } };
    await put("package-lock.json", { packages });
  };

  test.each([
    ["GPL-3.0-only", "text", /GPL-3\.0-only, which is not accepted/],
    [undefined, "text", /no licence/],
    ["SEE LICENSE IN LICENSE", "text", /not accepted/],
    ["MIT", undefined, /without the text/],
    ["MIT", "  \n", /without the text/],
  ])("licence %j with text %j ends the build", async (licence, text, words) => {
    await project(licence, text);
    await expect(collectLicences(folder)).rejects.toThrow(words);
  });

  test("one that the lock file does not know ends the build", async () => {
    await project("MIT", "text");
    await put("package-lock.json", { packages: { "": { dependencies: { other: "1" } } } });
    await expect(collectLicences(folder)).rejects.toThrow(/where other is/);
  });
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-only)", true],
  ["MIT AND OFL-1.1", true],
  ["MIT AND GPL-2.0-only", false],
  ["GPL-2.0-only OR LGPL-3.0", false],
  ["(MIT OR Apache-2.0) AND (GPL-3.0-only OR X)", false],
  ["UNLICENSED", false],
  ["", false],
  [undefined, false],
])("whether %j is accepted: %j", (licence, accepted) => {
  expect(isAccepted(licence)).toBe(accepted);
});

describe("Chromium's page of credits", () => {
  const part = (title: string, text: string): string =>
    `<div class="product">\n<span class="title">${title}</span>\n<span class="homepage"><a href="x">homepage</a></span>\n` +
    `<div class="license">\n<pre>${text}</pre>\n</div>\n</div>\n`;

  test("gives names and texts as they read", () => {
    const parts = chromiumParts(part("Abseil", "one &lt;a@b&gt; &amp; two\n  &#39;three&#x27;") + part("R&amp;D", "x"));
    expect(parts.map(({ name, text }) => [name, text])).toEqual([
      ["Abseil", "one <a@b> & two\n  'three'"],
      ["R&D", "x"],
    ]);
  });

  test("written in a way we do not know ends the build", () => {
    expect(() => chromiumParts("<html></html>")).toThrow(/new way/);
    expect(() => chromiumParts(`${part("A", "x")}<span class="title">B</span>`)).toThrow(/1 of 2/);
  });
});
