/** Linux audit entries as rows of the Linux.Auditd schema: valid, none lost, and the same again when they are imported. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SCHEMA_FIELDS } from "../../workers/base/linux-auditd.ts";
import type { ExportRequest } from "../../workers/contract.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { Harness, query, value } from "./harness.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../formats/${path}`, import.meta.url));
const SHOWN = ["code", "actor", "action", "target", "target.type", "outcome", "from", "session", "event"] as const;

type Row = Readonly<Record<string, unknown>>;

const request = (more: Partial<ExportRequest> = {}): Omit<ExportRequest, "target"> => ({
  query: query("family:linux-auditd has:time"),
  format: "linux-auditd-jsonl",
  columns: "all",
  provenance: true,
  formulaGuard: true,
  lineEnd: "lf",
  secrets: "masked",
  ...more,
});

async function opened(...paths: readonly string[]): Promise<Harness> {
  const h = new Harness();
  await h.newCase();
  await h.import(...paths);
  return h;
}

async function exported(h: Harness, name: string, more: Partial<ExportRequest> = {}) {
  const target = h.grant(h.path(name), "write-new");
  return await h.finished(value(await h.api.startExport({ ...request(more), target })));
}

function rowsIn(h: Harness, name: string): readonly Row[] {
  const lines = readFileSync(h.path(name), "utf8").split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line) as Row);
}

/** By the schema's own file, not by the code that checks while exporting. */
function expectValid(row: Row): void {
  for (const { name, required } of SCHEMA_FIELDS) if (required) expect(row[name], name).toBeDefined();
  for (const [name, cell] of Object.entries(row)) {
    if (name.startsWith("p_")) continue;
    const field = SCHEMA_FIELDS.find((each) => each.name === name);
    expect(field, name).toBeDefined();
    const wanted = field?.type === "timestamp" ? "number" : field?.type === "json" ? "object" : "string";
    expect(typeof cell, name).toBe(wanted);
  }
}

/** Of entries that are one record in every form. */
const ALONE = /^(?:USER_|CRED_|SERVICE_|ADD_|DEL_|CONFIG_CHANGE|DAEMON_)/;

async function told(h: Harness, text: string, isTold: (code: string) => boolean): Promise<readonly string[]> {
  const result = value(await h.api.open(query(text)));
  const page = value(await h.api.rows(result.id, 0, 500, SHOWN));
  const rows = Array.from(page.entries, (_entry, row) => [page.time[row], ...page.cells.map((cells) => cells[row])]);
  return rows.filter(([, code]) => isTold(String(code))).map((row) => JSON.stringify(row));
}

const TYPED = "family:linux-auditd has:time NOT code:UNKNOWN";

it.each([
  "auditd/raw-events.log",
  "auditd/user-messages.log",
  "auditd/enriched-node.log",
  "auditd-forms/laurel.jsonl",
  "auditd-forms/journal.json",
  "panther/rows.jsonl",
  "panther/search.csv",
  "panther/bare.jsonl",
])("%s gives valid rows, which tell the same again", async (path) => {
  const h = await opened(fixture(path));
  const more = { query: query(TYPED), secrets: "full" } as const;
  const lines = await exported(h, "rows.jsonl", more);
  const table = await exported(h, "rows.csv", { ...more, format: "linux-auditd-csv" });
  expect([lines, table]).toMatchObject([{ state: "done" }, { state: "done" }]);
  const count = lines.exported?.rows ?? 0;
  expect(count).toBeGreaterThanOrEqual(value(await h.api.open(more.query)).matched);
  expect(table.exported?.rows).toBe(count);
  for (const row of rowsIn(h, "rows.jsonl")) expectValid(row);
  expect(parseCsv(readFileSync(h.path("rows.csv"), "utf8")).length).toBe(count + 1);

  const again = await opened(h.path("rows.jsonl"), h.path("rows.csv"));
  const members = (await again.info()).sources.flatMap((source) => source.members);
  for (const member of members)
    expect(member).toMatchObject({ format: "panther", entries: count, rejects: 0, undated: 0 });
  const isTold = (code: string): boolean => path.startsWith("panther/") || ALONE.test(code);
  const known = new Set(await told(again, "", isTold));
  for (const one of await told(h, TYPED, isTold)) expect(known).toContain(one);
});

describe("what cannot be such rows", () => {
  it("is counted and named before anything is written, with a query that leaves it out", async () => {
    const h = await opened(fixture("auditd/raw-events.log"), fixture("binalyze-air/mongoexport.json"));
    const others = value(await h.api.open(query("NOT family:linux-auditd"))).matched;
    const job = await exported(h, "rows.jsonl", { query: query() });
    expect(job).toMatchObject({ state: "failed", fault: { code: "format.unfit" } });
    expect(job.fault?.message).toContain(`${others} are no Linux audit record`);
    expect(job.fault?.next).toContain("family:linux-auditd");
    const preview = await h.api.exportPreview(request({ query: query() }));
    expect(preview).toMatchObject({ ok: false, fault: { code: "format.unfit" } });
    expect(await exported(h, "rows.jsonl")).toMatchObject({ state: "done" });
  });

  it("a row without a type is named", async () => {
    const h = await opened(fixture("panther/rows.jsonl"));
    const job = await exported(h, "rows.jsonl", { query: query("raw.p_row_id:r9") });
    expect(job).toMatchObject({ state: "failed", fault: { code: "format.unfit" } });
  });
});

describe("a file of rows", () => {
  it("is what its preview shows, and says in its manifest what it is", async () => {
    const h = await opened(fixture("auditd/user-messages.log"));
    const first = { query: query("family:linux-auditd has:time id:0") };
    for (const [format, name] of [
      ["linux-auditd-jsonl", "one.jsonl"],
      ["linux-auditd-csv", "two.csv"],
    ] as const) {
      const preview = value(await h.api.exportPreview(request({ ...first, format })));
      await exported(h, name, { ...first, format });
      expect(readFileSync(h.path(name), "utf8")).toBe(preview.header + preview.rows.join(""));
    }
    const manifest = JSON.parse(readFileSync(h.path("one.manifest.json"), "utf8")) as Row;
    expect(manifest).toMatchObject({ schema: "Linux.Auditd", entries: 1, rows: 1, dialect: { quoting: "json" } });
    expect(manifest["columns"]).toHaveLength(123);
  });

  it("has nothing but the schema's fields without provenance, and Panther's own with it", async () => {
    const h = await opened(fixture("panther/rows.jsonl"));
    const asked = { query: query("raw.p_row_id:r1") };
    await exported(h, "with.jsonl", asked);
    await exported(h, "bare.jsonl", { ...asked, provenance: false });
    const [full] = rowsIn(h, "with.jsonl");
    const [bare] = rowsIn(h, "bare.jsonl");
    const [source] = readFileSync(fixture("panther/rows.jsonl"), "utf8").split("\n");
    expect(full).toEqual(JSON.parse(source ?? ""));
    expect(Object.keys(bare ?? {}).filter((name) => name.startsWith("p_"))).toEqual([]);
  });

  it("keeps all of a record: what has no column, its node and its enriched names", async () => {
    const line =
      'node=web-7 type=SYSCALL msg=audit(1786504600.110:901): arch=c000003e syscall=59 success=yes exit=0 items=2 auid=1004 uid=0 comm="cafe" exe="/usr/bin/cafe" key=(null)\x1dAUID="eva" UID="root"\n' +
      "node=web-7 type=PATH msg=audit(1786504600.110:901): item=0 name=2F746D702F6120622063 inode=7 nametype=NORMAL cap_frootid=0\n" +
      'node=web-7 type=USER_LOGIN msg=audit(1786504601.000:902): pid=7 uid=0 auid=1004 ses=8 msg=\'op=login acct="eva" uid=5 exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=success\'\n';
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("audit.log", line));
    await exported(h, "rows.jsonl", { provenance: false });
    expect(rowsIn(h, "rows.jsonl")).toEqual([
      {
        type: "SYSCALL",
        arch: "c000003e",
        syscall: "59",
        success: "yes",
        exit: "0",
        items: "2",
        auid: "1004",
        uid: "0",
        comm: "cafe",
        exe: "/usr/bin/cafe",
        key: "(null)",
        extra_message_fields: { AUID: "eva", UID: "root", node: "web-7" },
        timestamp: 1_786_504_600.11,
        eventId: "901",
      },
      {
        type: "PATH",
        name: "2F746D702F6120622063",
        inode: "7",
        extra_message_fields: { item: "0", nametype: "NORMAL", cap_frootid: "0", node: "web-7" },
        timestamp: 1_786_504_600.11,
        eventId: "901",
      },
      {
        type: "USER_LOGIN",
        pid: "7",
        uid: "0",
        auid: "1004",
        ses: "8",
        acct: "eva",
        exe: "/usr/sbin/sshd",
        hostname: "?",
        addr: "192.0.2.7",
        terminal: "ssh",
        res: "success",
        extra_message_fields: { op: "login", uid: "5", node: "web-7" },
        timestamp: 1_786_504_601,
        eventId: "902",
      },
    ]);
  });

  it("hides keystrokes unless one says otherwise", async () => {
    const h = await opened(fixture("panther/rows.jsonl"));
    const asked = { query: query("code:TTY") };
    await exported(h, "masked.jsonl", asked);
    await exported(h, "full.jsonl", { ...asked, secrets: "full" });
    expect(rowsIn(h, "masked.jsonl")[0]?.["data"]).toMatch(/^•••••• /);
    expect(readFileSync(h.path("masked.jsonl"), "utf8")).not.toMatch(/hunter2|68756E74/i);
    expect(rowsIn(h, "full.jsonl")[0]?.["data"]).toBe("68756E746572320D");
  });
});
