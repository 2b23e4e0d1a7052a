import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FLAG, MATCH_ROLES, MATCH_STATES, type RuledEntity } from "../../workers/contract.ts";
import { folded } from "../../workers/base/identity-pair.ts";
import type { CaseColumns } from "../../workers/query/columns.ts";
import { facets } from "../../workers/query/facets.ts";
import { IdentityMatches, type PairMatch } from "../../workers/query/identities.ts";
import { rowPage } from "../../workers/query/rows.ts";
import { pairsToMatch, roleReport, worklistPage } from "../../workers/query/worklist.ts";
import { type FakeOptions, type FakeRow, fakeColumns } from "../support/fake-columns.ts";
import { ask, faultFrom, go } from "./ask.ts";

function found(entity: RuledEntity, name: string, parent: string, changes: Partial<PairMatch> = {}): PairMatch {
  const own = { rule: 1, kind: "account", shown: "", person: "", status: "", candidates: ["one"] } as const;
  return { ...own, entity, name: folded(name), parent: folded(parent), ...changes };
}

function matched(
  rows: readonly FakeRow[],
  entities: readonly RuledEntity[],
  matches: readonly PairMatch[],
  options: FakeOptions = {},
): CaseColumns {
  return { ...fakeColumns(rows, options), identities: new IdentityMatches(entities, matches) };
}

const ROWS: readonly FakeRow[] = [
  { fields: { actor: "eva", domain: "ACME", person: "P-77" } },
  { fields: { actor: "EVA ", domain: "acme", "target.type": "account", target: "tom", "target.parent": "ACME" } },
  { fields: { actor: "S-1", domain: "ACME", "target.type": "spaceship", target: "apollo" } },
  { fields: { actor: "tom", domain: "ACME", "target.type": "group", target: "staff" } },
  { fields: { actor: "stranger" } },
  { fields: { domain: "ACME" } },
  { fields: { actor: " ", domain: "ACME" } },
  { fields: { actor: "Stranger", person: "Eva Mendel (P1)" } },
];
const EVA = { shown: "Eva M.", person: "Eva Mendel (P1)" };
const MATCHES = [
  found("actor", "eva", "ACME", EVA),
  found("actor", "S-1", "ACME", { rule: 2, person: "Eva Mendel (P1)", status: "disabled" }),
  found("actor", "tom", "ACME", { candidates: ["one", "other"] }),
  found("undetermined", "apollo", "", { rule: 5, kind: "application", shown: "Apollo" }),
];
const COLUMNS = matched(ROWS, ["actor", "account", "undetermined"], MATCHES);
const cells = (name: string) =>
  rowPage(
    COLUMNS,
    Uint32Array.from(ROWS, (_, entry) => entry),
    0,
    ROWS.length,
    [name],
  ).cells[0];

describe("what was matched", () => {
  test.each([
    ["actor.match:matched", [0, 1, 2]],
    ["actor.match:ambiguous", [3]],
    ["actor.match:unmatched", [4, 7]],
    ["actor.match:empty", [5, 6]],
    ["target.match:matched", [2]],
    ["target.match:unmatched", [1]],
    ["target.match:no-rule", [3]],
    ["target.match:empty", [0, 4, 5, 6, 7]],
    ["actor.rule='rule 2'", [2]],
    ["actor.identity:eva", [0, 1]],
    // Without a result of the display method the recorded name is shown.
    ["actor.identity=S-1", [2]],
    ["target.kind:application", [2]],
    ["actor.status:disabled", [2]],
    // All identities of one person: those the ledger knows, and whom the log names.
    ['person:"Eva Mendel"', [0, 1, 2, 7]],
    ["person:P-77", [0]],
    ["person='Eva Mendel (P1)'", [0, 1, 2, 7]],
    ["missing:person", [3, 4, 5, 6]],
    ["missing:actor.identity", [3, 4, 5, 6, 7]],
    ["assumed:identity", [0, 1, 2]],
    ["missing:assumed", [3, 4, 5, 6, 7]],
  ])("%s", async (text, expected) => expect((await ask(COLUMNS, text)).toSorted((a, b) => a - b)).toEqual(expected));

  test("stands beside what was recorded", () => {
    expect(cells("person")).toEqual(["P-77", "", "", "", "", "", "", "Eva Mendel (P1)"]);
    expect(cells("actor")).toEqual(["eva", "EVA ", "S-1", "tom", "stranger", "", " ", "Stranger"]);
    expect(cells("actor.identity")).toEqual(["Eva M.", "Eva M.", "S-1", "", "", "", "", ""]);
    expect(cells("actor.rule")).toEqual(["rule 1", "rule 1", "rule 2", "rule 1", "", "", "", ""]);
  });

  test("a state that there is none of is a fault with the nearest", () => {
    return expect(ask(COLUMNS, "actor.match:unmatchd")).rejects.toThrow("unmatchd");
  });

  test("facets of the person count what the condition finds", async () => {
    const ids = Uint32Array.from(ROWS, (_, entry) => entry);
    const [facet] = await facets({ columns: COLUMNS, ids, checkpoint: go, limit: 10 }, ["person"], "");
    expect(facet).toEqual({
      field: "person",
      values: [
        { value: "Eva Mendel (P1)", count: 4 },
        { value: "P-77", count: 1 },
      ],
      distinct: 2,
      missing: 4,
    });
  });

  test("without a ledger there is nothing of it", async () => {
    const plain = fakeColumns(ROWS);
    expect(await ask(plain, "has:actor.match")).toEqual([]);
    expect(await ask(plain, "person:* ")).toEqual([0, 7]);
    expect(roleReport(plain, "actor").distinct["no-rule"]).toBeGreaterThan(0);
  });
});

describe("worklists", () => {
  test("count entries and distinct pairs; spellings of one pair are one", () => {
    expect(roleReport(COLUMNS, "actor")).toEqual({
      role: "actor",
      entries: { matched: 3, ambiguous: 1, unmatched: 2, empty: 2, "no-rule": 0 },
      distinct: { matched: 2, ambiguous: 1, unmatched: 1, empty: 1, "no-rule": 0 },
      byRule: [
        { rule: 1, entries: 3 },
        { rule: 2, entries: 1 },
      ],
    });
    const { rows } = worklistPage(COLUMNS, "actor", "ambiguous", 0, 10);
    expect(rows).toEqual([
      {
        name: "tom",
        parent: "ACME",
        type: "",
        entries: 1,
        query: "actor=tom AND domain=ACME",
        rule: 1,
        candidates: ["one", "other"],
      },
    ]);
  });

  test("a page has at most 500 rows", () => {
    expect(faultFrom(() => worklistPage(COLUMNS, "actor", "matched", 0, 501)).code).toBe("request.invalid");
  });

  test("entries of removed sources are not counted", () => {
    const gone = matched(ROWS, ["actor"], MATCHES, { removed: [{ first: 0, end: 4 }] });
    expect(roleReport(gone, "actor").entries).toEqual({
      matched: 0,
      ambiguous: 0,
      unmatched: 2,
      empty: 2,
      "no-rule": 0,
    });
  });

  test("every pair that a rule is for is looked up once", () => {
    expect(pairsToMatch(COLUMNS, new Set(["actor", "undetermined"]))).toEqual([
      { entity: "actor", name: "eva", parent: "ACME" },
      { entity: "actor", name: "S-1", parent: "ACME" },
      { entity: "actor", name: "tom", parent: "ACME" },
      { entity: "actor", name: "stranger", parent: "" },
      { entity: "undetermined", name: "apollo", parent: "" },
    ]);
  });

  const word = fc.constantFrom(
    "eva",
    "EVA",
    " eva",
    "tom",
    "",
    " ",
    '"',
    "a, b",
    "x\u0000y",
    "\u202e",
    "*",
    "a AND b",
    "'",
  );
  const row = fc.record(
    {
      actor: word,
      domain: word,
      "target.type": fc.constantFrom("account", "GROUP", "ship", ""),
      target: word,
      "target.parent": word,
    },
    { requiredKeys: [] },
  );

  test.each([[[]], [["actor", "target"]]])(
    "each pair's query finds its entries, with %j told apart by hash",
    async (hashed) => {
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (some) => {
          const rows = some.map((fields): FakeRow => ({ fields, flags: FLAG.duplicate }));
          const matches = [
            found("actor", "eva", "tom"),
            found("actor", "tom", "", { candidates: ["a", "b"] }),
            found("account", "eva", ""),
          ];
          const columns = matched(rows, ["actor", "account", "undetermined"], matches, { hashed });
          for (const role of MATCH_ROLES) {
            const report = roleReport(columns, role);
            let all = 0;
            for (const state of MATCH_STATES) {
              const page = worklistPage(columns, role, state, 0, 500);
              expect(page.total).toBe(report.distinct[state]);
              let sum = 0;
              for (const pair of page.rows) {
                sum += pair.entries;
                expect(await ask(columns, pair.query), pair.query).toHaveLength(pair.entries);
              }
              expect(sum).toBe(report.entries[state]);
              expect(await ask(columns, `${role}.match=${state}`)).toHaveLength(sum);
              all += sum;
            }
            expect(all).toBe(rows.length);
          }
        }),
        { numRuns: 60 },
      );
    },
  );
});
