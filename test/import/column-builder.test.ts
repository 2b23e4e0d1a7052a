import { describe, expect, test } from "vitest";
import type { EntryBatch, ImportMessage } from "../../workers/base/batch.ts";
import type { EpochMicros } from "../../workers/contract.ts";
import { ColumnBuilder } from "../../workers/import/column-builder.ts";
import { hash64, MANY_VALUES } from "../../workers/base/hash.ts";
import { detached } from "../../workers/base/detached.ts";
import { FieldColumn } from "../../workers/import/field-column.ts";
import { Collector, hashed } from "./collect.ts";

const SPAN = [{ member: 0, block: 0, off: 0, len: 10 }];

/** Writes entries and cuts a batch whenever it is full. */
function build(entries: Iterable<(sink: ColumnBuilder) => void>): { batches: EntryBatch[]; builder: ColumnBuilder } {
  const builder = new ColumnBuilder();
  const batches: EntryBatch[] = [];
  for (const write of entries) {
    builder.open();
    write(builder);
    builder.close(SPAN);
    if (builder.isFull) batches.push(builder.cut());
  }
  if (builder.count > 0) batches.push(builder.cut());
  return { batches, builder };
}

function rowsOf(batches: readonly EntryBatch[]): Collector {
  const collector = new Collector();
  collector.begin(0, 0, {
    path: "",
    ordinal: 0,
    carrier: "",
    format: "",
    formatTitle: "",
    parser: "",
    reasons: [],
    overridden: false,
    zone: undefined,
    reading: {},
  });
  const block = {
    ordinal: 0,
    memberOffset: 0,
    rawLength: 10,
    codec: 0,
    data: new Uint8Array(10),
    signature: new Uint8Array(8192),
  } as const;
  collector.take({ kind: "blocks", member: 0, blocks: [block] });
  for (const batch of batches) collector.take({ kind: "entries", member: 0, batch } satisfies ImportMessage);
  return collector;
}

describe("column builder", () => {
  test("what goes in comes out, whatever kind a column takes", () => {
    const { batches } = build([
      (sink) => {
        sink.time(5 as EpochMicros, 3);
        sink.text("actor", "root");
        sink.text("ref", "a-1");
        sink.original("Name", "x");
        sink.flag("yearInferred");
      },
      (sink) => {
        sink.text("actor", "root");
        sink.original("Name", "x");
        sink.original("Name", "y");
        sink.original("Name", "x");
        sink.text("data", "never a column");
      },
      (sink) => sink.text("actor", "nobody"),
    ]);
    expect(batches.length).toBe(1);
    const rows = rowsOf(batches).member.rows;
    expect(rows.map(({ fields, flags, precision }) => ({ fields, flags, precision }))).toEqual([
      { fields: { actor: ["root"], ref: [hashed("a-1")], "raw.Name": ["x"] }, flags: 2, precision: 3 },
      { fields: { actor: ["root"], "raw.Name": ["x", "y"] }, flags: 0, precision: 0 },
      { fields: { actor: ["nobody"] }, flags: 0, precision: 0 },
    ]);
    expect(rows.map((row) => row.time)).toEqual([5, Number.NaN, Number.NaN]);
  });

  test("a value is sent once, and holds its code over batches", () => {
    const { batches } = build(
      Array.from({ length: 5000 }, (_, at) => (sink: ColumnBuilder) => sink.text("actor", `user${at % 3}`)),
    );
    expect(batches.map((batch) => batch.count)).toEqual([4096, 904]);
    expect(batches[1]?.dictionary).toEqual([]);
    expect(rowsOf(batches).member.rows[4999]?.fields.actor).toEqual(["user1"]);
  });

  test("a batch ends when its entries hold a mebibyte", () => {
    const builder = new ColumnBuilder();
    builder.open();
    builder.close([{ member: 0, block: 0, off: 0, len: 1024 * 1024 }]);
    expect(builder.isFull).toBe(true);
  });

  test("beyond 512 original names there are no columns, only their names and words", () => {
    const builder = new ColumnBuilder();
    builder.open();
    for (let at = 0; at < 600; at++) builder.original(`field${at}`, `value ${at}`);
    expect(builder.words.length).toBe(88);
    builder.close(SPAN);
    const collector = rowsOf([builder.cut()]);
    expect(collector.announced.size).toBe(512);
    expect(collector.overflow).toEqual(Array.from({ length: 88 }, (_, at) => `field${512 + at}`));
    expect(collector.member.rows[0]?.fields["raw.field511"]).toEqual(["value 511"]);
    expect(collector.member.rows[0]?.fields["raw.field512"]).toBeUndefined();
  });

  test("names like those of Object are names like any other", () => {
    const { batches } = build([(sink) => sink.original("__proto__", "a"), (sink) => sink.original("constructor", "b")]);
    expect(rowsOf(batches).announced.size).toBe(2);
  });

  test("words of values that are only hashed are asked for, those of a dictionary are not", () => {
    const builder = new ColumnBuilder();
    builder.open();
    builder.text("actor", "in the dictionary");
    builder.text("payload", "rm -rf /");
    builder.text("data", "everything else");
    expect(builder.words).toEqual(["rm -rf /", "everything else"]);
  });
});

describe("a field with too many values", () => {
  /** 300,000 distinct values in batches of 4,096. */
  function crowded(): FieldColumn {
    const column = new FieldColumn(1000, false);
    for (let at = 0; at < 300_000; at++) {
      column.add(at % 4096, `value ${at}`);
      if (at % 4096 === 4095) column.cut(4096, at + 1);
    }
    column.cut(300_000 % 4096, 300_000);
    return column;
  }

  test("is told apart by hash from the next batch on", () => {
    const column = crowded();
    expect(column.isHashed).toBe(true);
    column.add(1, "value 7");
    const { column: part, dictionary } = column.cut(2, 300_002);
    expect(part).toMatchObject({ kind: "hash64" });
    expect(part.kind === "hash64" && Array.from(part.words.subarray(0, 2))).toEqual([0, 0]);
    expect(dictionary).toBeUndefined();
  });

  test("tells an entry with several values apart from those with one, without a string of either", () => {
    const column = crowded();
    column.add(0, "value 7");
    column.add(1, "one");
    column.add(1, "two");
    column.add(1, "one");
    const { column: part, dictionary } = column.cut(3, 300_003);
    const seven = new Uint32Array(2);
    hash64("value 7", seven, 0);
    expect(part).toMatchObject({ kind: "hash64", words: Uint32Array.of(...seven, ...MANY_VALUES, 0, 0) });
    expect(dictionary).toBeUndefined();
  });

  test("stays counted while its values are few for the entries there are", () => {
    const column = new FieldColumn(1000, false);
    for (let at = 0; at < 270_000; at++) {
      column.add(at % 4096, `value ${at}`);
      if (at % 4096 === 4095) column.cut(4096, 10_000_000);
    }
    expect(column.isHashed).toBe(false);
  });
});

test("a detached text is the same text", () => {
  for (const text of [
    "",
    "short",
    "long enough to be a slice of another",
    "žluťoučký kůň příliš",
    "\ud800 lone surrogate in here",
  ]) {
    expect(detached(`<${text}>`.slice(1, -1))).toBe(text);
  }
});
