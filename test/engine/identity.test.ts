/** Identity matching in a case: kept with it, matched again when something changed, undone step by step, logged. */
import { mkdirSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { EntryId, IdentityInfo, MatchCounts } from "../../workers/contract.ts";
import { Harness, query, value } from "./harness.ts";

const LOG = [
  "date;family;whologin;whorepository;whateventcode;whataction;whatcount;whoidentity",
  "20250101000000;f;eva;ACME;c;read;1;recorded",
  "20250101000001;f;EVA;acme;c;read;1;",
  "20250101000002;f;tom;ACME;c;read;1;",
  "",
].join("\n");
const MORE = LOG.replaceAll("20250101", "20250102").replace("tom", "zoe");
const ACCOUNTS = "login;repository;identity;display_name\neva;ACME;P1;Eva M.\nzoe;ACME;P2;Zoe\nbroken\n";
const IDENTITIES = "hrcode,givenname,surname\nP1,Eva,Mendel\n";

async function newCase(): Promise<Harness> {
  const h = new Harness();
  await h.newCase();
  await h.import(h.write("a.csv", LOG));
  return h;
}
const actors = (info: IdentityInfo): MatchCounts | undefined =>
  info.roles.find(({ role }) => role === "actor")?.entries;
const count = async (h: Harness, text: string): Promise<number> => value(await h.api.open(query(text))).matched;

describe("the identity ledger of a case", () => {
  it("is taken into the case, matched, and matched again after an import", async () => {
    const h = await newCase();
    expect(value(await h.api.identities())).toMatchObject({ tables: [], isDefaultPolicy: true, matchedAt: undefined });
    const grants = [h.write("accounts.csv", ACCOUNTS), h.write("identities.csv", IDENTITIES)].map((path) => ({
      grant: h.grant(path),
    }));
    const info = value(await h.api.addLedgerTables(grants));
    expect(info.tables.map(({ kind, rows, rejected, sha256 }) => [kind, rows, rejected, sha256.length])).toEqual([
      ["account", 2, 1, 64],
      ["identity", 1, 0, 64],
    ]);
    expect(actors(info)).toMatchObject({ matched: 2, unmatched: 1 });
    expect(await count(h, 'person:"Eva Mendel"')).toBe(2);
    expect(await count(h, "person=recorded")).toBe(1);

    await h.import(h.write("b.csv", MORE));
    expect(actors(value(await h.api.identities()))).toMatchObject({ matched: 5, unmatched: 1 });
    expect(await count(h, "actor.identity=Zoe")).toBe(1);
    const kinds = h.actions().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith("identity."))).toEqual([
      "identity.change",
      "identity.match",
      "identity.match",
    ]);
    expect(h.bugs).toEqual([]);
  });

  it("is there when the case is opened again, and after a case was left unmatched", async () => {
    const h = await newCase();
    value(await h.api.addLedgerTables([{ grant: h.grant(h.write("accounts.csv", ACCOUNTS)) }]));
    await h.api.closeCase();
    const db = new Database(h.path("test.exhibit"));
    db.exec("DELETE FROM identity_match; DELETE FROM setting WHERE name = 'identity-run'");
    db.close();
    value(await h.api.openCase(h.grant(h.path("test.exhibit"), "case")));
    await expect.poll(async () => actors(value(await h.api.identities()))?.matched, { timeout: 30_000 }).toBe(2);
  });

  it("a policy is edited, and every change undone in turn", async () => {
    const h = await newCase();
    const first = value(
      await h.api.addLedgerTables([{ grant: h.grant(h.write("people.csv", ACCOUNTS)), kind: "account" }]),
    );
    const rules = first.policy.rules.map((rule) => ({ ...rule, isOff: rule.entity === "actor" }));
    const off = value(await h.api.setIdentityPolicy({ name: "mine", rules }));
    expect(actors(off)).toMatchObject({ matched: 0, "no-rule": 3 });
    expect(off).toMatchObject({ isDefaultPolicy: false, lastChange: expect.stringContaining("mine") });
    expect(await count(h, "has:actor.identity")).toBe(0);

    const table = off.tables[0]?.id ?? 0;
    expect(value(await h.api.removeLedgerTable(table)).tables).toEqual([]);
    expect(await h.api.removeLedgerTable(table)).toMatchObject({ ok: false, fault: { code: "request.stale" } });
    expect(value(await h.api.undoIdentities()).tables).toHaveLength(1);
    expect(actors(value(await h.api.undoIdentities()))).toMatchObject({ matched: 2, unmatched: 1 });
    const none = value(await h.api.undoIdentities());
    expect(none).toMatchObject({ tables: [], isDefaultPolicy: true, lastChange: undefined });
    expect(await count(h, "has:actor.match")).toBe(0);
    expect(none.undone).toContain("people.csv was added");
    expect(await h.api.undoIdentities()).toMatchObject({ ok: false, fault: { code: "request.stale" } });
    const log = h.actions().filter(({ kind }) => kind.startsWith("identity.") && kind !== "identity.match");
    expect(log.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 3 }, () => "identity.change"),
      ...Array.from({ length: 3 }, () => "identity.undo"),
    ]);
  });

  it("what was undone is redone, until another change is made", async () => {
    const h = await newCase();
    await h.api.addLedgerTables([{ grant: h.grant(h.write("accounts.csv", ACCOUNTS)) }]);
    await h.api.undoIdentities();
    expect(actors(value(await h.api.redoIdentities()))).toMatchObject({ matched: 2 });
    expect(await h.api.redoIdentities()).toMatchObject({ ok: false, fault: { code: "request.stale" } });
    await h.api.undoIdentities();
    const other = value(await h.api.setIdentityPolicy({ name: "other", rules: [] }));
    expect([other.tables.length, other.undone]).toEqual([0, undefined]);
    expect(await h.api.redoIdentities()).toMatchObject({ ok: false });
  });

  it("a table given again takes the place of the one before", async () => {
    const h = await newCase();
    const add = async (text: string) =>
      value(await h.api.addLedgerTables([{ grant: h.grant(h.write("accounts.csv", text)) }]));
    await add(ACCOUNTS);
    const info = await add("login;repository\ntom;ACME\n");
    expect(info.tables).toHaveLength(1);
    expect(actors(info)).toMatchObject({ matched: 1, unmatched: 2 });
  });

  it.each([
    ["a table without a column it needs", "accounts.csv", "login;status\neva;on\n", "repository"],
    ["a file whose kind nothing tells", "people.csv", ACCOUNTS, "people.csv"],
  ])("%s is refused by name, and nothing is changed", async (_, name, text, told) => {
    const h = await newCase();
    const good = { grant: h.grant(h.write("identities.csv", IDENTITIES)) };
    const refused = await h.api.addLedgerTables([good, { grant: h.grant(h.write(name, text)) }]);
    expect(refused).toMatchObject({
      ok: false,
      fault: { code: "format.unfit", message: expect.stringContaining(told) },
    });
    expect(value(await h.api.identities()).tables).toEqual([]);
    const policy = await h.api.setIdentityPolicy(h.grant(h.write("policy.json", "{")));
    expect(policy).toMatchObject({ ok: false, fault: { code: "format.unfit" } });
  });

  it("a folder gives the tables in it; one without any is refused", async () => {
    const h = await newCase();
    mkdirSync(h.path("ledger"));
    h.write("ledger/accounts.csv", ACCOUNTS);
    h.write("ledger/notes.md", "no table");
    const info = value(await h.api.addLedgerTables([{ grant: h.grant(h.path("ledger")) }]));
    expect(info.tables.map(({ kind }) => kind)).toEqual(["account"]);
    mkdirSync(h.path("none"));
    expect(await h.api.addLedgerTables([{ grant: h.grant(h.path("none")) }])).toMatchObject({ ok: false });
  });

  it("an entry tells who is behind it, by which rule, beside what was recorded", async () => {
    const h = await newCase();
    value(await h.api.addLedgerTables([{ grant: h.grant(h.write("accounts.csv", ACCOUNTS)) }]));
    const { fields } = value(await h.api.entry(0 as EntryId));
    const of = (name: string) => fields.find((field) => field.name === name);
    expect(of("person")).toMatchObject({ values: ["recorded"], origin: { kind: "record" } });
    expect(of("actor.identity")).toMatchObject({
      group: "who",
      values: ["Eva M."],
      origin: { kind: "inferred", text: "identity ledger, rule 1" },
    });
    expect(of("actor.person")?.values).toEqual(["P1"]);
    expect(value(await h.api.entry(2 as EntryId)).fields.find(({ name }) => name === "actor.match")?.values).toEqual([
      "unmatched",
    ]);
  });
});
