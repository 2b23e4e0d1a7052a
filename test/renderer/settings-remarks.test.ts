import { describe, expect, test } from "vitest";
import type { DetailField, EntryDetail, SirenSettings } from "../../workers/contract.ts";
import { settingsRemarks } from "../../renderer/views/detail/settings-remarks.ts";
import { fakeDetail } from "./fake-detail.ts";
import { fakeRows } from "./fake-rows.ts";

const [row] = fakeRows(1);
if (row === undefined) throw new Error("one row was asked for");
const base = fakeDetail(row);

function entry(values: Readonly<Record<string, string>>): EntryDetail {
  const fields = Object.entries(values).map(
    ([name, value]): DetailField => ({
      group: "what",
      name,
      values: [value],
      origin: { kind: "record", text: "record" },
      mark: undefined,
      masked: false,
    }),
  );
  return { ...base, fields };
}
const SETTINGS: SirenSettings = {
  origin: "investigate.yml",
  modified: undefined,
  says: [],
  bodyTypes: ["dashboard"],
  responseBodies: true,
  filters: [{ kind: "hit", pattern: "payroll", says: "all fields left out by configuration" }],
  exportBatch: 100,
};
const said = (values: Readonly<Record<string, string>>, settings: Partial<SirenSettings> = {}): readonly string[] =>
  settingsRemarks({ ...SETTINGS, ...settings }, entry(values));

describe("what settings say of an entry", () => {
  test("a type that they do not log means that they were changed", () => {
    expect(said({ category: "auth" }, { loggedTypes: ["ui"] })).toEqual([
      "Entries of type auth are not logged by these settings: they must have been changed.",
    ]);
    expect(said({ category: "ui" }, { loggedTypes: ["ui"] })).toEqual([]);
    expect(said({ category: "llmPrompt" })).toEqual([]);
  });

  test("an answer without hits is explained where bodies are not logged", () => {
    expect(said({ category: "search" }, { responseBodies: false })[0]).toContain(
      "does not mean that nothing was found",
    );
    expect(said({ category: "ui" }, { responseBodies: false })).toEqual([]);
  });

  test("a filter is told where it concerns the index, of its kind of data only", () => {
    const filtered = ["Index pattern payroll: all fields left out by configuration."];
    expect(said({ category: "search", target: "payroll" })).toEqual(filtered);
    expect(said({ category: "search", target: "p*", data: '{"hits":[{"_index":"payroll"}]}' })).toEqual(filtered);
    expect(said({ category: "search", target: "company" })).toEqual([]);
    expect(said({ category: "dataExport", target: "payroll" })).toEqual([]);
  });

  test("bodies before and after are missing by configuration, but for the types that have them", () => {
    expect(said({ category: "savedObject", custom2: "graph" })).toHaveLength(1);
    expect(said({ category: "savedObject", custom2: "dashboard" })).toEqual([]);
    expect(said({ category: "savedObject", custom2: "graph", old: "{}" })).toEqual([]);
  });

  test("another instance is not what they speak of", () => {
    expect(said({ category: "ui", datasource: "green" }, { instanceName: "blue" })[0]).toContain("came from elsewhere");
    expect(said({ category: "ui", datasource: "blue" }, { instanceName: "blue" })).toEqual([]);
  });
});
