import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encryptedZip } from "../engine/encrypted-zip.ts";
import { auditLines } from "../engine/harness.ts";
import { exhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-cli-secrets-"));
const at = (name: string): string => join(folder, name);
const KEY = "kq2f8c1d-94aa-4c01";
const PASSWORD = "d0c5f1b7a92e4c6a8b3e";
const CASE = at("guard.exhibit");
/** Several commands, each with threads of its own, on a busy machine. */
const SEVERAL = { timeout: 240_000 };

function actions(
  file: string,
): readonly { readonly kind: string; readonly payload: string; readonly examiner: string }[] {
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare<[], { kind: string; payload: string; examiner: string }>(
        "SELECT kind, payload, examiner FROM action ORDER BY seq",
      )
      .all();
  } finally {
    db.close();
  }
}

beforeAll(async () => {
  const record = {
    id: "12fbc888-2749-4024-a004-7f337d343fb1",
    created_at: "2025-03-03T18:00:20.549000Z",
    hostname: "aqg-01",
    level: "info",
    log_type: "audit",
    pid: 1000,
    user_id: 43,
    user_name: "eva",
    action: "api_key_used",
    api_key: KEY,
  };
  writeFileSync(at("guard.log"), `${JSON.stringify(record)}\n`);
  expect((await exhibit("import", CASE, at("guard.log"))).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("secrets on the command line", () => {
  it.each([
    ["query", CASE, "--fields", "time,raw.api_key,data"],
    ["query", CASE, "--as", "jsonl"],
    ["query", CASE, "--as", "csv"],
    ["facet", CASE, "raw.api_key"],
    ["show", CASE, "0"],
    ["show", CASE, "0", "--json"],
    ["show", CASE, "0", "--raw"],
  ])("%s %s %s %s masks them", async (...args) => {
    const ran = await exhibit(...args);
    expect(ran.status).toBe(0);
    expect(ran.out).toMatch(/••••••|\*{18}/u);
    expect(ran.out + ran.err).not.toContain(KEY);
  });

  it("show --reveal and --secrets full show them, and the case records who did it", SEVERAL, async () => {
    const before = actions(CASE).length;
    expect((await exhibit("show", CASE, "0", "--reveal")).out).toContain(`raw.api_key: ${KEY}`);
    expect((await exhibit("show", CASE, "0", "--raw", "--reveal")).out).toContain(KEY);
    expect((await exhibit("query", CASE, "--as", "csv", "--fields", "raw.api_key", "--secrets", "full")).out).toContain(
      KEY,
    );
    expect((await exhibit("export", CASE, "--to", at("full.csv"), "--secrets", "full")).status).toBe(0);
    expect((await exhibit("export", CASE, "--to", at("masked.csv"))).status).toBe(0);
    expect(readFileSync(at("full.csv"), "utf8")).toContain(KEY);
    expect(readFileSync(at("masked.csv"), "utf8")).not.toContain(KEY);
    const logged = actions(CASE).slice(before);
    expect(logged.map(({ kind }) => kind).filter((kind) => kind !== "case.open")).toEqual([
      "secret.reveal",
      "secret.reveal",
      "secret.query",
      "export",
      "export",
    ]);
    expect(JSON.stringify(logged)).not.toContain(KEY);
    expect(logged.every(({ examiner }) => examiner !== "")).toBe(true);
    expect((await exhibit("query", CASE, "--secrets", "some")).status).toBe(1);
  });
});

describe("passwords on the command line", () => {
  it("imports nothing as a success while all is locked", SEVERAL, async () => {
    writeFileSync(at("locked.zip"), await encryptedZip({ "audit.log": auditLines(9) }, PASSWORD));
    const { status, err } = await exhibit("import", at("locked.exhibit"), at("locked.zip"));
    expect(status).toBe(2);
    expect(err).toContain("encrypted");
    writeFileSync(at("words.txt"), "no\n");
    const wrong = await exhibit("import", at("wrong.exhibit"), at("locked.zip"), "--password-file", at("words.txt"));
    expect(wrong.status).toBe(2);
    expect(wrong.err).toContain("No password that was given opens");
  });

  it("--password-file opens it; the password is nowhere in the case, nor in what is said", SEVERAL, async () => {
    writeFileSync(at("p.csv"), `File Name,Zip Password\nlocked.zip,${PASSWORD}\nmissing-case.zip,x\n`);
    const file = at("opened.exhibit");
    const { status, out } = await exhibit("import", file, at("locked.zip"), "--password-file", at("p.csv"), "--json");
    expect(status).toBe(0);
    const report = JSON.parse(out) as { sources: { members: { entries: number }[] }[]; passwordFiles: object[] };
    expect(report.sources[0]?.members[0]?.entries).toBe(9);
    expect(report.passwordFiles).toMatchObject([{ passwords: 2, missing: ["missing-case.zip"] }]);
    expect(out).not.toContain(PASSWORD);
    for (const name of readdirSync(folder).filter((each) => each.startsWith("opened."))) {
      expect(readFileSync(at(name)).includes(PASSWORD)).toBe(false);
    }
    writeFileSync(at("bad.csv"), "File Name,Zip Password\nlocked.zip,\n");
    const bad = await exhibit("import", at("never.exhibit"), at("locked.zip"), "--password-file", at("bad.csv"));
    expect(bad).toMatchObject({ status: 2, err: expect.stringContaining("Line 2") });
    expect(readdirSync(folder)).not.toContain("never.exhibit");
  });

  it("a folder with its table of passwords needs no word; the table is no evidence", async () => {
    mkdirSync(at("site/deep"), { recursive: true });
    writeFileSync(at("site/deep/locked.zip"), readFileSync(at("locked.zip")));
    writeFileSync(at("site/p.csv"), readFileSync(at("p.csv")));
    writeFileSync(at("site/readme.txt"), "how this was collected\n");
    const { status, out } = await exhibit("import", at("site.exhibit"), at("site"), "--json");
    expect(status).toBe(0);
    const report = JSON.parse(out) as { sources: { name: string; members: { entries: number }[] }[] };
    expect(report.sources.map(({ name, members }) => [name, members[0]?.entries])).toEqual([
      ["deep/locked.zip", 9],
      ["readme.txt", 0],
    ]);
  });
});

describe("how logs are to be read", () => {
  it.each([
    ["--year", "25"],
    ["--year", "9999"],
    ["--date-order", "american"],
    ["--date-order", "constructor"],
    ["--encoding", "latin1"],
    ["--time-field", ""],
    ["--time-column", ""],
  ])("%s %j is wrong usage", async (option, text) => {
    const ran = await exhibit("import", at("usage.exhibit"), at("guard.log"), option, text);
    expect(ran).toMatchObject({ status: 1, out: "", err: expect.stringContaining(option) });
    expect(readdirSync(folder)).not.toContain("usage.exhibit");
  });

  it("what is said is kept with the member, and with the case", async () => {
    writeFileSync(at("u16.log"), Buffer.from("2026-01-01T00:00:00Z one\n2026-01-01T00:00:01Z two\n", "utf16le"));
    const file = at("u16.exhibit");
    const args = ["--encoding", "utf-16le", "--format", "text-lines", "--beyond-limits"];
    expect((await exhibit("import", file, at("u16.log"), ...args)).status).toBe(0);
    expect((await exhibit("count", file, "one")).out).toBe("1\n");
    const start = actions(file).find(({ kind }) => kind === "import.start");
    expect(JSON.parse(start?.payload ?? "")).toMatchObject({
      items: [{ path: at("u16.log"), beyondLimits: true, answers: { "u16.log": { encoding: "utf-16le" } } }],
    });
  });
});
