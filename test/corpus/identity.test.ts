/** The ledger sample of the shared corpus gives the matches that its index expects. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { IdentityInfo, MatchCounts, MatchRole, ReadingAnswer } from "../../workers/contract.ts";
import { Harness, query, value } from "../engine/harness.ts";
import { sharedPath } from "../support/shared.ts";
import { corpusFile, radiantoneMapping } from "./expected.ts";

interface ExpectedRole {
  readonly entries: Readonly<Record<string, number>>;
  readonly distinct: Readonly<Record<string, number>>;
  readonly entriesByRule: Readonly<Record<string, number>>;
}
interface ExpectedFile {
  readonly path: string;
  readonly entriesInFile: number;
  readonly actor: ExpectedRole;
  readonly target?: ExpectedRole;
}

const folder = sharedPath("corpus", "radiantone");

function expectedFiles(): readonly ExpectedFile[] {
  const text = readFileSync(corpusFile("radiantone", "ledger/expected.json"), "utf8");
  return (JSON.parse(text) as { files: readonly ExpectedFile[] }).files;
}

async function matched(file: string, mapping: ReadingAnswer["mapping"]): Promise<{ h: Harness; info: IdentityInfo }> {
  const h = new Harness();
  await h.newCase();
  const grant = h.grant(file);
  const answers = mapping === undefined ? {} : { [file.split("/").at(-1) ?? ""]: { mapping } };
  await h.finished(value(await h.api.startImport({ items: [{ grant, choices: {}, skip: [], answers }] })));
  value(await h.api.addLedgerTables([{ grant: h.grant(corpusFile("radiantone", "ledger")) }]));
  const policy = h.grant(corpusFile("radiantone", "ledger/policy.json"));
  return { h, info: value(await h.api.setIdentityPolicy(policy)) };
}

function counted(info: IdentityInfo, role: MatchRole): ExpectedRole {
  const report = info.roles.find((each) => each.role === role);
  const named = ({ "no-rule": noRule, ...rest }: MatchCounts): Record<string, number> => ({ ...rest, noRule });
  if (report === undefined) throw new Error(`nothing is told of ${role}`);
  return {
    entries: named(report.entries),
    distinct: named(report.distinct),
    entriesByRule: Object.fromEntries(report.byRule.map(({ rule, entries }) => [`rule ${rule}`, entries])),
  };
}

describe.skipIf(folder === undefined)("the identity ledger of the corpus", () => {
  it("finds what is expected of target-fields.csv", async () => {
    const expected = expectedFiles().find(({ path }) => path.endsWith("target-fields.csv"));
    const { h, info } = await matched(join(folder ?? "", "target-fields.csv"), undefined);
    expect(counted(info, "actor")).toEqual(expected?.actor);
    expect(counted(info, "target")).toEqual(expected?.target);

    const first = async (text: string, ...names: readonly string[]) => {
      const result = value(await h.api.open(query(text)));
      const page = value(await h.api.rows(result.id, 0, 1, names));
      return page.cells.map(([cell]) => cell);
    };
    expect(await first("ref:900002", "actor", "person", "actor.identity", "actor.rule")).toEqual([
      "jdoe2",
      "",
      "Mona Doe (JDoe2)",
      "rule 1",
    ]);
    expect(await first("ref:900005", "target.type", "target.kind", "target.rule")).toEqual([
      "spaceship",
      "application",
      "rule 5",
    ]);
    const ambiguous = value(await h.api.worklist("actor", "ambiguous", 0, 10));
    expect(ambiguous.rows.map(({ name, entries, candidates }) => [name, entries, candidates.length])).toEqual([
      ["jdoe6", 10, 2],
    ]);
    const unmatched = value(await h.api.worklist("actor", "unmatched", 0, 10));
    expect(unmatched.rows.map(({ name }) => name)).toContain("jdoe7");
    expect(h.bugs).toEqual([]);
  });

  it("finds what is expected of source-fileaccess.csv, read through its mapping", async () => {
    const expected = expectedFiles().find(({ path }) => path.endsWith("source-fileaccess.csv"));
    const { h, info } = await matched(join(folder ?? "", "source-fileaccess.csv"), radiantoneMapping());
    expect(counted(info, "actor")).toEqual(expected?.actor);
    const result = value(await h.api.open(query('actor="S-1-5-21-1-2-3-1100"')));
    const page = value(await h.api.rows(result.id, 0, 1, ["actor", "actor.identity", "actor.person"]));
    expect(page.cells.map(([cell]) => cell)).toEqual(["S-1-5-21-1-2-3-1100", "Filer 0", "Ines Doe (HR000)"]);
    expect(value(await h.api.open(query('person:"Ines Doe"'))).matched).toBe(result.matched);
  });
});
