import fc from "fast-check";
import type { Cutting, ModelEntry, ModelMember, ModelSource, ModelUnit } from "./model.ts";

const VALUES = ["root", "alice", "", "Zürich", "a\nb", "𝄞", "x".repeat(300), "0", "root "];
const FIELDS = ["actor", "target", "ref", "raw.key", "raw.actor", "raw.Ünï"];

const value = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.nat({ max: 40 }).map((n) => `value ${n}`),
);
/** Mostly one value, sometimes none, rarely several; an entry never repeats one. */
const values = fc.oneof(
  { weight: 6, arbitrary: value.map((one) => [one]) },
  { weight: 1, arbitrary: fc.uniqueArray(value, { minLength: 2, maxLength: 4 }) },
);
const time = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 1_000 }).map((n) => 1.7e15 + n) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }) },
);

const entry: fc.Arbitrary<ModelEntry> = fc.record({
  time,
  flags: fc.nat({ max: 1_023 }),
  precision: fc.nat({ max: 9 }),
  fields: fc.dictionary(fc.constantFrom(...FIELDS), values, { maxKeys: FIELDS.length }),
});
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

/** Entries of up to three pieces that may lie among those of the entries after them, with rejects and gaps between. */
const member: fc.Arbitrary<ModelMember> = fc
  .record({
    path: fc.constantFrom("audit.log", "a/b.json", "ü.log"),
    entries: fc.array(entry, { maxLength: 60 }),
    seeds: fc.array(fc.nat({ max: 1_000 }), { minLength: 60, maxLength: 60 }),
    pieces: fc.array(bytes, { minLength: 20, maxLength: 20 }),
  })
  .map(({ path, entries, seeds, pieces }) => ({ path, entries, units: unitsOf(entries.length, seeds, pieces) }));

function unitsOf(entries: number, seeds: readonly number[], pieces: readonly Uint8Array[]): ModelUnit[] {
  const units: ModelUnit[] = [];
  const waiting: number[] = [];
  const piece = (n: number): Uint8Array => pieces[n % pieces.length] as Uint8Array;
  for (let entry = 0; entry < entries; entry++) {
    const seed = (seeds[entry % seeds.length] as number) + entry;
    units.push({ kind: "piece", entry, bytes: piece(seed) });
    if (seed % 5 === 0) waiting.push(entry, entry);
    if (seed % 7 === 0)
      units.push({ kind: "reject", bytes: piece(seed + 1), code: seed % 2 === 0 ? "torn" : "binary" });
    if (seed % 6 === 0) units.push({ kind: seed % 4 === 0 ? "blank" : "ignored", bytes: piece(seed + 2) });
    const late = seed % 3 === 0 ? waiting.shift() : undefined;
    if (late !== undefined) units.push({ kind: "piece", entry: late, bytes: piece(seed + 3) });
  }
  return [...units, ...waiting.map((entry): ModelUnit => ({ kind: "piece", entry, bytes: piece(entry) }))];
}

export const source: fc.Arbitrary<ModelSource> = fc.record({
  name: fc.constantFrom("audit.log", "evidence.zip", "b.json"),
  members: fc.array(member, { minLength: 1, maxLength: 3 }),
});

export const cutting: fc.Arbitrary<Cutting> = fc.record({
  batch: fc.integer({ min: 1, max: 50 }),
  block: fc.integer({ min: 8, max: 200 }),
  hashed: fc.subarray(FIELDS),
  columnless: fc.constant([]),
});
