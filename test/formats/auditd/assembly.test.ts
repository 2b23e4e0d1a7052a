import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleEvents, type AuditEvent } from "../../../workers/formats/auditd/assembly.ts";
import { EmittedKeys } from "../../../workers/formats/auditd/emitted.ts";
import type { CarriedRecord } from "../../../workers/formats/format.ts";
import { logOf } from "./run-log.ts";

function carried(lines: readonly string[]): readonly CarriedRecord[] {
  let offset = 0;
  return lines.map((text, i) => {
    const record: CarriedRecord = {
      offset,
      length: text.length + 1,
      line: i + 1,
      body: { kind: "text", text },
      flags: [],
    };
    offset += text.length + 1;
    return record;
  });
}

function assemble(
  lines: readonly string[],
  window?: number,
): readonly { event: AuditEvent; lines: readonly number[]; duplicates: number }[] {
  const events: { event: AuditEvent; lines: readonly number[]; duplicates: number }[] = [];
  const assembler = assembleEvents(
    {
      entry: (records, event, duplicates) =>
        events.push({ event, lines: records.map((record) => record.line), duplicates }),
      reject: () => undefined,
      ignore: () => undefined,
    },
    window,
  );
  for (const record of carried(lines)) assembler.push(record);
  assembler.finish();
  return events;
}

const line = (key: string, body: string, node = "", type = "CWD") =>
  `${node === "" ? "" : `node=${node} `}type=${type} msg=audit(${key}): ${body}`;

describe("events", () => {
  it("are put together however their records lie, in the order of their first", () => {
    const events = assemble([
      line("1.000:1", "a"),
      line("1.000:2", "b"),
      line("1.000:1", "c"),
      line("9.000:1", "d"),
      line("1.000:2", "e"),
    ]);
    expect(events.map((event) => event.lines)).toEqual([[1, 3], [2, 5], [4]]);
  });

  it("are told apart by node", () => {
    expect(
      assemble([line("1.000:1", "a", "x"), line("1.000:1", "b", "y"), line("1.000:1", "c", "x")]).map(
        (event) => event.lines,
      ),
    ).toEqual([[1, 3], [2]]);
  });

  it("take in records without a node when one node has the same stamp and serial", () => {
    expect(
      assemble([line("1.000:1", "a"), line("1.000:1", "b", "x"), line("1.000:1", "c")]).map((event) => event.lines),
    ).toEqual([[1, 2, 3]]);
    expect(
      assemble([line("1.000:1", "a"), line("1.000:1", "b", "x"), line("1.000:1", "c", "y")]).map(
        (event) => event.lines,
      ),
    ).toEqual([[1], [2], [3]]);
  });

  it("count exact duplicates, whatever stands in front of them", () => {
    const [first] = assemble([
      line("1.000:1", "a"),
      `audispd: ${line("1.000:1", "a", "x")}`,
      line("1.000:1", "a", "", "EOE"),
      line("1.000:1", "b"),
      line("1.000:1", "a"),
    ]);
    expect(first?.duplicates).toBe(2);
    expect(first?.lines).toEqual([1, 2, 3, 4, 5]);
    expect(first?.event.records).toHaveLength(3);
  });

  it("find duplicates among many records too", () => {
    const many = Array.from({ length: 60 }, (_, i) => line("1.000:1", `n=${i % 40}`));
    expect(assemble(many)[0]?.duplicates).toBe(20);
  });

  it("are closed a window after their first record; what comes later stands alone, flagged", () => {
    const lines = [
      line("1.000:1", "a"),
      ...Array.from({ length: 11 }, (_, i) => line(`2.000:${i}`, "x")),
      line("1.000:1", "late"),
      line("1.000:1", "later"),
    ];
    const events = assemble(lines, 10);
    expect(events[0]?.lines).toEqual([1]);
    expect(events.at(-1)?.lines).toEqual([13, 14]);
    expect(events.map((event) => event.event.isLate)).toEqual([...Array.from({ length: 12 }, () => false), true]);
  });

  it("that are late carry both flags", () => {
    const filler = Array.from({ length: 100_001 }, (_, i) => line(`2.000:${i}`, "x"));
    const log = logOf(line("1.000:1", "a"), ...filler, line("1.000:1", "late"));
    expect(log.entries).toHaveLength(100_003);
    expect(log.entries[0]?.flags).not.toContain("duplicate");
    expect(log.entries.at(-1)?.flags).toEqual(expect.arrayContaining(["duplicate", "incomplete"]));
  });

  it("of one glued line stay together, of several keys lie in parts of it", () => {
    const glued = `${line("1.000:1", "a", "h")} ${line("1.000:1", "b")}`;
    expect(assemble([glued])[0]?.event.records).toHaveLength(2);
    const mixed = `${line("1.000:1", "a", "h")} ${line("1.000:2", "b")}`;
    const events = assemble([mixed]);
    expect(events.map(({ event }) => event.carried.map(({ offset, length }) => [offset, length]))).toEqual([
      [[0, mixed.indexOf("type=CWD msg=audit(1.000:2)")]],
      [[mixed.indexOf("type=CWD msg=audit(1.000:2)"), mixed.length + 1 - mixed.indexOf("type=CWD msg=audit(1.000:2)")]],
    ]);
    expect(events.map(({ event }) => event.records[0]?.node)).toEqual(["h", "h"]);
  });

  it("with a damaged stamp are entries of their own", () => {
    expect(assemble(["type=CWD msg=audit(1): a", "type=CWD msg=audit(1): a"])).toHaveLength(2);
  });

  it("hold every record exactly once, in any order of lines", () => {
    const record = fc.record({
      serial: fc.integer({ min: 1, max: 4 }),
      node: fc.constantFrom("", "a", "b"),
      body: fc.constantFrom("x", "y", "z"),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (records, window) => {
        const events = assemble(
          records.map(({ serial, node, body }) => line(`1.000:${serial}`, body, node)),
          window,
        );
        const numbers = events.flatMap((event) => event.lines).toSorted((a, b) => a - b);
        expect(numbers).toEqual(records.map((_, i) => i + 1));
        for (const { event } of events) expect(event.records.length + event.repeats.length).toBe(event.carried.length);
      }),
    );
  });
});

describe("keys that were handed on", () => {
  it("are found again, by node", () => {
    const keys = new EmittedKeys();
    for (let i = 0; i < 5000; i++) keys.add(`1.000:${i}`, i % 2 === 0 ? "a" : "");
    expect(keys.has("1.000:4", "a")).toBe(true);
    expect(keys.has("1.000:4", "b")).toBe(false);
    expect(keys.has("1.000:4", "")).toBe(true);
    expect(keys.has("1.000:5", "b")).toBe(true);
    expect(keys.has("1.000:5000", "a")).toBe(false);
  });
});
