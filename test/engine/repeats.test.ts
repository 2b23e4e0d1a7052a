/** The same things recorded twice, through the whole engine: a dump beside a table of the console, a bundle and a later one. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { EntryId } from "../../workers/contract.ts";
import { Harness, query, value } from "./harness.ts";

const START = Date.UTC(2024, 10, 4, 8);
const ACTORS = ["eva", "o'neil", "zoë"];
const TYPES = ["user-login-success", "policy-updated", "interact-command-executed"];

interface Happening {
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly endpoint: string;
  readonly ok: boolean;
}
function happenings(count: number, first = START): readonly Happening[] {
  return Array.from({ length: count }, (_, i) => ({
    // Some share a second.
    at: new Date(first + i * 450 + (i % 7) * 31),
    type: TYPES[i % 3] ?? "",
    actor: ACTORS[i % 2] ?? "",
    endpoint: `wks-${i % 4}`,
    ok: i % 5 !== 0,
  }));
}

/** As mongoexport writes it: ids, milliseconds, what happened in full. */
function dump(all: readonly Happening[]): string {
  return all
    .map(({ at, type, actor, endpoint, ok }, i) => {
      const _id = { $oid: (0x65a0c1d2_00000n * 16n ** 11n + BigInt(i)).toString(16).padStart(24, "0") };
      const own = { _id, createdAt: { $date: at.toISOString() }, type, performedBy: actor, organizationIds: [1] };
      return `${JSON.stringify({ ...own, endpointName: endpoint, success: ok, eventSource: "console", sessionId: `s-${i}` })}\n`;
    })
    .join("");
}

/** As the console lists it: the latest first, whole seconds, no ids, no result. */
function table(all: readonly Happening[]): string {
  const rows = all.map(({ at, type, actor, endpoint }) => {
    const seconds = at
      .toISOString()
      .replace("T", " ")
      .replace(/\.\d+Z$/, "Z");
    return `${seconds},${type},"${type} on ${endpoint}",${actor},Org 1,${endpoint}\r\n`;
  });
  return `\uFEFFDate,Type,Description,Performed By,Organization,Endpoint\r\n${rows.toReversed().join("")}`;
}

async function matched(h: Harness, text: string): Promise<number> {
  return value(await h.api.open(query(text))).matched;
}

describe("a dump and a table of the same twenty events", () => {
  it.each([
    ["dump first", ["dump.json", "console.csv"]],
    ["table first", ["console.csv", "dump.json"]],
  ])("are shown once, with both origins: %s", async (_order, names) => {
    const h = new Harness();
    await h.newCase();
    const both = happenings(20);
    // Each reaches further than the other: the dump back, the table on.
    h.write("dump.json", dump([...happenings(5, START - 3_600_000), ...both]));
    h.write("console.csv", table([...both, ...happenings(3, START + 3_600_000)]));
    for (const name of names) await h.import(h.path(name));
    expect(await matched(h, "")).toBe(48);
    expect(await matched(h, "repeat:again")).toBe(20);
    expect(await matched(h, "repeat:first")).toBe(20);
    expect(await matched(h, "NOT repeat:again")).toBe(28);

    const overlaps = value(await h.api.overlaps());
    const [, last] = [both[0], both[19]];
    expect(overlaps).toMatchObject([{ member: 2, other: 1, entries: 20 }]);
    expect(Math.floor((overlaps[0]?.last ?? 0) / 1e6)).toBe(Math.floor((last?.at.getTime() ?? 0) / 1e3));

    const result = value(await h.api.open(query("repeat:first")));
    const page = value(await h.api.rows(result.id, 0, 20, ["actor", "code", "target", "repeat"]));
    for (const [row, id] of page.entries.entries()) {
      const entry = value(await h.api.entry(id as EntryId));
      expect(entry.copies).toHaveLength(1);
      const [copy] = entry.copies;
      const other = value(await h.api.entry(copy?.entry ?? (0 as EntryId)));
      expect(other.member).toBe(copy?.member);
      expect(other.member).not.toBe(entry.member);
      expect(other.copies.map((each) => each.entry)).toEqual([id]);
      expect(other.target).toBe(page.cells[2]?.[row]);
      expect(other.target).toBe(entry.target);
    }
    const [facet] = value(await h.api.facets(result.id, ["repeat"], 10, ""));
    expect(facet).toEqual({ field: "repeat", values: [{ value: "first", count: 20 }], distinct: 1, missing: 0 });
    expect(h.bugs).toEqual([]);
  });

  it("are two again when one of them is taken out", async () => {
    const h = new Harness();
    await h.newCase();
    h.write("dump.json", dump(happenings(20)));
    h.write("console.csv", table(happenings(20)));
    await h.import(h.path("dump.json"));
    expect(value(await h.api.overlaps())).toEqual([]);
    await h.import(h.path("console.csv"));
    expect(await matched(h, "NOT repeat:again")).toBe(20);
    const [first] = (await h.info()).sources;
    if (first === undefined) throw new Error("nothing was imported");
    value(await h.api.removeSource(first.id));
    expect(await matched(h, "NOT repeat:again")).toBe(20);
    expect(await matched(h, "repeat:again OR repeat:first")).toBe(0);
    expect(value(await h.api.overlaps())).toEqual([]);
  });
});

describe("a bundle that was collected twice", () => {
  const line = (i: number): string =>
    `${JSON.stringify({
      id: `5d7f0f0e-0000-4000-8000-${String(i).padStart(12, "0")}`,
      created_at: new Date(START + i * 100).toISOString(),
      hostname: "aqg-01",
      level: "info",
      log_type: "audit",
      pid: 7,
      user_name: "eva",
      action: "login_attempt",
      access_granted: true,
    })}\n`;
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => line(from + i)).join("");

  it("keeps every record, flags what comes again, and shows each once on demand", async () => {
    const h = new Harness();
    await h.newCase();
    h.write("monday.log", lines(0, 60) + line(59));
    h.write("tuesday.log.gz", gzipSync(lines(30, 100)));
    await h.import(h.path("monday.log"));
    await h.import(h.path("tuesday.log.gz"));
    expect(await matched(h, "")).toBe(131);
    expect(await matched(h, "flag:duplicate")).toBe(1);
    expect(await matched(h, "NOT repeat:again")).toBe(100);
    expect(await matched(h, "repeat:again")).toBe(31);
    expect(value(await h.api.overlaps())).toEqual([
      { member: 2, other: 1, entries: 30, first: (START + 3_000) * 1_000, last: (START + 5_900) * 1_000 },
    ]);
    const twice = value(await h.api.entry(59 as EntryId));
    expect(twice.copies).toEqual([
      { entry: 60, source: 1, member: 1 },
      { entry: 90, source: 2, member: 2 },
    ]);
    const explained = value(await h.api.explain(query("actor:eva NOT repeat:again")));
    expect(explained.map(({ text, alone, without }) => [text, alone, without])).toEqual([
      ["actor:eva", 131, 100],
      ["NOT repeat:again", 100, 131],
    ]);
    expect(h.bugs).toEqual([]);
  });
});

describe("rows of Panther", () => {
  const row = (type: string, p_row_id: string, more: Record<string, unknown>): string =>
    `${JSON.stringify({ type, timestamp: 1786504600.11, eventId: "901", ...more, p_log_type: "Linux.Auditd", p_event_time: "2026-08-12 03:16:40.110", p_parse_time: "2026-08-12 03:17:00", p_row_id })}\n`;
  const item = (number: string) => ({ name: "/tmp/a", extra_message_fields: { item: number } });
  const event = [
    row("SYSCALL", "r1", { arch: "c000003e", syscall: "82", success: "yes", auid: "1004" }),
    row("PATH", "r2", item("0")),
    row("PATH", "r3", item("1")),
    row("CWD", "r4", { cwd: "/" }),
    row("CWD", "r5", { cwd: "/" }),
  ].join("");

  it("share the reference of their event, and are no copies of one another", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("rows.jsonl", event));
    expect(await matched(h, 'ref:"1786504600.110:901"')).toBe(5);
    expect(await matched(h, "repeat:again")).toBe(0);
    expect(await matched(h, "flag:duplicate")).toBe(0);
  });

  it("are copies of the same rows of a later search, one of one", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("rows.jsonl", event));
    await h.import(h.write("later.jsonl", `${event}${row("PATH", "r6", item("2"))}`));
    expect(await matched(h, "repeat:again")).toBe(5);
  });

  it.each([
    ["rows first", ["rows.jsonl", "audit.log"]],
    ["raw first", ["audit.log", "rows.jsonl"]],
  ])("hide no event whose other records they do not hold: %s", async (_order, names) => {
    const h = new Harness();
    await h.newCase();
    const call = { arch: "c000003e", syscall: "59", success: "yes", items: "1", uid: "0", auid: "1004" };
    h.write("rows.jsonl", row("SYSCALL", "r1", { ...call, exe: "/usr/bin/cat" }));
    const stamp = "msg=audit(1786504600.110:901):";
    h.write(
      "audit.log",
      [
        `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes items=1 uid=0 auid=1004 exe="/usr/bin/cat"`,
        `type=EXECVE ${stamp} argc=2 a0="cat" a1="/etc/shadow"`,
        `type=PATH ${stamp} item=0 name="/usr/bin/cat" nametype=NORMAL`,
      ].join("\n"),
    );
    for (const name of names) await h.import(h.path(name));
    expect(await matched(h, "repeat:again")).toBe(0);
  });

  it("are copies of an event that is one record in a raw log", async () => {
    const h = new Harness();
    await h.newCase();
    const login = { pid: "7", uid: "0", auid: "1004", acct: "eva", exe: "/usr/sbin/sshd", res: "success" };
    await h.import(h.write("rows.jsonl", row("USER_LOGIN", "r1", { ...login, extra_message_fields: { op: "login" } })));
    const body = `pid=7 uid=0 auid=1004 msg='op=login acct="eva" exe="/usr/sbin/sshd" res=success'`;
    await h.import(h.write("audit.log", `type=USER_LOGIN msg=audit(1786504600.110:901): ${body}\n`));
    expect(await matched(h, "")).toBe(2);
    expect(await matched(h, "repeat:again")).toBe(1);
  });
});
