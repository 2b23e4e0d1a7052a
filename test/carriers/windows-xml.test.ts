import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Of } from "../../workers/base/bytes.ts";
import { windowsXml } from "../../workers/carriers/windows-xml.ts";
import { XmlEventCutter, type XmlOutput } from "../../workers/carriers/xml-event-cutter.ts";
import { parseElement } from "../../workers/carriers/xml-element.ts";
import { HEAD_BYTES } from "../../workers/import/detect.ts";
import { allowedMs } from "../support/machine.ts";

const SYSTEM = "<System><EventID>1</EventID><TimeCreated SystemTime='2025-01-01T00:00:00Z'/></System>";
const event = (data = ""): string => `<Event>${SYSTEM}<EventData>${data}</EventData></Event>`;

interface Unit {
  readonly kind: string;
  readonly text: string;
  readonly line?: number;
  readonly code?: string;
}

/** What the carrier makes of a text; blanks and markup are left out. */
function unitsOf(text: string, size = text.length, limit?: number): readonly Unit[] {
  const bytes = Buffer.from(text, "latin1");
  const units: Unit[] = [];
  let behind = 0;
  const add = (kind: string, offset: number, length: number, more: Partial<Unit>): void => {
    expect(offset, "units follow one another").toBe(behind);
    behind += length;
    units.push({ kind, text: latin1Of(bytes, offset, offset + length), ...more });
  };
  const output: XmlOutput = {
    event: (_text, offset, length, line) => add("event", offset, length, { line }),
    around: (offset, length) => add("around", offset, length, {}),
    reject: (offset, length, line, code) => add("reject", offset, length, { line, code }),
  };
  const cutter = new XmlEventCutter(output, limit);
  for (let at = 0; at < bytes.length; at += size) cutter.push(bytes.subarray(at, at + size));
  cutter.finish();
  expect(behind).toBe(bytes.length);
  return units.filter(({ kind }) => kind !== "around");
}

function carried(text: string): readonly (readonly [string, unknown])[] {
  const found: [string, unknown][] = [];
  const splitter = windowsXml.split(
    {
      record: ({ body }) => found.push(["record", body.kind === "object" ? body.value : body.text]),
      reject: (_offset, _length, _line, code, detail) => found.push([code, detail]),
      ignore() {},
      blank() {},
      note() {},
    },
    {},
  );
  splitter.push(Buffer.from(text));
  splitter.finish();
  return found;
}

describe("events are cut", () => {
  test.each([
    ["in a root element", `<?xml version="1.0"?>\r\n<Events>${event()}${event()}</Events>`],
    ["one after another", `${event()}\n${event()}\n`],
    ["with a byte order mark", `\u00ef\u00bb\u00bf${event()}${event()}`],
    ["with a prefix for their namespace", event().replaceAll(/<(\/?)(?=\w)/g, "<$1e:") + event()],
    ["with comments between", `<!-- <Event> -->${event()}<!-- > -->${event()}`],
    ["with tags in CDATA and comments", event("<Data><![CDATA[</Event>]]></Data>") + event("<!-- <Event><System> -->")],
    ["with an element of the same name among the data", event("<Event><Event/></Event>") + event("<Event x='1'/>")],
  ])("%s", (_what, text) => {
    expect(unitsOf(text).map(({ kind }) => kind)).toEqual(["event", "event"]);
  });

  test("a cut one is a reject of its own bytes", () => {
    const cut = event().slice(0, 60);
    expect(unitsOf(`${event()}\n${cut}${event()}\n${cut}`)).toEqual([
      { kind: "event", text: event(), line: 1 },
      { kind: "reject", text: cut, line: 2, code: "xml.torn" },
      { kind: "event", text: event(), line: 2 },
      { kind: "reject", text: cut, line: 3, code: "xml.torn" },
    ]);
  });

  test("anything else is a reject", () => {
    expect(unitsOf(`PS> wevtutil\n${event()}<Other>x</Other>\n< ${event()}</Event>`).map(({ text }) => text)).toEqual([
      "PS> wevtutil\n",
      event(),
      "<Other>x</Other>\n< ",
      event(),
      "</Event>",
    ]);
  });

  test("a document type is a reject, and what it declares is no event", () => {
    const doctype = `<!DOCTYPE x [ <!ENTITY a "${event()}"> <!ENTITY b SYSTEM "file:///etc/passwd"> ]>`;
    expect(unitsOf(`${doctype}${event()}`)).toEqual([
      { kind: "reject", text: doctype, line: 1, code: "xml.doctype" },
      { kind: "event", text: event(), line: 1 },
    ]);
  });

  test("one beyond the limit is one reject, and the next one is read", () => {
    const long = event("x".repeat(500));
    for (const size of [1, 100, 10_000]) {
      expect(unitsOf(long + event(), size, 300).map(({ kind, code }) => code ?? kind)).toEqual([
        "line.too-long",
        "event",
      ]);
    }
  });

  test("markup that never ends hides no event", () => {
    expect(unitsOf(`<!-- ${event()}`).map(({ kind }) => kind)).toEqual(["reject", "event"]);
    expect(unitsOf(`<!-- ${event()}${"x".repeat(70_000)}`, 7).map(({ kind }) => kind)).toEqual([
      "reject",
      "event",
      "reject",
    ]);
  });

  test("the same at whatever sizes the bytes arrive", () => {
    const pieces = fc.constantFrom(
      "<Event",
      ">",
      SYSTEM,
      "</Event>",
      "</e:Event  >",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<!DOCTYPE a",
      "<Events>",
      "<?xml?>",
      "\n",
      "\0",
      "x",
      " ",
      "/>",
      "\u00ef\u00bb\u00bf",
      event(),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        expect(unitsOf(parts.join(""), size)).toEqual(unitsOf(parts.join("")));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("an element becomes an object", () => {
  const valueOf = (xml: string): unknown => {
    const parsed = parseElement(Buffer.from(xml).toString("latin1"));
    return parsed.ok ? parsed.value : parsed.reason;
  };

  test.each([
    ["<a><b>x</b><b>y</b><b/></a>", { b: ["x", "y", ""] }],
    ["<a><b c='1'>x</b><d e=\"2\"/></a>", { b: { c: "1", "#text": "x" }, d: { e: "2" } }],
    [
      "<a>\n <Data Name='p.q'>x</Data>\n <Data Name=''> </Data></a>",
      { "p.q": "x", Data: { Name: "", "#text": undefined } },
    ],
    ["<a><b>1 &lt; 2 &#x1F50E;&#8364;&amp;lt;</b></a>", { b: "1 < 2 🔎€&lt;" }],
    ["<a><b>&lol9; &#0; &#xD800; &#99999999;</b></a>", { b: "&lol9; &#0; &#xD800; &#99999999;" }],
    ["<a><b><![CDATA[<c>&amp;]]></b></a>", { b: "<c>&amp;" }],
    ["<a xmlns='u' xmlns:n='v'><n:b n:c='1'/></a>", { b: { "n:c": "1" } }],
    ["<a><__proto__><polluted>1</polluted></__proto__><constructor/></a>", undefined],
  ])("%s", (xml, expected) => {
    if (expected !== undefined) expect(valueOf(xml)).toEqual(expected);
    else expect(Object.keys(valueOf(xml) as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as { readonly polluted?: string }).polluted).toBeUndefined();
  });

  test.each([
    ["<a><b></a></b>", "</a> ends no element"],
    ["<a><b>", "an element that never ends"],
    ["<a b=c></a>", "a tag that is not well formed"],
    ["<a b='1' b='2'></a>", "an attribute that the tag has already"],
    ["<a b='<'></a>", "a tag that is not well formed"],
    ["<a><!ENTITY x 'y'></a>", "a declaration, which is never followed"],
    ["<a><!-- </a>", "a comment that never ends"],
    [`${"<a>".repeat(100_000)}`, "elements deeper than 64"],
  ])("%s is none", (xml, reason) => {
    expect(valueOf(xml)).toBe(reason);
  });
});

test("an event that is no XML is a reject with the reason and the place", () => {
  expect(carried(`${event("<Data>")}${event()}`)).toEqual([
    ["xml.syntax", "</EventData> ends no element, at byte 109"],
    ["record", expect.anything()],
  ]);
});

test("lines of another log that hold events are no export of them", () => {
  const confidence = (text: string): number => windowsXml.recognise(Buffer.from(text), true).confidence;
  const line = `<13>Jan 10 12:00:00 dc01 winlog: ${event()}\n`;
  expect(confidence(line.repeat(3))).toBeLessThanOrEqual(0.5);
  expect(confidence(`PS> wevtutil\n${event()}${event()}`)).toBeGreaterThan(0.9);
});

/** Each looks for an end that never comes. */
const UNENDED = ["<!--", "<?", "<!DOCTYPE [", "<!DOCTYPE x ", "<Events "];

test.each<readonly [string, string]>([
  ["attributes", `<Event ${Array.from({ length: 100_000 }, (_, i) => `a${i}=''`).join(" ")}>${SYSTEM}</Event>`],
  ["repeated children", event("<Data>x</Data>".repeat(100_000))],
  ["one attribute", event(`<Data a='${"y".repeat(8_000_000)}'/>`)],
  ["a comment", event(`<!--${"<".repeat(4_000_000)}-->`)],
  ["brackets that begin nothing", "<".repeat(2_000_000)],
  ["events that are cut", event().slice(0, 40).repeat(100_000)],
  ...UNENDED.map((start): readonly [string, string] => [
    `starts ${start}`,
    start.repeat(2_000_000 / start.length) + event(),
  ]),
  ["starts of comments whose end is far", `${"<!--".repeat(500_000)}-->${event()}`],
])("very many or very large %s cost no more than their bytes", (_what, text) => {
  const started = performance.now();
  expect(carried(text).length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(allowedMs(10_000));
});

test.each(UNENDED)("a head of starts %s is looked at in no time", (start) => {
  const head = Buffer.from(event() + start.repeat(HEAD_BYTES / start.length)).subarray(0, HEAD_BYTES);
  const started = performance.now();
  for (let again = 0; again < 10; again++) {
    expect(windowsXml.recognise(head, false).confidence).toBeGreaterThan(0);
    expect(windowsXml.recognise(head, true).confidence).toBeGreaterThan(0);
  }
  expect(performance.now() - started).toBeLessThan(allowedMs(2000));
});
