import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { drawIcons } from "../../build/package/icon.mjs";

const folder = fileURLToPath(new URL("../../build/icon", import.meta.url));

test("the committed icons are those of their drawings", async () => {
  const [large, small] = await Promise.all(
    ["icon.svg", "icon-small.svg"].map((name) => readFile(join(folder, name), "utf8")),
  );
  const drawn = await drawIcons({ large: large ?? "", small: small ?? "" });
  expect([...drawn.keys()]).toEqual(
    expect.arrayContaining(["16x16.png", "256x256.png", "512x512.png", "icon.ico", "icon.icns"]),
  );
  for (const [name, bytes] of drawn) {
    const committed = await readFile(join(folder, name));
    expect(committed.equals(bytes), `${name} is not what npm run icons draws`).toBe(true);
    const size = /^(\d+)x/.exec(name)?.[1];
    // Width and height stand at bytes 16 and 20 of a PNG.
    if (size !== undefined) expect([committed.readUInt32BE(16), committed.readUInt32BE(20)]).toEqual([+size, +size]);
  }
});
