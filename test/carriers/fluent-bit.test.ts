import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fluentBit } from "../../workers/carriers/fluent-bit.ts";
import { unescaped } from "../../workers/carriers/message.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { firstHole, unitsOf } from "../support/split.ts";

function recordsOf(text: string, size = text.length + 1): readonly CarriedRecord[] {
  const bytes = new Uint8Array(Buffer.from(text));
  const units = unitsOf(fluentBit.split, bytes, [size]);
  expect(firstHole(units, bytes.length)).toBeUndefined();
  return units.flatMap((unit) => (unit.kind === "record" ? [unit.record] : []));
}
const first = (object: unknown): CarriedRecord | undefined => recordsOf(`${JSON.stringify(object)}\n`)[0];

describe("collected lines", () => {
  test("are text as it was before it was written as JSON, without its line end", () => {
    expect(first({ date: 1, log: "a \u001d b\n" })?.body).toMatchObject({ kind: "text", text: "a \u001d b" });
    expect(first({ date: 1, log: "é\r\n" })?.body).toMatchObject({ text: "\xc3\xa9" });
    expect(first({ date: 1, log: '{"a":1}' })?.body).toMatchObject({ kind: "object", value: { a: 1 } });
  });
  test("keep the other keys as their header, nested ones by path", () => {
    const wrap = first({ date: 1741024820.000137, log: "x", host: "web1", kubernetes: { pod: "p" } })?.wrap;
    expect(wrap).toMatchObject({
      host: "web1",
      time: { text: "1741024820.000137", parsed: { at: 1_741_024_820_000_137 } },
    });
    expect(wrap?.fields).toEqual([
      ["date", "1741024820.000137"],
      ["host", "web1"],
      ["kubernetes.pod", "p"],
    ]);
  });
  test.each(["log", "message", "MESSAGE", "msg"])("may stand under %s", (key) => {
    expect(first({ date: 1, [key]: "x" })?.body).toMatchObject({ text: "x" });
  });
  test("an object without one is a record of its own", () => {
    expect(first({ date: 1741024820, cpu: 3 })?.body).toMatchObject({ kind: "object", value: { cpu: 3 } });
  });
  test("come in an array too, on one line or several, at whatever sizes", () => {
    const objects = [1, 2, 3].map((n) => ({ date: n, log: `line ${n}` }));
    for (const text of [JSON.stringify(objects), JSON.stringify(objects, undefined, 2)]) {
      const texts = recordsOf(text).map(({ body }) => (body.kind === "text" ? body.text : ""));
      expect(texts).toEqual(["line 1", "line 2", "line 3"]);
      for (const size of [1, 5]) expect(recordsOf(text, size)).toEqual(recordsOf(text));
    }
  });
});

describe("recognition", () => {
  const confidence = (object: unknown): number =>
    fluentBit.recognise(new Uint8Array(Buffer.from(`${JSON.stringify(object)}\n`)), true).confidence;
  test("wants a line and the date of its collection", () => {
    expect(confidence({ date: 1741024820.5, log: "x" })).toBe(1);
    expect(confidence({ log: "x\n", stream: "stdout", time: "2025-03-03T18:00:20.123456789Z" })).toBe(1);
    expect(confidence({ date: 1741024820.5, message: "x" })).toBeLessThan(0.8);
    expect(confidence({ date: "2025-03-03T18:00:20Z", message: "x", user: "eva" })).toBe(0);
    expect(confidence({ log: "x" })).toBe(0);
  });
});

describe("escapes", () => {
  test("give the text that JSON.parse gives, and each char knows its byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), fc.boolean(), (text, ascii) => {
        const plain = JSON.stringify(text);
        const json = ascii
          ? plain.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
          : plain;
        const latin1 = Buffer.from(json).toString("latin1");
        const found = unescaped(latin1, 1, latin1.length - 1);
        expect(found.text).toBe(Buffer.from(text).toString("latin1"));
        expect(found.placeOf?.(found.text.length)).toBe(latin1.length - 1);
        for (let char = 0; char < found.text.length; char++) {
          const at = found.placeOf?.(char) ?? -1;
          expect(at).toBeGreaterThanOrEqual(1);
          if (latin1[at] !== "\\") expect(latin1[at]).toBe(found.text[char]);
        }
      }),
    );
  });
  test("half a pair is kept as the bytes it would have", () => {
    expect(unescaped("a\\ud83db", 0, 8).text).toBe("a\xed\xa0\xbdb");
  });
  test("a line reads the same at import and alone, whatever its bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), fc.constantFrom("\\u001d", "\\ud800", "é", ""), (raw, escape) => {
        const inner = Buffer.from(raw)
          .toString("latin1")
          .replaceAll(/["\\\u0000-\u001f]/g, "?");
        const bytes = Buffer.concat([
          Buffer.from(`{"date":1,"log":"${escape}`),
          Buffer.from(inner, "latin1"),
          Buffer.from('"}\n'),
        ]);
        const member = new Uint8Array(bytes);
        const units = unitsOf(fluentBit.split, member, [7]);
        const record = units[0]?.kind === "record" ? units[0].record : undefined;
        const again = fluentBit.reread(new Uint8Array(bytes), 0, 1, {}, undefined);
        expect(record?.body.kind).toBe("text");
        expect(again?.body.kind === "text" ? again.body.text : undefined).toBe(
          record?.body.kind === "text" ? record.body.text : "",
        );
        expect(again?.flags).toEqual(record?.flags);
      }),
    );
  });
});
