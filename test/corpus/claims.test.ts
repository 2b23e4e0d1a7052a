/** Every log of the shared corpus belongs to one format, and every folder of it is looked at by some test. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import { carriers } from "../../workers/carriers/registry.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { formats } from "../../workers/formats/registry.ts";
import { detect, HEAD_BYTES } from "../../workers/import/detect.ts";
import { sharedPath } from "../support/shared.ts";
import { corpusFile, COUNTED, expectedOf } from "./expected.ts";

/** Folders with an index that holds no counts of a log, and the test that goes through them. */
const ELSEWHERE: Readonly<Record<string, string>> = { "radiantone/ledger": "identity.test.ts" };
/** These read what no other format knows. */
const GENERAL = new Set(["generic-json", "text-lines"]);
const CLAIMED = 0.35;
const ARCHIVE = /\.(?:zip|gz|bz2|xz|zst|tar|7z)$|renamed-gzip/;

function indexed(folder: string, below = ""): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return indexed(`${folder}/${entry.name}`, path);
    return entry.name === "expected.json" ? [below] : [];
  });
}

/** Formats of which some carrier brings records that they know as theirs. */
function claimsOf(head: Uint8Array, isWhole: boolean): readonly string[] {
  const claims = new Set<string>();
  for (const carrier of carriers) {
    const carried = carrier.recognise(head, isWhole).confidence;
    if (carried === 0) continue;
    const reading = carrier.study?.(head, isWhole, {}, undefined) ?? {};
    const records: CarriedRecord[] = [];
    const output = { reject() {}, ignore() {}, blank() {}, note() {} };
    const splitter = cutterOf(carrier, reading).split({ ...output, record: (record) => void records.push(record) });
    splitter.push(head);
    if (isWhole || records.length === 0) splitter.finish();
    for (const format of formats) {
      const fits = carrier.yields === "either" || carrier.yields === format.accepts;
      if (fits && carried * format.recognise(records, reading).confidence >= CLAIMED) claims.add(format.id);
    }
  }
  return [...claims].filter((id) => !GENERAL.has(id));
}

describe.skipIf(sharedPath("corpus") === undefined)("the corpus", () => {
  it("has no folder that no test goes through", () => {
    const folders = indexed(sharedPath("corpus") ?? "");
    const known = new Set<string>([...COUNTED, ...Object.keys(ELSEWHERE)]);
    expect(folders.filter((folder) => !known.has(folder))).toEqual([]);
  });

  for (const system of COUNTED) {
    const files = (expectedOf(system) ?? []).filter(({ path }) => !ARCHIVE.test(path));
    it.each(files.map(({ path }) => path))(`${system}/%s is claimed by one format at most, which reads it`, (path) => {
      const bytes = readFileSync(corpusFile(system, path));
      const head = bytes.subarray(0, HEAD_BYTES);
      const isWhole = bytes.length <= HEAD_BYTES;
      const chosen = detect(head, isWhole).choice?.split("+")[1];
      const claims = claimsOf(head, isWhole);
      // What lies beside logs is read as none of them, but may be opened as what it is.
      if (chosen === undefined) expect(claims.length).toBeLessThanOrEqual(1);
      else if (GENERAL.has(chosen)) expect(claims).toEqual([]);
      else expect(claims).toEqual([chosen]);
    });
  }
});
