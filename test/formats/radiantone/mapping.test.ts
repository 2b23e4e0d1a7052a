/** The engine of the two definition files: what each placeholder gives, and what is refused or warned of, by line and column. */
import { describe, expect, test } from "vitest";
import type { MappingFinding } from "../../../workers/contract.ts";
import { readDefinitions } from "../../../workers/formats/radiantone/definitions.ts";
import { parseTemplate } from "../../../workers/formats/radiantone/template.ts";
import { detect, resolveChoice } from "../../../workers/import/detect.ts";
import { readContext } from "../../../workers/import/read-context.ts";
import { attributesText, MAPPING_COLUMNS, PROPERTIES_TEXT, SOURCE_TEXT } from "../../support/mapping.ts";
import { entriesOf, type ReadEntry, readMember } from "../../support/read-member.ts";

type Change = Parameters<typeof attributesText>[0];

function read(change: Change = {}, source = SOURCE_TEXT, properties = PROPERTIES_TEXT): readonly ReadEntry[] {
  const mapping = { properties, attributes: attributesText(change) };
  const bytes = Buffer.from(source);
  const { choice = "", reading } = detect(bytes, true, { asked: { mapping }, modified: undefined });
  const { carrier, format } = resolveChoice(choice);
  expect(format.id).toBe("radiantone");
  return entriesOf(
    readMember(carrier, format, bytes, undefined, readContext("files.csv", undefined, reading), reading),
  );
}

const one = (template: string, at = 0): string | undefined => {
  const ids = ["RD", "WR", "REN", "DEL"];
  return read({ [ids[at] ?? ""]: { log_custom5: template } })[at]?.fields["custom5"]?.[0];
};

describe("placeholders", () => {
  test.each([
    ["{client}", "192.0.2.7"],
    ["{message}", "Read file"],
    ["{category}", "File"],
    ["{subcategory}", "read"],
    ["{param.Offset}", "0"],
    ["{param.Length}", "512"],
    ["{formattedRawData}", "Offset: 0\nLength: 512"],
    ["static text", "static text"],
    ["{message} {file} by {sid}: {param.Length} of {param.Offset}", String.raw`Read file \\fs1\a.txt by eva: 512 of 0`],
    ["{category}{subcategory}", "Fileread"],
    ["a { b", "a { b"],
    ["a } b", "a } b"],
    ["{} {client}", "{} 192.0.2.7"],
    ["{{client}}", "{192.0.2.7}"],
    ["{nothere}x", "x"],
    ["{Message}", undefined],
    ["{CLIENT}", undefined],
    ["{param.offset}", undefined],
    ["{param.}x", "x"],
  ])("%s", (template, text) => expect(one(template)).toBe(text));

  test("names of properties may hold blanks", () => expect(one("{param.New File}", 2)).toBe(String.raw`\\fs1\b.txt`));

  test("a source column called message, category or subcategory is hidden by the event properties", () => {
    const source = SOURCE_TEXT.replace("client", "message");
    expect(read({}, source)[0]?.fields["event"]).toEqual(["Read file"]);
  });

  test("a template is cut into its parts once, text included", () => {
    expect(parseTemplate("a{b}{param.c}{formattedRawData}").map(({ kind }) => kind)).toEqual([
      "text",
      "column",
      "property",
      "all properties",
    ]);
  });
});

describe("pipe-separated properties", () => {
  const withValues = (values: string): string => SOURCE_TEXT.replace("0|512", values);

  test("fewer values than names are empty", () => {
    const [entry] = read({ RD: { log_custom5: "{param.Length}x" } }, withValues("7"));
    expect(entry?.fields["custom5"]).toEqual(["x"]);
    expect(entry?.fields["custom1"]).toEqual(["Offset: 7\nLength: "]);
  });

  test("more values than names are kept in the data by their place", () => {
    const [entry] = read({}, withValues("1|2|three||five"));
    expect(JSON.parse(entry?.fields["data"]?.[0] ?? "")).toMatchObject({ property_3: "three", property_5: "five" });
  });

  test("names may be given beyond the second column", () => {
    const properties = PROPERTIES_TEXT.replace(";1;2", ";1;2;3").replace("Offset;Length", "Offset;Length;Depth");
    const wide = properties.replace(/^(WR|REN|DEL)(.*)$/gm, "$1$2;").replaceAll("\r;", ";\r");
    const [entry] = read({ RD: { log_custom5: "{param.Depth}" } }, withValues("1|2|3"), wide);
    expect(entry?.fields["custom5"]).toEqual(["3"]);
  });
});

describe("fields", () => {
  test("all four events become what the example says", () => {
    const rows = read().map(({ fields }) => [fields["code"], fields["action"], fields["label"], fields["category"]]);
    expect(rows.flat(2)).toEqual([
      ...["DOC-RD", "read", String.raw`Read file \\fs1\a.txt`, "File - read"],
      ...["DOC-WR", "write", String.raw`Write file \\fs1\a.txt`, "File - write"],
      ...["DOC-REN", "rename", String.raw`Rename file \\fs1\a.txt to \\fs1\b.txt`, "File - rename"],
      ...["DOC-DEL", "delete", String.raw`Delete file \\fs1\b.txt`, "File - delete"],
    ]);
  });

  test("both spellings of the display label: the mapping says whatdisplayname, a target table whatdisplaylabel", () => {
    expect(MAPPING_COLUMNS).toContain("log_whatdisplayname");
    const header = "datasource,whologin,whateventcode,whataction,date";
    for (const spelling of ["whatdisplaylabel", "whatdisplayname"]) {
      const bytes = Buffer.from(`${header},${spelling}\nfs1,eva,DOC-RD,read,20260103080000,Read it\n`);
      const { choice = "", reading } = detect(bytes, true);
      const { carrier, format } = resolveChoice(choice);
      const [entry] = entriesOf(readMember(carrier, format, bytes, undefined, undefined, reading));
      expect(format.id).toBe("radiantone");
      expect(entry?.fields["label"]).toEqual(["Read it"]);
    }
  });

  test.each([
    ["20260103080000", Date.UTC(2026, 0, 3, 8), "zoneAssumed"],
    ["20260103080000Z", Date.UTC(2026, 0, 3, 8), undefined],
    ["20260103080000+0200", Date.UTC(2026, 0, 3, 6), undefined],
    ["20260103080000.25Z", Date.UTC(2026, 0, 3, 8) + 250, undefined],
    ["20260103", Date.UTC(2026, 0, 3), "zoneAssumed"],
    ["20261303080000", undefined, "timeUnusable"],
  ])("the date %s", (text, ms, flag) => {
    const [entry] = read({}, SOURCE_TEXT.replace("20260103080000", text));
    expect(entry?.at).toBe(ms === undefined ? undefined : ms * 1000);
    for (const name of ["zoneAssumed", "timeUnusable"] as const)
      expect(entry?.flags.includes(name), name).toBe(name === flag);
  });

  test("an event without a row keeps all its columns, and is flagged", () => {
    const [entry] = read({}, SOURCE_TEXT.replace(",RD,", ",XYZ,"));
    expect(entry?.flags).toContain("unmapped");
    expect(JSON.parse(entry?.fields["data"]?.[0] ?? "")).toMatchObject({ type: "XYZ", sid: "eva" });
  });

  test.each(["{properties}", "0", "-1", ""])("a count of %s is 1, and is flagged", (log_whatcount) => {
    const [entry] = read({ RD: { log_whatcount } });
    expect(entry?.fields["count"]).toEqual(["1"]);
    expect(entry?.flags).toContain("valueUnfit");
  });
});

describe("what is wrong is named by line and column", () => {
  const lint = (attributes: string, properties = PROPERTIES_TEXT): readonly MappingFinding[] =>
    readDefinitions({ properties, attributes }).findings;
  const told = (findings: readonly MappingFinding[]): readonly string[] =>
    findings.map(({ file, line, column, severity, text }) => `${severity} ${file}:${line}:${column} ${text}`);

  test("nothing in the example", () => expect(lint(attributesText())).toEqual([]));

  test("a missing mandatory column refuses both files", () => {
    const columns = MAPPING_COLUMNS.filter((column) => column !== "log_family");
    const texts = { properties: PROPERTIES_TEXT, attributes: attributesText({}, columns) };
    const { definitions, findings } = readDefinitions(texts);
    expect(definitions).toBeUndefined();
    expect(told(findings)).toEqual([
      `error eventmapping.csv:1:${columns.slice(0, -1).join(";").length + 2} column log_family is missing`,
    ]);
  });

  test("wrong case", () => {
    const columns = MAPPING_COLUMNS.map((column) => (column === "log_date" ? "log_Date" : column));
    const at = columns.slice(0, columns.indexOf("log_Date")).join(";").length + 2;
    expect(told(lint(attributesText({}, columns)))).toEqual([
      `error eventmapping.csv:1:${at} column log_Date must be written log_date: names are case sensitive`,
    ]);
  });

  test("duplicate codes: one fixed code with two labels, and an id that stands twice", () => {
    const same = { log_whateventcode: "DOC-1", log_family: "File Access" };
    const change = {
      RD: { ...same, log_whateventcodelabel: "Read" },
      WR: { ...same, log_whateventcodelabel: "Write" },
    };
    const [found, ...more] = lint(attributesText(change));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      severity: "error",
      line: 3,
      row: 2,
      cell: MAPPING_COLUMNS.indexOf("log_whateventcode"),
    });
    const twice = lint(attributesText({ WR: { eventid: "RD" } }));
    expect(twice.find(({ severity }) => severity === "error")).toMatchObject({ line: 3, column: 1 });
    expect(twice.find(({ severity }) => severity === "error")?.text).toBe("event id RD stands twice");
  });

  test.each([
    ["a { b", 2, "a brace without its other half"],
    ["x {Message}", 2, "{message} is written with other capitals"],
    ["xyz {param.Nothing}", 4, "{param.Nothing} is no property of this event"],
  ])("unknown braces: %s, at the brace itself", (log_custom9, offset, text) => {
    const attributes = attributesText({ RD: { log_custom9 } });
    const line = attributes.split("\r\n")[1] ?? "";
    const [found] = lint(attributes);
    expect(found).toMatchObject({ severity: "warning", line: 2, column: line.indexOf(log_custom9) + offset + 1 });
    expect(found?.text).toContain(text);
  });

  test("another separator, and which", () => {
    const comma = attributesText().replaceAll(";", ",");
    expect(told(lint(comma))).toContain(
      "error eventmapping.csv:1:1 wrong separator: columns are separated by semicolons; a comma was found in its place",
    );
  });

  test("an empty mandatory field is a warning", () => {
    expect(told(lint(attributesText({ DEL: { log_whologin: "" } })))).toEqual([
      expect.stringMatching(/^warning eventmapping\.csv:5:\d+ log_whologin is mandatory and empty$/),
    ]);
  });
});
