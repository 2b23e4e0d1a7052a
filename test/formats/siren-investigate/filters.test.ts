import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../workers/base/json.ts";
import {
  type FieldFilter,
  type FilteredKind,
  filteredEntry,
  filteredHit,
} from "../../../workers/formats/siren-investigate/filters.ts";
import { sharedPath } from "../../support/shared.ts";

const SOURCE = {
  number: 7,
  holder: { name: "Ada", city: "Turin" },
  holder_id: 3,
  tags: [{ key: "a", value: 1 }, { key: "b" }],
  "flat.name": "x",
} as const;
const hit = (source: JsonObject = SOURCE): JsonObject => ({ _index: "invoices", _id: "1", _source: source });
const filtered = (...filters: readonly FieldFilter[]): unknown => filteredHit(hit(), "hit", filters)["_source"];
const without = (...names: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(SOURCE).filter(([name]) => !names.includes(name)));

describe("which fields of a hit are logged", () => {
  test.each<[string, readonly FieldFilter[], unknown]>([
    ["all without a filter", [], SOURCE],
    ["all of an index that no filter names", [{ pattern: "other*", excludes: ["*"] }], SOURCE],
    ["none of an index", [{ pattern: "inv*", excludes: ["*"] }], {}],
    ["a parent takes its children along", [{ excludes: ["holder"] }], without("holder")],
    ["children alone", [{ excludes: ["holder.*"] }], { ...SOURCE, holder: {} }],
    ["a child alone", [{ excludes: ["holder.city"] }], { ...SOURCE, holder: { name: "Ada" } }],
    ["names compare with case", [{ excludes: ["Holder", "NUMBER"] }], SOURCE],
    ["a part of a name is none", [{ excludes: ["old", "holde"] }], SOURCE],
    ["a parent included brings its children", [{ includes: ["holder"] }], { holder: SOURCE.holder }],
    ["a child included", [{ includes: ["holder.name"] }], { holder: { name: "Ada" } }],
    ["an ending, over dots", [{ includes: ["*name"] }], { holder: { name: "Ada" }, "flat.name": "x" }],
    ["the dots of a name", [{ includes: ["flat"] }], { "flat.name": "x" }],
    ["exclude beats include", [{ includes: ["holder", "number"], excludes: ["holder.*"] }], { number: 7, holder: {} }],
    ["empty includes are none", [{ includes: [], excludes: ["number"] }], without("number")],
    [
      "lists of two filters are joined",
      [{ includes: ["number"] }, { excludes: ["number"], includes: ["holder_id"] }],
      { holder_id: 3 },
    ],
    ["objects in a list", [{ includes: ["tags.key"] }], { tags: [{ key: "a" }, { key: "b" }] }],
    ["pieces in their order", [{ excludes: ["h*d*id", "*n*m*r*b*"] }], without("holder_id")],
    ["a filter of exports", [{ type: "data-export", excludes: ["*"] }], SOURCE],
  ])("%s", (_what, filters, expected) => {
    expect(filtered(...filters)).toEqual(expected);
  });

  test("the hit keeps what the index says of it, and the input is not changed", () => {
    const before = hit();
    expect(filteredHit(before, "hit", [{ excludes: ["*"] }])).toEqual({ _index: "invoices", _id: "1", _source: {} });
    expect(before).toEqual(hit());
  });

  test("the row of an export", () => {
    const row = { _index: "report", title: "a", text: "b" };
    const filters: readonly FieldFilter[] = [{ type: "data-export", includes: ["title"] }];
    expect(filteredHit(row, "data-export", filters)).toEqual({ _index: "report", title: "a" });
    expect(filteredHit(row, "hit", filters)).toEqual(row);
  });
});

describe("an entry", () => {
  const filters: readonly FieldFilter[] = [{ excludes: ["number"] }, { type: "data-export", excludes: ["title"] }];
  const entry = (type: string, body: unknown): JsonObject =>
    ({ type, request: { query: "number" }, response: { status: 200, body } }) as JsonObject;

  test("changes in the hits of its response alone", () => {
    const kept = { _index: "invoices", _id: "1", _source: without("number") };
    expect(filteredEntry(entry("search", { took: 1, hits: { total: 1, hits: [hit()] } }), filters)).toEqual(
      entry("search", { took: 1, hits: { total: 1, hits: [kept] } }),
    );
  });

  test("of an export has rows", () => {
    const rows = (...each: readonly unknown[]): JsonObject => entry("dataExport", { hits: each });
    expect(filteredEntry(rows({ title: "a", number: 1 }), filters)).toEqual(rows({ number: 1 }));
  });

  test("without a response stays as it is", () => {
    expect(filteredEntry({ type: "ui" }, filters)).toEqual({ type: "ui" });
    expect(filteredEntry(entry("search", "text"), filters)).toEqual(entry("search", "text"));
  });
});

interface Case {
  readonly kind?: FilteredKind;
  readonly filter?: string;
  readonly hits?: readonly JsonObject[];
  readonly entry?: JsonObject;
  readonly expected: unknown;
}

const folder = sharedPath("corpus", "siren", "filters");
describe.skipIf(folder === undefined)("the worked situations of the shared corpus", () => {
  const files = folder === undefined ? [] : readdirSync(folder);
  const names = files.filter((name) => /^\d\d.*\.json$/.test(name));

  test("are there", () => expect(names.length).toBe(10));

  test.each(names)("%s", (name) => {
    const read = (file: string): string => readFileSync(`${folder}/${file}`, "utf8");
    const { kind = "hit", filter, hits, entry, expected } = JSON.parse(read(name)) as Case;
    const filters = filtersIn(read(filter ?? name.replace(/json$/, "yaml")));
    expect(filters.length).toBeGreaterThan(0);
    const result =
      entry === undefined ? hits?.map((each) => filteredHit(each, kind, filters)) : filteredEntry(entry, filters);
    expect(result).toEqual(expected);
  });
});

/** The list of filters of a settings file, as far as these samples use YAML; anything else throws. */
function filtersIn(yaml: string): readonly FieldFilter[] {
  const filters: Record<string, string | string[]>[] = [];
  let list: string[] = [];
  const lines = yaml.split("log_response_filters:\n")[1]?.trimEnd().split("\n") ?? [];
  for (const line of lines) {
    const [, dash, name, text = ""] = /^ +(- )?(?:(\w+):)? ?(.*)$/.exec(line) ?? [];
    if (dash !== undefined && name !== undefined) filters.push({});
    const filter = filters.at(-1) ?? {};
    const value = text.replace(/^(['"])(.*)\1$/, "$2");
    if (name === undefined && dash !== undefined) list.push(value);
    else if (name === "includes" || name === "excludes") filter[name] = list = [];
    else if (name === "type" || name === "pattern") filter[name] = value;
    else if (name !== "configuration") throw new Error(`not understood: ${line}`);
  }
  return filters as readonly FieldFilter[];
}
