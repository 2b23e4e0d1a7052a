/**
 * Our results beside those of `ausearch --format csv` of audit 3.0.9. Where they differ, the difference must be on the
 * list, with its reason.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedPath } from "../../support/shared.ts";
import { readLog, type ReadEntry } from "./run-log.ts";

interface Row {
  readonly event: string;
  readonly time: string;
  readonly serial: string;
  readonly action: string;
  readonly result: string;
  readonly node: string;
}

/** Differences that are meant, by what we say; `undefined` = any. */
interface Explained {
  readonly why: string;
  readonly holds: (row: Row, entry: ReadEntry, types: readonly string[]) => boolean;
}

const RESULTS: readonly Explained[] = [
  {
    why: "EINPROGRESS and EAGAIN are no failures",
    holds: (_row, entry) => /E(INPROGRESS|AGAIN), in progress$/.test(entry.fields["label"] ?? ""),
  },
  { why: 'success="yes" in quotes is a success', holds: (_row, entry) => entry.originals["success"]?.[0] === "yes" },
  { why: "permissive=1: the access was allowed", holds: (_row, entry) => entry.originals["permissive"]?.[0] === "1" },
  { why: "granted is granted", holds: (_row, entry) => entry.originals["seresult"]?.[0] === "granted" },
  { why: "a crash has no result", holds: (row) => row.event === "ANOM_ABEND" },
  {
    why: "res= and exit= that the tool leaves out",
    holds: (row, entry) => row.result === "" && entry.fields["outcome"] !== undefined,
  },
  { why: "res=(null) is no result", holds: (_row, entry) => entry.originals["res"]?.[0] === "(null)" },
  { why: "a filter that only logs lets the call through", holds: (row) => row.event === "SECCOMP" },
];

const ACTIONS: readonly Explained[] = [
  { why: "the tool has no rule for it", holds: (row) => /^(did-unknown|)$/.test(row.action) },
  {
    why: "the tool names the rule, we name the call",
    holds: (row) => /^triggered-(unknown-)?audit-rule$/.test(row.action),
  },
  {
    why: "one word for all changes of a kind",
    holds: (_row, entry) =>
      /^changed-(firewall|audit-configuration|promiscuous-mode-on-device|configuration)$/.test(
        entry.fields["action"] ?? "",
      ),
  },
  {
    why: "a call that made the file",
    holds: (row, entry) => row.action === "opened-file" && entry.fields["action"] === "created",
  },
  {
    why: "one entry for one key, the tool shows several",
    holds: (row, entry, types) => types.length > 1 && types[0] !== row.event && entry.carried.length > 1,
  },
];

const folder = sharedPath("corpus", "auditd");
const csvs =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ausearch.csv"));

describe.skipIf(folder === undefined)("beside ausearch", () => {
  it.each(csvs)("%s", (name) => {
    const source = `${folder}/${name.slice(0, -".ausearch.csv".length)}`;
    if (!existsSync(source)) return;
    const entries = bySerial(readLog(readFileSync(source)).entries);
    for (const row of readRows(readFileSync(`${folder}/${name}`, "latin1"))) {
      const found = (entries.get(row.serial) ?? []).filter((entry) => clock(entry) === row.time);
      const entry = found.find((one) => one.originals["type"]?.includes(row.event) === true) ?? found[0];
      // The tool gives a stamp without a serial the serial 0 at the epoch.
      if (entry === undefined && row.serial === "0") continue;
      expect(entry, `${row.event} ${row.serial}`).toBeDefined();
      if (entry !== undefined) compare(row, entry);
    }
  });
});

function compare(row: Row, entry: ReadEntry): void {
  const types = entry.originals["type"] ?? [];
  const result = row.result === "failed" ? "fail" : row.result;
  if ((entry.fields["outcome"] ?? "") !== result) {
    expect(
      RESULTS.some(({ holds }) => holds(row, entry, types)),
      `result of ${row.event} ${row.serial}: ${entry.fields["outcome"]}, not ${result}`,
    ).toBe(true);
  }
  if (entry.fields["action"] !== row.action) {
    expect(
      ACTIONS.some(({ holds }) => holds(row, entry, types)),
      `action of ${row.event} ${row.serial}: ${entry.fields["action"]}, not ${row.action}`,
    ).toBe(true);
  }
  if (row.node !== "") expect(entry.fields["to"]).toBe(row.node);
}

function bySerial(entries: readonly ReadEntry[]): ReadonlyMap<string, readonly ReadEntry[]> {
  const found = new Map<string, ReadEntry[]>();
  for (const entry of entries) {
    const serial = entry.fields["ref"]?.split(":")[1] ?? "";
    found.set(serial, [...(found.get(serial) ?? []), entry]);
  }
  return found;
}

function clock(entry: ReadEntry): string {
  return entry.time === undefined ? "" : new Date(entry.time / 1000).toISOString().slice(11, 19);
}

function readRows(csv: string): readonly Row[] {
  return csv
    .trim()
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const cells =
        line.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, "")) ?? [];
      // "error normalizing X" leaves the first five columns only.
      if (cells.length < 15) return [];
      const [node = "", event = "", , time = "", serial = "", , , , , , action = "", result = ""] = cells;
      return [{ node, event, time, serial, action, result }];
    });
}
