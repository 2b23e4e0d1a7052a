/** However the bytes of a log arrive, the same comes of them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importChunks } from "../import/run.ts";
import { corpusFile, expectedOf, SYSTEMS } from "./expected.ts";

const CHUNKS = [13, 4099] as const;
/** Archives are cut into chunks by what unpacks them. */
const ARCHIVE = /\.(?:zip|gz|bz2|xz|zst|tar|7z)$|renamed-gzip/;

for (const system of SYSTEMS) {
  describe(system, () => {
    const files = expectedOf(system);
    if (files === undefined) {
      it.skip("needs ../shared");
      return;
    }
    it.each(files.filter(({ path }) => !ARCHIVE.test(path)).map(({ path }) => path))("%s", (path) => {
      const bytes = readFileSync(corpusFile(system, path));
      const whole = importChunks(bytes, bytes.length);
      for (const size of CHUNKS) {
        const cut = importChunks(bytes, size);
        expect(cut?.rows, `chunks of ${size}`).toEqual(whole?.rows);
        expect(cut?.end, `chunks of ${size}`).toEqual(whole?.end);
      }
    });
  });
}
