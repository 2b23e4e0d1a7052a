import { describe, expect, test } from "vitest";
import { cef } from "../../workers/carriers/cef.ts";
import { parseCef } from "../../workers/carriers/cef-parse.ts";
import { firstHole, unitsOf } from "../support/split.ts";

const HEADER = "CEF:0|v|p|1|7|n|5|";
function parsed(line: string): unknown {
  const found = parseCef(line, 0);
  return found === undefined ? undefined : JSON.parse(JSON.stringify(found.value));
}
const extension = (text: string): unknown => {
  const { cef: _header, ...rest } = parsed(HEADER + text) as { cef: unknown };
  return rest;
};

describe("the header", () => {
  test("escapes | and \\, and nothing else", () => {
    expect(parsed("CEF:0|secu\\|r\\\\|thr=eat|1.\\|0|10|a\\=b|\\|10|")).toEqual({
      cef: {
        version: "0",
        vendor: "secu|r\\",
        product: "thr=eat",
        deviceVersion: "1.|0",
        signatureId: "10",
        name: "a\\=b",
        severity: "|10",
      },
    });
  });
  test("may be empty in parts, not short", () => {
    expect(parsed("CEF:0|||1|||")).toBeUndefined();
    expect(parsed("CEF:0|||1||||")).toMatchObject({ cef: { vendor: "", severity: "" } });
  });
});

describe("the extension", () => {
  test.each([
    ["a=b c=d", { a: "b", c: "d" }],
    [" a=b  c=two words  ", { a: "b", c: "two words" }],
    ["moo=this =has = equals\\=", { moo: "this =has = equals=" }],
    ["msg=a\\=b \\\\ C:\\\\Temp\\nsecond\\r", { msg: "a=b \\ C:\\Temp\nsecond\r" }],
    ["moo=this\\|and \\has \\ more\\", { moo: "this\\|and \\has \\ more\\" }],
    ["request=http://h/?a=b&c=d x=1", { request: "http://h/?a=b&c=d", x: "1" }],
    ["ad.field[0]=f ad.Error_,Code=3 x-y=z", { "ad.field[0]": "f", "ad.Error_,Code": "3", "x-y": "z" }],
    ["src=1 src=2", { src: "1", "src#2": "2" }],
    ["empty= x=1", { empty: "", x: "1" }],
  ])("%s", (text, value) => {
    expect(extension(text)).toEqual(value);
  });
  test("text without or before any key is kept", () => {
    expect(parsed(`${HEADER}no pairs`)).toMatchObject({ cef: { text: "no pairs" } });
    expect(parsed(`${HEADER}some text src=1`)).toMatchObject({ cef: { text: "some text" }, src: "1" });
  });
  test("is decoded as UTF-8", () => {
    expect(parsed(Buffer.from(`${HEADER}suser=zoë`).toString("latin1"))).toMatchObject({ suser: "zoë" });
  });
});

describe("lines", () => {
  const TEXT = [
    "CEF:0|v|p|1|7|n|5|src=1",
    "<134>Jul  7 07:00:27 host CEF:0|v|p|1|7|n|5|src=2",
    "<134>1 2025-07-07T07:00:12Z host app 1 - - CEF:0|v|p|1|7|n|5|src=3",
    "Sysdate Syshost CEF:0|v|p|1|7|n|5|src=4",
    "<134>Jul  7 07:00:28 host app: beside",
    "<134>Jul  7 07:00:29 host CEF:0|v|p|short",
    "nothing",
  ].join("\n");
  const bytes = new Uint8Array(Buffer.from(TEXT));
  const units = unitsOf(cef.split, bytes.slice(), [11], { year: 2025 });

  test("keep the header before the message; what is neither is a reject", () => {
    expect(firstHole(units, bytes.length)).toBeUndefined();
    const told = units.map((unit) =>
      unit.kind === "record"
        ? (unit.record.wrap?.host ?? unit.record.wrap?.fields ?? "bare")
        : unit.kind === "reject"
          ? unit.code
          : unit.kind,
    );
    expect(told).toEqual([
      "bare",
      "host",
      "host",
      [["syslog.header", "Sysdate Syshost"]],
      "host",
      "cef.header",
      "cef.none",
    ]);
    expect(cef.recognise(bytes, true).confidence).toBeGreaterThan(0.9);
  });
  test("read alone are the same, and point to their values", () => {
    for (const unit of units) {
      if (unit.kind !== "record") continue;
      const { offset, length, line, wrap, body } = unit.record;
      const own = bytes.subarray(offset, offset + length);
      const again = cef.reread(own, offset, line, { year: 2025 }, wrap?.time?.parsed?.at);
      expect(again?.wrap).toEqual(wrap);
      if (body.kind !== "object" || again?.body.kind !== "object") continue;
      expect(again.body.value).toEqual(body.value);
      const span = again.body.spans?.().values.get("src");
      expect(Buffer.from(own).toString("latin1", span?.start, span?.end)).toBe(body.value["src"]);
      const tokens = again.body.spans?.().tokens ?? [];
      expect(tokens.reduce((at, { start, end }) => (start === at ? end : -1), 0)).toBe(length);
    }
  });
});
