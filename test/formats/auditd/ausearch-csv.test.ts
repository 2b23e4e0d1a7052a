/**
 * Our canonical fields beside the columns of `ausearch --format csv` (audit 3.0.9) over the whole corpus. Where one
 * differs, either the tool is at fault or the column means another thing: each difference must be on the list.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { sharedPath } from "../../support/shared.ts";
import { toolEndpoint } from "./ausearch-same.ts";
import { readToolCsv, type ToolRow } from "./ausearch-text.ts";
import { readLog, type ReadEntry } from "./run-log.ts";

interface Pair {
  readonly row: ToolRow;
  readonly entry: ReadEntry;
  /** What the column says, spelled our way; "" = nothing. */
  readonly tool: string;
  readonly ours: string;
}
interface Reason {
  readonly why: string;
  readonly holds: (pair: Pair) => boolean;
  times: number;
}
const because = (why: string, holds: (pair: Pair) => boolean): Reason => ({ why, holds, times: 0 });

const types = ({ entry }: Pair): readonly string[] => entry.originals["type"] ?? [];
const has = ({ entry }: Pair, name: string, value: string): boolean => entry.originals[name]?.includes(value) === true;
/** The tool splits what has one key, or is led by another record of it. */
const ONE_KEY = because(
  "one entry for one key: the tool shows several, or is led by another of its records",
  (pair) => types(pair).length > 1 && (types(pair)[0] !== pair.row["EVENT"] || pair.row["EVENT"] === "PROCTITLE"),
);

interface Column {
  readonly name: string;
  readonly tool: (row: ToolRow) => string;
  readonly ours: (entry: ReadEntry, row: ToolRow) => string;
  readonly reasons: readonly Reason[];
}
const field =
  (name: string) =>
  (entry: ReadEntry): string =>
    entry.fields[name] ?? "";
/** Only root has a name where the tool ran. */
const number = (name: string): string => (name === "root" ? "0" : name.replace(/^unknown\((-?\d+)\)$/, "$1"));

const COLUMNS: readonly Column[] = [
  {
    name: "NODE",
    tool: (row) => row["NODE"] ?? "",
    ours: field("to"),
    reasons: [because("a record without node= joins the one node of its key", ({ tool }) => tool === "")],
  },
  {
    name: "SESSION",
    tool: (row) => (row["SESSION"] === "unset" ? "" : (row["SESSION"] ?? "")),
    ours: field("session"),
    reasons: [
      because("the new session of a LOGIN of the old form, not the one before", ({ row }) => row["EVENT"] === "LOGIN"),
      ONE_KEY,
    ],
  },
  {
    name: "SUBJ_PRIME",
    // Without a login user it says "system" and the user that the program runs as in the next column.
    tool: (row) => number((row["SUBJ_PRIME"] === "system" ? row["SUBJ_SEC"] : row["SUBJ_PRIME"]) ?? ""),
    ours: ({ fields }) => number(fields["actor"] ?? ""),
    reasons: [
      because("auid=? is nobody, and not 0", (pair) => pair.tool === "0" && has(pair, "auid", "?")),
      because("who logs in is the object of a failed login", ({ row }) => row["EVENT"] === "USER_LOGIN"),
      because("a LOGIN is the act of who was logged in before", ({ row }) => row["EVENT"] === "LOGIN"),
      because("the tool says none where the record has one", ({ tool }) => tool === ""),
      because("a name in the place of a number", ({ tool, ours }) => tool === "0" && ours === "vagrant"),
      ONE_KEY,
    ],
  },
  {
    name: "ACTION",
    tool: (row) => row["ACTION"] ?? "",
    ours: field("action"),
    reasons: [
      because("the tool has no rule for it", ({ tool }) => tool === "did-unknown"),
      because("the tool names the rule, we name the call", ({ tool }) =>
        /^triggered-(unknown-)?audit-rule$/.test(tool),
      ),
      because("one word for all changes of a kind", ({ ours }) =>
        /^changed-(firewall|audit-configuration|promiscuous-mode-on-device|configuration)$/.test(ours),
      ),
      because("a call that made the file", ({ tool, ours }) => tool === "opened-file" && ours === "created"),
      ONE_KEY,
    ],
  },
  {
    name: "RESULT",
    tool: (row) => (row["RESULT"] === "failed" ? "fail" : (row["RESULT"] ?? "")),
    ours: field("outcome"),
    reasons: [
      because("EINPROGRESS and EAGAIN are no failures", ({ entry }) =>
        /E(INPROGRESS|AGAIN), in progress$/.test(entry.fields["label"] ?? ""),
      ),
      because('success="yes" in quotes is a success', (pair) => has(pair, "success", "yes")),
      because("permissive=1: the access was allowed", (pair) => has(pair, "permissive", "1")),
      because("granted is granted", (pair) => has(pair, "seresult", "granted")),
      because("a crash has no result", ({ row }) => row["EVENT"] === "ANOM_ABEND"),
      because("res= and exit= that the tool leaves out", ({ tool, ours }) => tool === "" && ours !== ""),
      because("res=(null) is no result", (pair) => has(pair, "res", "(null)")),
      because("a filter that only logs lets the call through", ({ row }) => row["EVENT"] === "SECCOMP"),
      ONE_KEY,
    ],
  },
  {
    name: "HOW",
    tool: (row) => row["HOW"] ?? "",
    // The program, by its path or by the name of its script.
    ours: ({ originals }, row) =>
      [...(originals["exe"] ?? []), ...(originals["comm"] ?? [])].find((how) => how === row["HOW"]) ?? "",
    reasons: [
      because(
        "who told the daemon, which the record does not say",
        ({ row }) => row["EVENT"]?.startsWith("DAEMON_") === true,
      ),
      because("the signal of a crash", ({ row }) => row["EVENT"] === "ANOM_ABEND"),
      because("keystrokes are no program", ({ row }) => row["EVENT"] === "TTY"),
      ONE_KEY,
    ],
  },
  {
    name: "OBJ_PRIME",
    tool: (row) => toolEndpoint(number(row["OBJ_PRIME"] ?? "")),
    ours: ({ fields }, row) => {
      const wanted = toolEndpoint(number(row["OBJ_PRIME"] ?? ""));
      return (
        [fields["target"], fields["target2"]].find((target) => number(target ?? "") === wanted) ??
        fields["target"] ??
        ""
      );
    },
    reasons: [
      because("the tool says none, or `?`, where we have one", ({ tool }) => tool === "" || tool === "?"),
      because("family 0 is unspec", ({ tool, ours }) => tool === "unknown-family(0)" && ours === "unspec"),
      because("the setting, whose value is new", ({ row, ours }) => row["EVENT"] === "CONFIG_CHANGE" && ours !== ""),
      because("the rule's keys in the place of an object", (pair) =>
        [pair.tool, ...pair.tool.split(" key=")].some((key) => has(pair, "key", key)),
      ),
      because("keystrokes stay hidden", ({ row, ours }) => row["EVENT"]?.endsWith("TTY") === true && ours === ""),
      because("a LOGIN changes to the new user", ({ row }) => row["EVENT"] === "LOGIN"),
      because("a value in brackets is cut", ({ tool, ours }) => ours === `${tool})`),
      because("a call without an arch cannot be named", ({ tool }) => tool === "unknown-syscall(-1)"),
      because("an operation is no object", (pair) => pair.ours === "" && has(pair, "op", pair.tool)),
      ONE_KEY,
    ],
  },
];

const folder = sharedPath("corpus", "auditd");
const SUFFIX = ".ausearch.csv";
const sources =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => name.slice(0, -SUFFIX.length))
        .filter((name) => existsSync(`${folder}/${name}`));

describe.skipIf(folder === undefined)("beside the table of ausearch", () => {
  let rows = 0;

  it.each(sources)("%s", (name) => {
    const entries = entriesBySerial(readLog(readFileSync(`${folder}/${name}`)).entries);
    for (const row of readToolCsv(readFileSync(`${folder}/${name}${SUFFIX}`, "utf8"))) {
      // A stamp without a serial is one of the start of 1970 for the tool.
      if (row["SERIAL_NUM"] === "0" && row["DATE"] === "01/01/70") continue;
      const found = (entries.get(row["SERIAL_NUM"] ?? "") ?? []).filter((entry) => clock(entry) === row["TIME"]);
      const entry = found.find(({ originals }) => originals["type"]?.includes(row["EVENT"] ?? "") === true);
      expect(entry, `${row["EVENT"]} ${row["SERIAL_NUM"]}`).toBeDefined();
      // "error normalizing X": the first five columns only.
      if (entry === undefined || row["EVENT_KIND"] === "") continue;
      rows++;
      for (const column of COLUMNS) compare(column, row, entry);
    }
  });

  afterAll(() => {
    if (sources.length === 0) return;
    expect(rows).toBe(2458);
    for (const { name, reasons } of COLUMNS)
      for (const { why, times, ...one } of reasons)
        if (one.holds !== ONE_KEY.holds) expect(times, `${name}, explains nothing: ${why}`).toBeGreaterThan(0);
    expect(ONE_KEY.times).toBeGreaterThan(0);
  });
});

function compare(column: Column, row: ToolRow, entry: ReadEntry): void {
  const tool = column.tool(row);
  const ours = column.ours(entry, row);
  if (number(ours) === tool || ours === tool) return;
  const reason = column.reasons.find(({ holds }) => holds({ row, entry, tool, ours }));
  expect(reason, `${column.name} of ${row["EVENT"]} ${row["SERIAL_NUM"]}: ${ours}, not ${tool}`).toBeDefined();
  if (reason !== undefined) reason.times++;
}

function entriesBySerial(entries: readonly ReadEntry[]): ReadonlyMap<string, readonly ReadEntry[]> {
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
