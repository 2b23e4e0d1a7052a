import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditd } from "../../../workers/formats/auditd/index.ts";
import { sharedPath } from "../../support/shared.ts";
import { readLog, rereadEntry } from "./run-log.ts";

interface Expected {
  readonly path: string;
  readonly format: string;
  readonly records: number;
  readonly entries: number | null;
  readonly duplicates: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly min: string | null;
  readonly max: string | null;
}

/** Containers of their own: carriers unwrap these before the format sees a record. */
const OTHER_CARRIERS = new Set(["Fluent Bit json_lines", "journalctl short text", "ausearch -i text"]);

/** Originals that are shown as they are written. */
const PLAIN = new Set([
  "raw.pid",
  "raw.uid",
  "raw.auid",
  "raw.ses",
  "raw.syscall",
  "raw.exit",
  "raw.res",
  "raw.subj",
  "raw.type",
  "ref",
  "time",
]);

const folder = sharedPath("corpus", "auditd");
const expected: readonly Expected[] =
  folder === undefined
    ? []
    : (JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")) as { files: Expected[] }).files;
const files = expected.filter((file) => !OTHER_CARRIERS.has(file.format));

describe.skipIf(folder === undefined)("corpus of public audit logs", () => {
  it("is there", () => expect(files.length).toBeGreaterThan(55));

  it.each(files)("$path", (file) => {
    const bytes = readFileSync(`${folder}/${file.path}`);
    const log = readLog(bytes);
    const carried = log.entries.flatMap((entry) => entry.carried);
    const times = log.entries.flatMap((entry) => (entry.time === undefined ? [] : [entry.time]));
    expect({
      records: carried.reduce((sum, record) => sum + auditd.recordsIn(record), 0),
      entries: log.entries.length,
      duplicates: log.entries.reduce((sum, entry) => sum + entry.duplicates, 0),
      rejects: log.rejects.length,
      ignored: log.ignored.length + log.blankLines,
      min: iso(Math.min(...times)),
      max: iso(Math.max(...times)),
    }).toEqual({
      records: file.records,
      entries: file.entries,
      duplicates: file.duplicates,
      rejects: file.rejects,
      ignored: file.ignored,
      min: file.min,
      max: file.max,
    });
    const all = [...carried, ...log.rejects.map(({ record }) => record), ...log.ignored];
    expect(all.reduce((sum, record) => sum + record.length, 0) + log.otherBytes).toBe(bytes.length);
    // Comments and the 119 torn records of one file aside, nearly every line of these files is an audit record.
    const isMostlyComments = file.rejects * 2 > file.records;
    if (!isMostlyComments) expect(auditd.recognise(log.heads.slice(0, 200)).confidence).toBeGreaterThan(0.8);
  });

  it.each([
    "plaso/audit_enriched.log",
    "wazuh/auditd.log",
    "aminer/audispd.log",
    "derived/crlf.log",
    "linux-audit-parser-rs/lines.log",
  ])("%s: an entry read again from its bytes is the same", (path) => {
    const bytes = readFileSync(`${folder}/${path}`);
    for (const entry of readLog(bytes).entries) {
      const again = rereadEntry(bytes, entry);
      expect(again.map(({ fields, originals, flags }) => ({ fields, originals, flags }))).toEqual([
        { fields: entry.fields, originals: entry.originals, flags: entry.flags },
      ]);
    }
  });

  it("marks the bytes that a value was read from", () => {
    const log = readLog(readFileSync(`${folder}/go-libaudit/auparse/audit-rhel7.log`));
    const plain = log.entries.flatMap((entry) => entry.marks).filter(({ name }) => PLAIN.has(name));
    expect(plain.length).toBeGreaterThan(200);
    for (const { name, value, text } of plain) expect(`${name}=${text}`).toBe(`${name}=${value}`);
  });
});

function iso(micros: number): string {
  return new Date(micros / 1000).toISOString();
}
