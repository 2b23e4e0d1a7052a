/** Whatever a record holds: it is read, explained and marked without a failure, and the same when read again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TABLES } from "../../../workers/formats/auditd/tables.ts";
import { readLog, rereadEntry } from "./run-log.ts";

const names = Object.values(TABLES.field_class).flat();
const TYPES = [...Object.values(TABLES.record_types), ...Object.keys(TABLES.record_types), "UNKNOWN[1327]", "X-1"];
const word = fc.oneof(
  fc.stringMatching(/^[0-9a-fA-F]{0,40}$/),
  fc.integer().map(String),
  fc.bigInt().map(String),
  fc.constantFrom(
    "",
    "?",
    "(null)",
    "(none)",
    "-1",
    "4294967295",
    "0x80000000",
    "08:01",
    "a:b:c:s0-s1",
    "=x (enforce)",
  ),
  fc.constantFrom("constructor", "__proto__", "{ saddr_fam=x }", "'", '"', "\x1d", "(", "{", "a=b"),
  fc.string({ unit: "binary-ascii", maxLength: 12 }).map((text) => text.replaceAll(/[\n\r]/g, " ")),
);
const field = fc
  .tuple(
    fc.oneof(fc.constantFrom(...names), fc.constantFrom("op", "argc", "a1[0]", "a1_len", "items", "item")),
    word,
    fc.constantFrom("", '"'),
  )
  .map(([name, value, quote]) => `${name}=${quote}${value}${quote}`);
const body = fc
  .tuple(
    fc.array(field, { maxLength: 8 }),
    fc.array(field, { maxLength: 4 }),
    fc.constantFrom("", "avc:  denied  { x } for ", "\x1d"),
  )
  .map(
    ([header, nested, lead]) => `${lead}${header.join(" ")}${nested.length === 0 ? "" : ` msg='${nested.join(" ")}'`}`,
  );
const record = fc
  .tuple(fc.constantFrom(...TYPES), body)
  .map(([type, text]) => `type=${type} msg=audit(1700000000.001:7): ${text}`);
const log = fc
  .array(record, { minLength: 1, maxLength: 5 })
  .map((lines) => Buffer.from(`${lines.join("\n")}\n`, "latin1"));

describe("any records", () => {
  it("are read and explained, with marks and tokens that lie in them", () => {
    fc.assert(
      fc.property(log, (bytes) => {
        for (const entry of readLog(bytes).entries) {
          const sizes = entry.carried.map(({ body: { text = "" } }) => text.length);
          const { interpretations, records, sentence } = entry.explanation;
          expect(sentence.endsWith(".")).toBe(true);
          for (const { mark } of interpretations) {
            if (mark === undefined) continue;
            expect(mark.start).toBeLessThanOrEqual(mark.end);
            expect(mark.end).toBeLessThanOrEqual(sizes[mark.record] ?? -1);
          }
          for (const [number, { tokens }] of records.entries())
            for (const { start, end } of tokens) {
              expect(start).toBeLessThan(end);
              expect(end).toBeLessThanOrEqual(sizes[number] ?? -1);
            }
        }
      }),
      { numRuns: 400, seed: 20_260_812 },
    );
  });

  it("are the same when read again alone", () => {
    fc.assert(
      fc.property(log, (bytes) => {
        for (const entry of readLog(bytes).entries) {
          const again = rereadEntry(bytes, entry);
          expect(again.map(({ fields, originals, explanation }) => ({ fields, originals, explanation }))).toEqual([
            { fields: entry.fields, originals: entry.originals, explanation: entry.explanation },
          ]);
        }
      }),
      { numRuns: 200, seed: 20_260_812 },
    );
  });
});
