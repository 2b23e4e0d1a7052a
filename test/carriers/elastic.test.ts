import { describe, expect, test } from "vitest";
import type { Carrier, UnitOutput } from "../../workers/carriers/carrier.ts";
import { elasticsearchBulk } from "../../workers/carriers/elastic-bulk.ts";
import { elasticsearchAnswers, elasticsearchLines } from "../../workers/carriers/elastic-hits.ts";
import { detect } from "../../workers/import/detect.ts";
import { firstHole, placeOf, type Unit, unitsOf } from "../support/split.ts";
import { utf8Of } from "../support/utf8.ts";

/** A record as its header and value, a reject as its code, an ignored line as "-". */
function told(carrier: Carrier, text: string, ...sizes: number[]): readonly unknown[] {
  const bytes = utf8Of(text);
  const units = unitsOf(carrier.split, bytes, sizes);
  expect(firstHole(units.filter(hasBytes), bytes.length)).toBe(undefined);
  return units.flatMap((unit): readonly unknown[] => {
    if (unit.kind === "record") {
      const { wrap, body } = unit.record;
      return [[Object.fromEntries(wrap?.fields ?? []), body.kind === "object" ? body.value : body.text]];
    }
    if (unit.kind === "reject") return [unit.code];
    return unit.kind === "ignored" ? ["-"] : [];
  });
}

function hasBytes(unit: Unit): boolean {
  return placeOf(unit).length > 0;
}

function notes(carrier: Carrier, text: string): readonly string[] {
  const said: string[] = [];
  const output: UnitOutput = {
    record() {},
    reject() {},
    ignore() {},
    blank() {},
    note: (message) => void said.push(message),
  };
  const splitter = carrier.split(output, {});
  splitter.push(utf8Of(text));
  splitter.finish();
  return said;
}

const HIT = '{"_index":"i","_id":"1","_score":null,"_source":{"a":1}}';

describe("documents of a bulk request", () => {
  const { split } = elasticsearchBulk;
  test.each<[string, readonly unknown[]]>([
    ['{"index":{"_index":"i","_id":"1"}}\n{"a":1}\n', ["-", [{ _index: "i", _id: "1" }, { a: 1 }]]],
    ['{"create":{}}\r\n{"a":1}', ["-", [{}, { a: 1 }]]],
    ['{"update":{"_id":"1"}}\n{"doc":{"a":1}}\n', ["-", [{ _id: "1" }, { a: 1 }]]],
    ['{"update":{"_id":"1"}}\n{"script":"x"}\n', ["-", [{ _id: "1" }, { script: "x" }]]],
    ['{"delete":{"_id":"1"}}\n{"index":{}}\n\n{"a":1}\n', ["-", "-", [{}, { a: 1 }]]],
    ['{"index":{"_id":"1"}}\n{"index":{"_id":"2"}}\n{"a":1}\n', ["elastic.no-document", "-", [{ _id: "2" }, { a: 1 }]]],
    ['{"index":{"_id":"1"}}\n{"a":\n{"b":1}\n', ["json.syntax", [{}, { b: 1 }]]],
    ['{"index":{"_id":"1"}}', ["elastic.no-document"]],
    // A document may have a field called index: only names that Elasticsearch knows make it an action.
    ['{"index":{"_id":"1"}}\n{"index":{"colour":"blue"}}\n', ["-", [{ _id: "1" }, { index: { colour: "blue" } }]]],
  ])("of %j", (text, expected) => {
    expect(told(elasticsearchBulk, text)).toEqual(expected);
    expect(told(elasticsearchBulk, text, 1)).toEqual(expected);
    expect(told(elasticsearchBulk, text, 5, 2)).toEqual(expected);
  });

  test("can be read again alone, with index and id", () => {
    const bytes = utf8Of('{"index":{"_id":"0"}}\n{"a":0}\n{"index":{"_id":"ä"}}\n{"a":1,"b":"ü"}\n');
    const [, first, , second] = unitsOf(split, bytes, []);
    for (const unit of [first, second]) {
      if (unit?.kind !== "record") throw new Error("two documents");
      const { offset, length, line } = unit.record;
      const part = bytes.subarray(offset, offset + length);
      const again = elasticsearchBulk.reread(part, offset, line, {}, undefined);
      expect(again).toMatchObject({ offset, length, line, wrap: unit.record.wrap });
      if (again?.body.kind !== "object" || unit.record.body.kind !== "object") throw new Error("an object");
      expect(again.body.value).toEqual(unit.record.body.value);
      const span = again.body.spans?.().values.get("a");
      expect(Buffer.from(part).toString("latin1", span?.start, span?.end)).toMatch(/^[01]$/);
    }
  });

  test("what it deletes is told, because it is not there", () => {
    expect(notes(elasticsearchBulk, '{"delete":{"_id":"1"}}\n')).toEqual([expect.stringMatching(/delete 1 documents/)]);
    expect(notes(elasticsearchBulk, '{"index":{}}\n{"a":1}\n')).toEqual([]);
  });
});

describe("documents of an index", () => {
  test("one a line, with what is no hit as it is", () => {
    const lines = `${HIT}\n{"_index":"i","_id":"2"}\n{"a":2}\n{"_id":"3","a":3}\n{"_id":"4","_source":null}\n`;
    expect(told(elasticsearchLines, lines)).toEqual([
      [{ _index: "i", _id: "1" }, { a: 1 }],
      "elastic.no-source",
      [{}, { a: 2 }],
      [{}, { _id: "3", a: 3 }],
      "elastic.no-source",
    ]);
  });

  test("arrays of one element are unwrapped where fields were asked for", () => {
    const text = '{"_id":"1","fields":{"a.b":["x"],"c":["y","z"],"d":[]}}\n';
    expect(told(elasticsearchLines, text)).toEqual([[{ _id: "1" }, { "a.b": "x", c: ["y", "z"], d: [] }]]);
  });

  const answer = (hits: string, more = ""): string =>
    `{"took":1,${more}"hits":{"total":{"value":2,"relation":"eq"},"hits":[${hits}]}}`;
  test.each([
    ["one", answer(HIT), 1],
    ["back to back", `${answer(HIT)}${answer(HIT)}\n${answer(HIT)}`, 3],
    [
      "of a multi search",
      `{"took":1,"responses":[${answer(HIT)},\n ${answer(`${HIT},${HIT}`)},${answer("")}],"x":1}\n`,
      3,
    ],
    ["in an array", `[${answer(HIT)},\n ${answer(`${HIT},${HIT}`)},${answer("")}]\n`, 3],
  ])("answers of a search, %s", (_form, text, count) => {
    const expected = Array.from({ length: count }, () => [{ _index: "i", _id: "1" }, { a: 1 }]);
    expect(told(elasticsearchAnswers, text)).toEqual(expected);
    expect(told(elasticsearchAnswers, text, 1)).toEqual(expected);
    expect(elasticsearchAnswers.recognise(utf8Of(text), true).confidence).toBeGreaterThan(0.9);
  });

  test("a search of several that failed is a reject, the others are read", () => {
    const text = `{"responses":[${answer(HIT)},{"error":{"type":"x"},"status":404},${answer(HIT)}]}`;
    const hit = [{ _index: "i", _id: "1" }, { a: 1 }];
    for (const chunk of [1_000, 1])
      expect(told(elasticsearchAnswers, text, chunk)).toEqual([hit, "json.no-array", hit]);
  });

  test("an answer that is a part says so", () => {
    const shards = '"_shards":{"total":2,"failed":1},';
    expect(notes(elasticsearchAnswers, answer(HIT))).toEqual([expect.stringMatching(/1 of 2 records/)]);
    expect(notes(elasticsearchAnswers, answer(`${HIT},${HIT}`))).toEqual([]);
    expect(notes(elasticsearchAnswers, answer(`${HIT},${HIT}`, '"timed_out":false,'))).toEqual([]);
    expect(notes(elasticsearchAnswers, answer(`${HIT},${HIT}`, '"timed_out":true,'))[0]).toMatch(/ran out of time/);
    expect(notes(elasticsearchAnswers, answer(HIT, shards))[0]).toMatch(/1 of 2 records.*failed on a part/);
    expect(notes(elasticsearchAnswers, `[${answer(HIT)},${answer(HIT)}`)[0]).toMatch(/ends before/);
    const many = (...answers: readonly string[]): string => `{"responses":[${answers.join(",")}]}`;
    const two = `${HIT},${HIT}`;
    expect(notes(elasticsearchAnswers, many(answer(two), answer(two)))).toEqual([]);
    expect(notes(elasticsearchAnswers, many(answer(two), answer(HIT)))[0]).toMatch(/3 of 4 records/);
    expect(notes(elasticsearchAnswers, many(answer(two)).slice(0, -2))[0]).toMatch(/ends before/);
  });
});

describe("metadata of an index is no log", () => {
  const mapping = '{"siren-audit-2025.06":{"mappings":{"properties":{"@timestamp":{"type":"date"}}}}}';
  test.each([
    ["mapping", mapping],
    ["settings, pretty", JSON.stringify({ i: { settings: { index: { creation_date: "1748736001500" } } } }, null, 2)],
    ["of two indices, one a line", `${mapping}\n{"other":{"aliases":{}}}\n`],
    ["template", '{"t":{"order":0,"index_patterns":["siren-audit-*"],"settings":{},"mappings":{},"aliases":{}}}'],
  ])("%s", (_kind, text) => {
    const { choice, title } = detect(utf8Of(text), true);
    expect(choice).toBeUndefined();
    expect(title).toMatch(/Mapping or settings/);
  });

  test("of which only the start is seen", () => {
    const names = Array.from({ length: 3_000 }, (_, i) => [`field${i}`, { type: "keyword" }]);
    const head = utf8Of(JSON.stringify({ i: { mappings: { properties: Object.fromEntries(names) } } }));
    expect(detect(head.subarray(0, 65_536), false).title).toMatch(/Mapping or settings/);
  });

  test("an entry with such names is one", () => {
    const entry = '{"a":{"settings":1,"user":"eva"},"@timestamp":"2025-06-01T00:00:00Z"}\n';
    expect(detect(utf8Of(entry), true).choice).toBeDefined();
  });
});
