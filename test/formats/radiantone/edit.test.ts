/** The definition files are written back as they were, but for what was changed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MappingEdit } from "../../../workers/contract.ts";
import { parseDefinition, printDefinition } from "../../../workers/formats/radiantone/definition-file.ts";
import { readDefinitions } from "../../../workers/formats/radiantone/definitions.ts";
import { draftOf, editedTexts } from "../../../workers/formats/radiantone/edit.ts";
import { attributesText, MAPPING_COLUMNS, PROPERTIES_TEXT } from "../../support/mapping.ts";

const TEXTS = { properties: `\ufeff${PROPERTIES_TEXT}`, attributes: attributesText() };
const edited = (...edits: readonly MappingEdit[]) => editedTexts(TEXTS, edits);
const changedLines = (before: string, after: string): readonly number[] => {
  const [old, next] = [before.split("\r\n"), after.split("\r\n")];
  expect(next.length).toBe(old.length);
  return old.flatMap((line, at) => (line === next[at] ? [] : [at + 1]));
};
const label = MAPPING_COLUMNS.indexOf("log_whatdisplayname");

const piece = fc.oneof(
  fc.constantFrom(
    ";",
    '"',
    '""',
    "\r\n",
    "\n",
    "\r",
    "\ufeff",
    "{",
    "}",
    "{param.",
    "eventid",
    "RD",
    "log_date",
    ",",
    "a",
  ),
  fc.string({ maxLength: 4 }),
);
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
/** Definitions in which one stretch was overwritten. */
const damaged = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(40), anyText)
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));

describe("any text", () => {
  test("is printed as it was read", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printDefinition(parseDefinition(text))).toBe(text);
      }),
    );
  });

  test("is judged without a throw, and never used in part", () => {
    fc.assert(
      fc.property(damaged(TEXTS.properties), damaged(TEXTS.attributes), (properties, attributes) => {
        const { usable, findings } = draftOf({ properties, attributes });
        const { definitions } = readDefinitions({ properties, attributes });
        expect(definitions === undefined).toBe(!usable);
        expect(usable).toBe(findings.every(({ severity }) => severity === "warning"));
        for (const { line, column, row, cell } of findings) {
          expect(Math.min(line, column)).toBeGreaterThan(0);
          expect(Math.min(row, cell)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("of a cell comes back as it was typed, and changes no other row", () => {
    fc.assert(
      fc.property(anyText, fc.nat(3), fc.nat(48), (value, row, at) => {
        const edit = { kind: "cell", file: "eventmapping.csv", row: row + 1, cell: at, value } as const;
        const after = draftOf(edited(edit)).attributes.rows;
        const before = draftOf(TEXTS).attributes.rows;
        expect(after[row]?.cells[at]).toBe(value);
        expect(after.filter((_, other) => other !== row).map(({ cells }) => cells)).toEqual(
          before.filter((_, other) => other !== row).map(({ cells }) => cells),
        );
      }),
    );
  });
});

describe("changes", () => {
  test("of one cell leave every other row byte for byte", () => {
    const cell = { kind: "cell", file: "eventmapping.csv", row: 3, cell: label, value: 'to "{file}"; done' } as const;
    const { properties, attributes } = edited(cell);
    expect(properties).toBe(TEXTS.properties);
    expect(changedLines(TEXTS.attributes, attributes)).toEqual([4]);
    expect(attributes).toContain(';"to ""{file}""; done";');
    expect(draftOf({ properties, attributes }).attributes.rows[2]?.cells[label]).toBe('to "{file}"; done');
  });

  test("of a quoted cell keep it quoted, and give back the very bytes when undone", () => {
    const cell = { kind: "cell", file: "eventproperties.csv", row: 3, cell: 1 } as const;
    expect(edited({ ...cell, value: "Renamed" }).properties).toContain('REN;"Renamed";File');
    expect(edited({ ...cell, value: "Renamed" }, { ...cell, value: "Rename file" })).toEqual(TEXTS);
  });

  test("a row is added to both files, copied from another, and removed from both", () => {
    const { properties, attributes } = edited({ kind: "add", id: "CPY", like: "RD" });
    expect(properties.startsWith(TEXTS.properties)).toBe(true);
    expect(attributes.startsWith(TEXTS.attributes)).toBe(true);
    const draft = draftOf({ properties, attributes });
    expect(draft.usable).toBe(true);
    expect(draft.attributes.rows.at(-1)?.cells.slice(0, 4)).toEqual(["CPY", "an event; as people say", "", "{server}"]);
    expect(edited({ kind: "add", id: "CPY", like: "RD" }, { kind: "remove", id: "CPY" })).toEqual(TEXTS);
  });

  test("one row of an id that stands twice is taken out, and no other", () => {
    const texts = { ...TEXTS, properties: `${TEXTS.properties}REN;Again;File;;;\r\n` };
    const row = draftOf(texts).findings.find(({ severity }) => severity === "error")?.row ?? 0;
    expect(row).toBe(5);
    expect(editedTexts(texts, [{ kind: "remove-row", file: "eventproperties.csv", row }])).toEqual(TEXTS);
    expect(editedTexts(TEXTS, [{ kind: "remove-row", file: "eventmapping.csv", row: 0 }])).toEqual(TEXTS);
  });

  test("a row after one without a line end gets one before it", () => {
    const texts = { properties: TEXTS.properties.trimEnd(), attributes: TEXTS.attributes.trimEnd() };
    const { properties } = editedTexts(texts, [{ kind: "add", id: "CPY" }]);
    expect(properties).toBe(`${texts.properties}\r\nCPY;;;;;`);
  });

  test("a header is mended: names in their case, missing columns added to every row", () => {
    const columns = MAPPING_COLUMNS.filter((column) => column !== "log_family");
    const broken = { ...TEXTS, attributes: attributesText({}, columns).replace(";log_date;", ";log_Date;") };
    expect(draftOf(broken).usable).toBe(false);
    const mended = draftOf(editedTexts(broken, [{ kind: "header" }]));
    expect(mended.usable).toBe(true);
    expect(mended.attributes.columns.toSorted()).toEqual(MAPPING_COLUMNS.toSorted());
    expect(mended.findings.map(({ text }) => text)).toEqual(Array(4).fill("log_family is mandatory and empty"));
  });

  test("a numbered column is added to every row", () => {
    const { properties } = edited({ kind: "property" });
    expect(properties.split("\r\n").slice(0, 2)).toEqual([
      "\ufeffeventid;message;category;subcategory;1;2;3",
      "RD;Read file;File;read;Offset;Length;",
    ]);
    expect(draftOf({ ...TEXTS, properties }).findings).toEqual([]);
  });
});
