/** `exhibit identify`: ledger and policy from files, counts, worklists, and a step back. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-identify-"));
const at = (name: string): string => join(folder, name);
const CASE = at("case.exhibit");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const header = "date;family;whologin;whorepository;whateventcode;whataction;whatcount;whattargettype;whattargetname";
  const row = (second: number, login: string, type: string, target: string): string =>
    `202501010000${10 + second};f;${login};ACME;c;read;1;${type};${target}`;
  const rows = [row(0, "eva", "group", "staff"), row(1, "eva.admin", "", "door"), row(2, "bad\u001b[31m", "", "")];
  writeFileSync(at("log.csv"), `${[header, ...rows].join("\n")}\n`);
  mkdirSync(at("ledger"));
  writeFileSync(at("ledger/accounts.csv"), "login;repository;identity\neva;ACME;P1\neva.admin;ACME;P1\n;ACME;P2\n");
  writeFileSync(at("ledger/identities.csv"), "hrcode,givenname,surname\nP1,Eva,Mendel\n");
  writeFileSync(
    at("policy.json"),
    JSON.stringify({
      policy: "mine",
      rules: [
        {
          entity: "actor",
          rule: { match: "account", param1: "login", param2: "repository" },
          display: "{identity.givenname}",
        },
        { entity: "group", rule: { match: "group", param1: "name", param2: null }, display: "" },
      ],
    }),
  );
  expect((await exhibit("import", CASE, at("log.csv"))).status).toBe(0);
});

describe("exhibit identify", () => {
  it("takes a folder of tables and a policy, and tells what came of them", async () => {
    const { status, out } = await exhibit("identify", CASE, at("ledger"), "--policy", at("policy.json"), "--json");
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      policy: { policy: "mine" },
      isDefaultPolicy: false,
      matchedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      actor: { entries: { matched: 2, unmatched: 1 }, distinct: { matched: 2, unmatched: 1 }, byRule: { "rule 1": 2 } },
      target: { entries: { unmatched: 1, "no-rule": 1, empty: 1 } },
    });
    expect(report.tables.map((table: { kind: string; rejected: number }) => [table.kind, table.rejected])).toEqual([
      ["account", 1],
      ["identity", 0],
    ]);
  });

  it("lists who was not found, in words that move no cursor", async () => {
    const { out } = await exhibit("identify", CASE, "--list", "unmatched");
    expect(out).toContain("! accounts.csv row 4 has no login");
    expect(out).toMatch(/actor, unmatched: 1 pairs/);
    expect(out).toContain("bad<U+001B>[31m");
    expect(out).not.toContain("\u001b");
    expect(
      JSON.parse((await exhibit("identify", CASE, "--list", "unmatched", "--json")).out).list.target,
    ).toMatchObject({
      total: 1,
      pairs: [{ name: "staff", entries: 1 }],
    });
  });

  it("finds all identities of one person, in queries, counts and exports", async () => {
    expect((await exhibit("count", CASE, 'person:"eva mendel"')).out.trim()).toBe("2");
    const { out } = await exhibit("query", CASE, "--as", "csv", "--fields", "actor,person,actor.identity,actor.rule");
    expect(out).toContain("eva,,Eva,rule 1");
    expect((await exhibit("export", CASE, "--to", at("all.csv"))).status).toBe(0);
    expect(readFileSync(at("all.csv"), "utf8").split("\n")[0]).toContain(
      ",actor.identity,actor.person,actor.match,actor.rule",
    );
    expect((await exhibit("facet", CASE, "person")).out).toMatch(/2\s+Eva Mendel \(P1\)|Eva Mendel \(P1\)\s+2/);
  });

  it("is given with an import, too, and refused before a case is made", async () => {
    const given = ["--identity-ledger", at("ledger"), "--identity-policy", at("policy.json")];
    expect((await exhibit("import", at("given.exhibit"), at("log.csv"), ...given)).status).toBe(0);
    expect((await exhibit("count", at("given.exhibit"), "actor.match:matched assumed:identity")).out.trim()).toBe("2");
    const refused = await exhibit("import", at("none.exhibit"), at("log.csv"), "--identity-policy", at("log.csv"));
    expect([refused.status, existsSync(at("none.exhibit"))]).toEqual([2, false]);
  });

  it("undoes the last change, and does it again", async () => {
    const back = JSON.parse((await exhibit("identify", CASE, "--undo", "--json")).out);
    expect(back).toMatchObject({ isDefaultPolicy: true, tables: [{ kind: "account" }, { kind: "identity" }] });
    const again = JSON.parse((await exhibit("identify", CASE, "--redo", "--json")).out);
    expect([again.isDefaultPolicy, again.undone]).toEqual([false, null]);
    const removed = await exhibit("identify", CASE, "--remove", "accounts.csv", "--json");
    expect(JSON.parse(removed.out).tables).toHaveLength(1);
    expect(await exhibit("identify", CASE, "--remove", "accounts.csv")).toMatchObject({ status: 1 });
  });

  it.each([
    [["--list", "nobody"], 1, "--list takes"],
    [["--policy", "nowhere.json"], 2, "nowhere.json is not there"],
    [["log.csv"], 2, "does not say by its name"],
    [["accounts=log.csv"], 2, "no column login"],
  ])("refuses %j", async (args, status, told) => {
    const paths = args.map((word) => word.replace(/(^|=)log\.csv$/, `$1${at("log.csv")}`));
    const ran = await exhibit("identify", CASE, ...paths);
    expect(ran.status).toBe(status);
    expect(ran.err).toContain(told);
  });
});
