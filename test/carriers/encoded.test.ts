import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Of, utf8Text } from "../../workers/base/bytes.ts";
import { jsonSpans } from "../../workers/base/json-spans.ts";
import { csv } from "../../workers/carriers/csv.ts";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import { jsonDocuments } from "../../workers/carriers/json-documents.ts";
import { jsonLines } from "../../workers/carriers/json-lines.ts";
import { syslog } from "../../workers/carriers/syslog.ts";
import { lines } from "../../workers/carriers/lines.ts";
import { transcode, Transcoder } from "../../workers/carriers/transcoder.ts";
import type { Carrier } from "../../workers/carriers/carrier.ts";
import type { TextEncoding } from "../../workers/contract.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { allowedMs } from "../support/machine.ts";
import { firstHole, type Unit, unitsOf } from "../support/split.ts";
import { utf8Of } from "../support/utf8.ts";

function utf16(text: string, encoding: TextEncoding = "utf-16le"): Uint8Array {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(encoding === "utf-16be" ? bytes.swap16() : bytes);
}
function units(carrier: Carrier, bytes: Uint8Array, encoding: TextEncoding, ...sizes: number[]): readonly Unit[] {
  const cutter = cutterOf(carrier, { encoding });
  const found = unitsOf((output) => cutter.split(output), new Uint8Array(bytes), sizes);
  expect(firstHole(found, bytes.length)).toBe(undefined);
  return found;
}
function recordsOf(found: readonly Unit[]): readonly CarriedRecord[] {
  return found.flatMap((unit) => (unit.kind === "record" ? [unit.record] : []));
}
function textOf({ body }: CarriedRecord): string {
  return body.kind === "text" ? utf8Text(body.text) : JSON.stringify(body.value);
}

const TEXT = "one\r\ntwo é 審 😀\nthree";

describe.each(["utf-16le", "utf-16be"] as const)("%s", (encoding) => {
  test("gives the lines that UTF-8 gives, at their places in the member", () => {
    const bytes = utf16(`\ufeff${TEXT}`, encoding);
    for (const size of [1, 2, 3, 7, 1000]) {
      const found = units(lines, bytes, encoding, size);
      expect(found[0]).toEqual({ kind: "mark", offset: 0, length: 2 });
      const records = recordsOf(found);
      expect(records.map(textOf)).toEqual(["one", "two é 審 😀", "three"]);
      expect(records.map(({ offset, length, line }) => [offset, length, line])).toEqual([
        [2, 10, 1],
        [12, 22, 2],
        [34, 10, 3],
      ]);
      expect(records.every(({ flags }) => flags.length === 0)).toBe(true);
    }
  });

  test("a lone surrogate and half a unit at the end are flagged, and nothing is lost", () => {
    const bytes = Buffer.concat([utf16("a\nx\ud800y\nb\udc00", encoding), Buffer.from([0x41])]);
    for (const size of [1, 2, 5, 1000]) {
      const records = recordsOf(units(lines, bytes, encoding, size));
      expect(records.map(textOf)).toEqual(["a", "x\ufffdy", "b\ufffd\ufffd"]);
      expect(records.map(({ flags }) => flags)).toEqual([[], ["encoding"], ["encoding"]]);
    }
  });

  test("a record is read again alone; marks point into its own bytes", () => {
    const bytes = utf16('{"a":"é😀","b":{"c":[1,2]}}\n{"a":"x"}\n', encoding);
    const cutter = cutterOf(jsonLines, { encoding });
    for (const record of recordsOf(units(jsonLines, bytes, encoding))) {
      const own = bytes.slice(record.offset, record.offset + record.length);
      const again = cutter.reread(own, record.offset, record.line, undefined);
      expect(again).toMatchObject({ offset: record.offset, length: record.length, flags: [] });
      expect(again && textOf(again)).toBe(textOf(record));
      const body = again?.body;
      if (body?.kind !== "object") throw new Error("an object");
      const { values, tokens } = body.spans?.() ?? jsonSpans("", {});
      const decoded = (start: number, end: number): string =>
        Buffer.from(transcode(own.slice(start, end), encoding).utf8).toString();
      const a = values.get("a");
      expect(decoded(a?.start ?? 0, a?.end ?? 0)).toBe(JSON.stringify(body.value["a"]));
      expect(tokens.map(({ start, end }) => decoded(start, end)).join("")).toBe(decoded(0, own.length));
      expect(body.bytes).toEqual(own);
    }
  });
});

describe("windows-1252", () => {
  const bytes = Buffer.from("caf\xe9 \x93x\x94 \x80\nplain\nna\xc3\xafve\nbad \x81\n", "latin1");

  test("gives its own signs, and flags what it has no character for and what looks like UTF-8", () => {
    for (const size of [1, 2, 1000]) {
      const records = recordsOf(units(lines, bytes, "windows-1252", size));
      expect(records.map(textOf)).toEqual(["café “x” €", "plain", "naÃ¯ve", "bad \u0081"]);
      expect(records.map(({ flags }) => flags)).toEqual([[], [], ["encoding"], ["encoding"]]);
      expect(records.map(({ offset }) => offset)).toEqual([0, 11, 17, 24]);
    }
  });

  test("places of a text that was read again", () => {
    const again = cutterOf(lines, { encoding: "windows-1252" }).reread(bytes.subarray(0, 11), 0, 1, undefined);
    if (again?.body.kind !== "text") throw new Error("a text");
    const { text, derived } = again.body;
    expect(derived?.placeOf?.(text.indexOf("x"))).toBe(6);
    expect(derived?.placeOf?.(text.length)).toBe(10);
  });

  test("names of columns", () => {
    const table = Buffer.from("Datum;Benutzer;Gr\xf6\xdfe\n1;zo\xeb;3\n", "latin1");
    const reading = {
      encoding: "windows-1252",
      table: { delimiter: ";", columns: ["Datum", "Benutzer", "Größe"] },
    } as const;
    const found = unitsOf((output) => cutterOf(csv, reading).split(output), new Uint8Array(table), [5]);
    expect(recordsOf(found).map(textOf)).toEqual(['{"Datum":"1","Benutzer":"zoë","Größe":"3"}']);
  });
});

test("nothing of a transcoded record claims to stand in the member's bytes", () => {
  const [record] = recordsOf(units(jsonLines, utf16('{"a":1}\n'), "utf-16le"));
  expect(record?.body).toEqual({ kind: "object", value: { a: 1 } });
  const [line] = recordsOf(units(lines, utf16("a\n"), "utf-16le"));
  expect(line?.body).toEqual({ kind: "text", text: "a", derived: {} });
});

test("any text comes back from UTF-16, any chunks give the same units", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", "審", "😀", "\n", "\r\n", "\ud800", '{"a":1}', "[", "]", ","),
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      text,
      fc.constantFrom("utf-16le", "utf-16be"),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (content, encoding, isOdd, size) => {
        const bytes = Buffer.concat([utf16(content, encoding), isOdd ? Buffer.from([0x41]) : Buffer.alloc(0)]);
        for (const carrier of [lines, jsonLines, jsonDocuments]) {
          expect(units(carrier, bytes, encoding, size)).toEqual(units(carrier, bytes, encoding));
        }
        const wellFormed = Buffer.from(content).toString();
        expect(transcode(utf16(content, encoding), encoding).utf8.toString()).toBe(wellFormed);
      },
    ),
    { numRuns: 300 },
  );
});

test("damage is found in a time that grows with the text, not with its square", () => {
  const bytes = new Uint8Array(2 * 1024 * 1024).fill(0xd8);
  const started = performance.now();
  const { damaged } = new Transcoder("utf-16be").push(bytes);
  expect(damaged.length).toBeGreaterThan(1_000_000);
  expect(performance.now() - started).toBeLessThan(allowedMs(5000));
  expect(latin1Of(utf8Of("é"))).toHaveLength(2);
});

test("windows-1252: counted frames of syslog are cut by the bytes of the member, at whatever sizes", () => {
  const message = (text: string) => `<34>1 2024-05-01T10:00:00Z h app 5 ID - ${text}`;
  const frames = ["caf\xe9 na\xefve", "\xe9\xe9\nsecond line", "end"].map(message);
  const whole = Buffer.from(frames.map((frame) => `${frame.length} ${frame}`).join(""), "latin1");
  const expected = ["café naïve", "éé\nsecond line", "end"];
  for (const size of [1, 7, 1000]) {
    expect(recordsOf(units(syslog, whole, "windows-1252", size)).map(textOf)).toEqual(expected);
  }
  // The last frame holds fewer bytes than it counts: it is read as a line, as in UTF-8.
  const cut = Buffer.from(`${message("end\xe9").length} ${message("e\xe9")}`, "latin1");
  const plain = Buffer.from(`${message("end.").length} ${message("e.")}`);
  expect(recordsOf(units(syslog, cut, "windows-1252", 1000)).map(textOf)).toEqual(
    recordsOf(unitsOf((output) => syslog.split(output, {}), plain, [])).map((record) =>
      textOf(record).replace(".", "é"),
    ),
  );
});
