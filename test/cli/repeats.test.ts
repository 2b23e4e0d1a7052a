import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exhibit as runExhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-cli-repeats-"));
const at = (name: string): string => join(folder, name);
const CASE = at("twice.exhibit");
const SEVERAL = { timeout: 240_000 };

/** What a command prints that does what it should. */
async function exhibit(...args: readonly string[]): Promise<string> {
  const { status, out } = await runExhibit(...args);
  expect(status).toBe(0);
  return out;
}

/** Ten logins a second apart. */
const SECONDS = Array.from({ length: 10 }, (_, i) => `2024-11-04T08:00:0${i}`);

beforeAll(async () => {
  const dump = SECONDS.map((second, i) =>
    JSON.stringify({
      _id: `id-${i}`,
      createdAt: `${second}.345Z`,
      type: "user-login",
      performedBy: "eva",
      organizationIds: [1],
    }),
  );
  const rows = SECONDS.slice(4).map((second) => `${second}Z,user-login,eva,console,1`);
  writeFileSync(at("dump.json"), `${dump.join("\n")}\n`);
  writeFileSync(at("console.csv"), `Date,Type,Performed By,Event Source,Organization\n${rows.join("\n")}\n`);
  await exhibit("import", CASE, at("dump.json"), at("console.csv"));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("shows each thing once, and where it is told again", SEVERAL, async () => {
  expect((await exhibit("count", CASE)).trim()).toBe("16");
  expect((await exhibit("count", CASE, "NOT repeat:again")).trim()).toBe("10");
  expect((await exhibit("count", CASE, "missing:repeat")).trim()).toBe("4");
  expect((await exhibit("facet", CASE, "member", "repeat:again")).split("\n")[1]).toMatch(/^6 +console\.csv/);
  const rows = (await exhibit("query", CASE, "repeat:*", "--as", "jsonl", "--fields", "repeat")).trim().split("\n");
  expect(rows.map((row) => (JSON.parse(row) as { repeat: string }).repeat).toSorted()).toEqual([
    ...Array.from({ length: 6 }, () => "again"),
    ...Array.from({ length: 6 }, () => "first"),
  ]);
  expect(await exhibit("show", CASE, "4")).toContain("the same thing in\n  entry 10\n");
  expect(await exhibit("show", CASE, "0")).not.toContain("the same thing in");
});

it("exports what is told once, and the field when asked", SEVERAL, async () => {
  const csv = await exhibit("query", CASE, "NOT repeat:again", "--as", "csv", "--fields", "ref,repeat");
  const lines = csv.trim().split("\n");
  expect(lines).toHaveLength(11);
  expect(lines.filter((line) => line.endsWith("first"))).toHaveLength(6);
});
