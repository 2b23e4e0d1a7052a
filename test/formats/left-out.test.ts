import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntrySink } from "../../workers/formats/format.ts";
import { resolveChoice } from "../../workers/import/detect.ts";
import { CONTEXT } from "../support/read-member.ts";
import { utf8Of } from "../support/utf8.ts";

type Said = readonly (readonly unknown[])[];

/** What is written of one line, `data` apart, by a sink that has a use for its text or has not. */
function written(choice: "json-lines+generic-json" | "mongoexport+binalyze-air", line: string, wantsData: boolean) {
  const { carrier, format } = resolveChoice(choice);
  const said: Said[number][] = [];
  let data: string | undefined;
  const note =
    (kind: string) =>
    (...all: readonly unknown[]): void =>
      void said.push([kind, ...all]);
  const sink: EntrySink = {
    time: note("time"),
    text: (field, value, ...more) => (field === "data" ? void (data = value) : note(field)(value, ...more)),
    original: note("original"),
    originalIn: note("originalIn"),
    flag: note("flag"),
    wants: (field) => wantsData || field !== "data",
  };
  const nothing = (): void => undefined;
  const assembler = format.assemble(CONTEXT, {
    entry: (_records, _duplicates, write) => write(sink),
    reject: nothing,
    ignore: nothing,
  });
  const splitter = carrier.split(
    {
      record: (record) => assembler.push(record),
      reject: nothing,
      ignore: nothing,
      blank: nothing,
      note: nothing,
    },
    {},
  );
  splitter.push(utf8Of(line));
  splitter.finish();
  assembler.finish();
  return { said, data };
}

const tokens = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9\u0080-\uffff]+/g) ?? [];
const wrapper = fc.constantFrom({ $oid: "ab" }, { $date: 1588655161468 }, { $numberLong: "7" }, { $undefined: true });
const objects = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom("user", "type", "success", "time", "details")),
  fc.oneof(fc.jsonValue(), fc.string({ unit: "grapheme" }), fc.constantFrom("add", true, "2024-01-01"), wrapper),
);

describe.each(["json-lines+generic-json", "mongoexport+binalyze-air"] as const)("%s", (choice) => {
  test("data is left out only where it is not wanted and the record shows all of its words", () => {
    let leftOut = 0;
    fc.assert(
      fc.property(objects, (object) => {
        const line = JSON.stringify(object);
        const [all, less] = [written(choice, line, true), written(choice, line, false)];
        expect(less.said).toEqual(all.said);
        if (less.data !== undefined) expect(less.data).toBe(all.data);
        else if (all.data !== undefined) {
          leftOut++;
          const shown = new Set(tokens(line));
          expect(tokens(all.data).filter((word) => !shown.has(word))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
    expect(leftOut).toBeGreaterThan(50);
  });

  test.each([String.raw`{"a":"x\u00e9"}`, '{"a":1,"a":2}'])("never of %s", (line) => {
    expect(written(choice, line, false).data).toBe(written(choice, line, true).data);
    expect(written(choice, line, false).data).toBeDefined();
  });
});
