/** Rows for the preview and for tests: always the same, about two days of three sources. */
import type { EpochMicros } from "../../workers/contract.ts";
import { FLAG } from "../../workers/contract.ts";

export interface FakeRow {
  readonly id: number;
  /** µs, or NaN. */
  readonly time: number;
  readonly precision: number;
  readonly flags: number;
  readonly member: number;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

const FAKE_DAY = Date.UTC(2026, 7, 12) * 1000;
const HOUR = 3_600_000_000;

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ACTORS = ["svc-backup", "dba-02", "op-east-2", "analyst-04", "root", "cron", "deploy-7"];
const ACTIONS = [
  "open",
  "execve",
  "connect",
  "login",
  "start session",
  "change setting",
  "authenticate",
  "run command",
];
const TARGETS = [
  "/srv/payroll/2026/07/run-0731.csv",
  "/srv/payroll/2026/08/run-0815.csv",
  "/etc/shadow",
  "/usr/bin/sudo",
  "/usr/bin/tar",
  "/var/lib/postgresql/16/main/pg_wal/000000010000000A000000F3",
  "inet 203.0.113.77:443",
  "session 4127 opened",
  `/opt/${"very-long-directory-name/".repeat(9)}release-notes.txt`,
  "report\u202efdp.exe\u0000\u001b[31m",
  "مستندات/تقرير.txt",
];

export function fakeRows(count: number): readonly FakeRow[] {
  const random = randomFrom(2041);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 1.7 * list.length)] as T;
  const rows: FakeRow[] = [];
  for (let id = 0; id < count; id += 1) {
    const member = id < count * 0.7 ? 0 : id < count * 0.9 ? 1 : 2;
    const failed = random() < 0.06;
    const undated = member === 2 && random() < 0.02;
    const fields: Record<string, readonly string[]> = {
      actor: [pick(ACTORS)],
      action: [pick(ACTIONS)],
      target: random() < 0.03 ? [pick(TARGETS), pick(TARGETS)] : [pick(TARGETS)],
      outcome: [failed ? (random() < 0.3 ? "denied" : "fail") : random() < 0.01 ? "" : "success"],
      to: [member === 0 ? "pay-db-02" : member === 1 ? "air-console" : "aqg-01"],
      "target.type": [pick(["file", "process", "network", "session"])],
      session: [String(4100 + Math.floor(random() * 40))],
      level: [failed ? "warning" : "info"],
      source: [["audit.log", "air-auditlogs-dump.json", "events.jsonl"][member] as string],
      ...(member === 2 && {
        family: ["aqtive-guard"],
        category: [["audit", "AUDIT", "application", "analysis"][id % 4] as string],
        datasource: [`aqg-0${(id % 2) + 1}`],
        custom7: ["•••••• 3f2a"],
      }),
      "raw.pid": [String(900 + Math.floor(random() * 30_000))],
    };
    rows.push({
      id,
      time: undated ? Number.NaN : timeOf(random, member),
      precision: member === 0 ? 3 : member === 1 ? 6 : 0,
      flags: member === 2 ? FLAG.zoneAssumed : 0,
      member,
      fields,
    });
  }
  return rows;
}

/** Busy by day, quiet by night, and a hole where the audit daemon stood still. */
function timeOf(random: () => number, member: number): EpochMicros {
  for (;;) {
    const hour = random() * 48;
    const busy = 0.25 + 0.75 * Math.max(0, Math.sin(((hour % 24) - 6) / 24 / 0.16));
    const hole = member === 0 && hour > 27.65 && hour < 28.2;
    if (!hole && random() < busy) return Math.floor(FAKE_DAY - 24 * HOUR + hour * HOUR) as EpochMicros;
  }
}
