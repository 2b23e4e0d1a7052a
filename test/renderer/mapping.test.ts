import { describe, expect, test } from "vitest";
import {
  CANONICAL,
  type GrantId,
  MANDATORY_COLUMNS,
  type MappingEdit,
  type MemberVerdict,
} from "../../workers/contract.ts";
import { MAPPING_COLUMNS } from "../../workers/formats/radiantone/definition-columns.ts";
import { draftOf, editedTexts } from "../../workers/formats/radiantone/edit.ts";
import * as draft from "../../renderer/views/mapping/draft-state.ts";
import { mappedChoice } from "../../renderer/views/mapping/mapped-choice.ts";
import { FIELD_GROUPS } from "../../renderer/views/mapping/mapping-fields.ts";
import { EMPTY_PLAN, requestOf, withAnswer, withMapping, withSkip } from "../../renderer/views/import/import-plan.ts";
import { attributesText, PROPERTIES_TEXT } from "../support/mapping.ts";
import { fakeInspect } from "./fake-import.ts";

const TEXTS = { properties: PROPERTIES_TEXT, attributes: attributesText() };
const cell = (row: number, at: number, value: string): MappingEdit => ({
  kind: "cell",
  file: "eventmapping.csv",
  row,
  cell: at,
  value,
});

test("the form has every column of a mapping once, and marks those that the vendor calls mandatory", () => {
  const fields = FIELD_GROUPS.flatMap((group) => group.fields);
  expect(["eventid", ...fields.map(({ column }) => column)].toSorted()).toEqual(MAPPING_COLUMNS.toSorted());
  expect(MANDATORY_COLUMNS.filter((name) => !MAPPING_COLUMNS.includes(name))).toEqual([]);
  const names = fields.flatMap(({ name }) => name ?? []);
  expect(names.toSorted()).toEqual(["time", ...CANONICAL.filter((name) => name !== "level")].toSorted());
});

describe("changes to a draft", () => {
  const first = draft.opened(draftOf(TEXTS));

  test("in one cell are one step, whatever is typed", () => {
    let state = draft.withEdit(first, cell(1, 3, "a"));
    state = draft.withEdit(state, cell(1, 3, "ab"));
    expect(state.edits).toHaveLength(1);
    expect(draft.cellText(state, "eventmapping.csv", 1, 3)).toBe("ab");
    state = draft.withEdit(state, cell(1, 4, "c"));
    expect(state.edits).toHaveLength(2);
    state = draft.undo(draft.undo(state));
    expect(draft.cellText(state, "eventmapping.csv", 1, 3)).toBe("{server}");
    expect(draft.undo(state)).toBe(state);
    state = draft.redo(state);
    expect(draft.cellText(state, "eventmapping.csv", 1, 3)).toBe("ab");
    expect(draft.withEdit(state, cell(2, 4, "d")).undone).toEqual([]);
  });

  test("wait for the engine, and show what was typed meanwhile", () => {
    const typed = draft.withEdit(first, cell(1, 3, "new"));
    expect(draft.isAnswered(typed)).toBe(false);
    const answered = { ...typed, draft: draftOf(editedTexts(TEXTS, typed.edits)), answered: typed.edits };
    expect(draft.isAnswered(answered)).toBe(true);
    expect(draft.cellText(answered, "eventmapping.csv", 1, 3)).toBe("new");
    const undone = draft.undo(answered);
    expect(draft.cellText(undone, "eventmapping.csv", 1, 3)).toBe("new");
    expect(draft.isAnswered(undone)).toBe(false);
  });

  test("events stand in the order of the mapping, those without a row of it behind", () => {
    const { draft: now } = first;
    expect(draft.eventsOf(now).map(({ id }) => id)).toEqual(["RD", "WR", "REN", "DEL"]);
    const extra = draftOf({ ...TEXTS, properties: `${PROPERTIES_TEXT}NEW;New;;;;\r\n` });
    expect(draft.eventsOf(extra).at(-1)).toEqual({
      id: "NEW",
      properties: 5,
      attributes: undefined,
      surplus: undefined,
    });
    const [finding] = draft.findingsBy(extra.findings)(
      draft.eventsOf(extra)[4] ?? { id: "", properties: 0, attributes: 0, surplus: undefined },
    );
    expect(finding?.text).toBe("event id NEW has no mapping");
    expect(draft.countWords(extra.findings)).toBe("1 warning");
  });
});

describe("rows of one id", () => {
  const again = draftOf({
    properties: `${PROPERTIES_TEXT}REN;Again;;;;\r\n;No id;;;;\r\n`,
    attributes: TEXTS.attributes,
  });

  test("are all listed, so that each finding has a place, and the surplus ones can be taken out", () => {
    const events = draft.eventsOf(again);
    const file = "eventproperties.csv";
    expect(events.slice(4)).toEqual([
      { id: "REN", properties: 5, attributes: undefined, surplus: { file, row: 5 } },
      { id: "", properties: 6, attributes: undefined, surplus: { file, row: 6 } },
    ]);
    expect(events.slice(0, 4).every(({ surplus }) => surplus === undefined)).toBe(true);
    const errors = again.findings.filter(({ severity }) => severity === "error");
    expect(errors.length).toBeGreaterThan(1);
    for (const { row } of errors) expect(events.some(({ properties }) => properties === row)).toBe(true);
  });

  test("are chosen by themselves; what was added is chosen when it is there, wherever it stands", () => {
    const events = draft.eventsOf(again);
    expect(draft.placeOf(events, { at: 0, event: events[4] })).toBe(4);
    expect(draft.placeOf(events, { at: 2, event: events[2] })).toBe(2);
    const added = { id: "NEW", properties: undefined, attributes: undefined };
    expect(draft.placeOf(events, { at: 3, event: added })).toBe(3);
    const edits: readonly MappingEdit[] = [{ kind: "add", id: "NEW" }];
    const after = draft.eventsOf(draftOf(editedTexts(again.texts, edits)));
    expect(after[draft.placeOf(after, { at: 3, event: added })]?.id).toBe("NEW");
    expect(draft.placeOf(after, { at: 3, event: added })).toBeLessThan(after.length - 1);
    expect(draft.placeOf([], { at: 3, event: added })).toBe(-1);
  });
});

describe("a mapping in the import dialog", () => {
  const items = fakeInspect(["a"] as unknown as readonly GrantId[]);
  const [item] = items;
  const member = item?.members[0];
  if (item === undefined || member === undefined) throw new Error("one item was asked for");

  test("goes with the format that reads through it, and out again", () => {
    const mapping = { properties: "p", attributes: "a" };
    const plan = withMapping(EMPTY_PLAN, item, member, "csv+radiantone", mapping);
    expect(requestOf(plan, items).items[0]).toMatchObject({
      choices: { [member.path]: "csv+radiantone" },
      answers: { [member.path]: { mapping } },
    });
    const without = withMapping(plan, item, member, member.choice, undefined);
    expect(requestOf(without, items)).toEqual(requestOf(EMPTY_PLAN, items));
  });

  test("is taken back to what was found, and nothing else that was said", () => {
    const mapping = { properties: "p", attributes: "a" };
    const said = withAnswer(EMPTY_PLAN, item, member.path, { encoding: "windows-1252" });
    const plan = withMapping(said, item, member, "csv+radiantone", mapping);
    const { choices, answers } = withMapping(plan, item, member, member.choice, undefined);
    expect(choices[item.grant]).toEqual({});
    expect(answers[item.grant]?.[member.path]).toEqual({ encoding: "windows-1252" });
  });

  test("what lies beside logs is named with them, unless it is left out", () => {
    const aside: MemberVerdict = {
      ...member,
      path: "investigate.yml",
      verdict: "binary",
      choice: undefined,
      choices: [],
    };
    const beside = { ...item, grant: "b" as GrantId, name: "investigate.yml", members: [aside] };
    expect(requestOf(EMPTY_PLAN, [item, beside])).toMatchObject({ items: [{ grant: "a" }], beside: ["b"] });
    expect(requestOf(withSkip(EMPTY_PLAN, beside, aside.path, true), [item, beside])).not.toHaveProperty("beside");
  });

  test("is read as its member is carried now", () => {
    const choices = ["csv+radiantone", "json-lines+radiantone"].map((choice) => ({
      choice,
      title: choice,
      format: choice.split("+")[1] as string,
      carrier: choice.split("+")[0] as string,
    }));
    const as = (parts: Partial<MemberVerdict>) => mappedChoice({ ...member, verdict: "likely", choices, ...parts });
    expect(as({ choice: "json-lines+generic-json" })).toBe("json-lines+radiantone");
    expect(as({ choice: "lines+text-lines" })).toBe("csv+radiantone");
    expect(as({ choice: "csv+generic-json", choices: [] })).toBeUndefined();
    expect(as({ choice: "csv+generic-json", verdict: "refused" })).toBeUndefined();
  });
});
