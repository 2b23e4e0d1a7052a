/** Every count that the indexes of the shared corpus name, under the files' own names and under one that says nothing. */
import { statSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { MemberInfo } from "../../workers/contract.ts";
import { corpusFile, COUNTED, type Expected, expectedOf, radiantoneMapping } from "./expected.ts";
import { type ImportOptions, Imported } from "./imported.ts";

/** An encrypted 7z archive is listed and refused with that reason: no reader of it has a licence that fits. */
const REFUSED = "containers/bundle-encrypted-headers.7z";

/** The index leaves open whether the members of a zip without its directory are read: here they are. */
const SALVAGED = "containers/truncated.zip";

/** What a person has to say, because the file does not. */
const ANSWERS: Readonly<Record<string, ImportOptions["answer"]>> = {
  "containers/rfc3164.log": { year: 2025, zone: "UTC" },
  ...radiantoneAnswers(),
};

for (const system of COUNTED) {
  describe(system, () => {
    const files = expectedOf(system);
    if (files === undefined) {
      it.skip("needs ../shared");
      return;
    }
    for (const file of files) {
      const name = `${system}/${file.path}`;
      if (name === SALVAGED) it(`${name} gives what is there, and the reason`, () => isSalvaged(system, file));
      else if (name === REFUSED) it(`${name} is refused with the reason`, () => isRefused(system, file));
      else it(name, () => agrees(system, file));
    }
  });
}

async function agrees(system: string, file: Expected): Promise<void> {
  const path = corpusFile(system, file.path);
  const options = { password: file.password, ...answered(`${system}/${file.path}`) };
  const [named, nameless] = await Imported.under([basename(path), "evidence"], path, options);
  if (named === undefined || nameless === undefined) throw new Error("nothing was imported");
  compare(named, file, statSync(path).size);
  expect(factsOf(nameless)).toEqual(factsOf(named));
}

function answered(name: string): Pick<ImportOptions, "answer"> {
  const answer = ANSWERS[name];
  return answer === undefined ? {} : { answer };
}

function compare(imported: Imported, file: Expected, size: number): void {
  const { entries, rejects, ignored, undated, min, max } = file;
  if (entries === null) openEnded(imported);
  else expect(imported.sum("entries"), "entries").toBe(entries);
  if (isOpen(file)) expect(imported.reach[1], "last").toBe(max);
  else if (entries !== null) expect(imported.reach).toEqual([min, max]);
  expect({ rejects: imported.sum("rejects"), ignored: imported.sum("ignored") }).toEqual({ rejects, ignored });
  if (typeof undated === "number") expect(imported.sum("undated"), "undated").toBe(undated);
  if (file.records !== undefined) expect(imported.sum("records"), "records").toBe(file.records);
  const repeats = file.duplicates ?? file.duplicateIds;
  if (repeats !== undefined) expect(imported.sum("duplicates"), "duplicates").toBe(repeats);
  if (file.members !== undefined) expect(memberCounts(imported, file)).toEqual(file.members);
  for (const member of imported.source.members) expectWhole(member);
  if (imported.source.container === "plain") expect(imported.source.members[0]?.ledger.total).toBe(size);
}

/** The index leaves open how many of the lines without a stamp belong together. */
function openEnded(imported: Imported): void {
  expect(imported.sum("entries")).toBeGreaterThanOrEqual(41);
  expect(imported.sum("entries")).toBeLessThanOrEqual(50);
}

/** The index leaves open whether an unreadable time makes the entry undated, and so when the first one was. */
function isOpen({ undated }: Expected): boolean {
  return undated === null;
}

function memberCounts(imported: Imported, file: Expected): NonNullable<Expected["members"]> {
  return (file.members ?? []).map(({ path }) => {
    // A compressed file of an archive is a container of one member.
    const found = imported.source.members.find((member) => member.path === path || member.path.startsWith(`${path}!`));
    return { path, entries: found?.entries ?? -1, rejects: found?.rejects ?? -1 };
  });
}

function expectWhole({ path, state, ledger }: MemberInfo): void {
  if (state === "refused") return;
  const accounted = ledger.entries + ledger.rejects + ledger.ignored + ledger.blank;
  const isCut = state === "failed";
  expect(isCut ? accounted <= ledger.total : accounted === ledger.total, `ledger of ${path}`).toBe(true);
}

function factsOf(imported: Imported): unknown {
  return imported.logs.map(
    ({ format, carrier, records, entries, rejects, ignored, undated, duplicates, first, last }) => ({
      format,
      carrier,
      records,
      entries,
      rejects,
      ignored,
      undated,
      duplicates,
      first,
      last,
    }),
  );
}

/** The directory is the only thing that says what is whole: the first member is, the one that the archive ends in is not. */
async function isSalvaged(system: string, file: Expected): Promise<void> {
  const { source } = await Imported.from(corpusFile(system, file.path));
  expect(source.problems.map(({ code }) => code)).toContain("container.truncated");
  expect(source.members.map(({ path, state, entries }) => [path, state, entries])).toEqual([
    ["logs/air.json", "ready", 20],
    ["logs/audit.log", "failed", 4],
  ]);
}

async function isRefused(system: string, file: Expected): Promise<void> {
  const imported = await Imported.from(corpusFile(system, file.path));
  expect(imported.sum("entries")).toBe(0);
  const problems = [...imported.source.problems, ...imported.source.members.flatMap(({ problem }) => problem ?? [])];
  expect(problems.map(({ code }) => code)).toContain("container.unsupported");
  expect(problems.some(({ message }) => /encrypted/.test(message))).toBe(true);
}

function radiantoneAnswers(): Record<string, ImportOptions["answer"]> {
  const mapping = radiantoneMapping();
  return mapping === undefined ? {} : { "radiantone/source-fileaccess.csv": { mapping } };
}
