/** Torn, glued, preallocated and mixed lines: auditd.md §2, rules 1 and 9 to 11. */
import { describe, expect, it } from "vitest";
import { reread } from "../../../workers/import/reread.ts";
import { first, flagsOf, type FormEntry, readAgain, readForm, type ReadForm, valuesOf } from "./support.ts";

const CWD = (key: string, cwd: string): string => `type=CWD msg=audit(${key}): cwd="${cwd}"`;
const LOGIN = (key: string, ses: number): string =>
  `type=LOGIN msg=audit(${key}): pid=1 uid=0 old-auid=4294967295 auid=1004 old-ses=4294967295 ses=${ses} res=1`;

function logOf(text: string | Uint8Array): ReadForm {
  return readForm(typeof text === "string" ? Buffer.from(text, "latin1") : text, { choice: "lines+auditd" });
}
const times = ({ entries }: ReadForm): readonly unknown[] => entries.map(({ fields }) => fields.when.at);
const sessions = ({ entries }: ReadForm): readonly unknown[] => entries.map(({ fields }) => first(fields, "session"));
const flags = (entry: FormEntry | undefined): readonly string[] => (entry === undefined ? [] : flagsOf(entry.fields));

describe("stamps", () => {
  it("with fewer digits are whole milliseconds", () => {
    expect(times(logOf(`${LOGIN("5.1:7", 1)}\n${LOGIN("5.0:8", 2)}\n${LOGIN("5.001:7", 3)}\n`))).toEqual([
      5_001_000, 5_000_000,
    ]);
  });

  it("without fraction and serial make an entry each, marked", () => {
    const log = logOf(`${LOGIN("1337845201", 1)}\n${LOGIN("1337845201", 2)}\n`);
    expect(sessions(log)).toEqual(["1", "2"]);
    expect(times(log)).toEqual([1337845201000000, 1337845201000000]);
    for (const entry of log.entries) {
      expect(flags(entry)).toContain("incomplete");
      expect(first(entry.fields, "ref")).toBeUndefined();
    }
  });

  it("without a digit, or none at all, are rejects", () => {
    const log = logOf(`${LOGIN("", 1)}\nsome words\n${LOGIN("5.000:9", 2)}\n`);
    expect(log.rejects.map(({ code }) => code)).toEqual(["auditd.bad-stamp", "auditd.no-stamp"]);
    expect(sessions(log)).toEqual(["2"]);
  });
});

describe("glued lines", () => {
  const line = `node=web-1 ${LOGIN("5.000:7", 1)} ${LOGIN("5.000:8", 2)} ${CWD("5.000:7", "/a")}\n`;
  const bytes = Buffer.from(`${LOGIN("4.000:6", 9)}\n${line}`);
  const log = logOf(bytes);

  it("are cut into their records, whose node is that of the line", () => {
    expect(log.records).toBe(4);
    expect(sessions(log)).toEqual(["9", "1", "2"]);
    expect(log.entries.map(({ fields }) => first(fields, "to"))).toEqual([undefined, "web-1", "web-1"]);
    expect(log.entries.map(({ records }) => records.length)).toEqual([1, 2, 1]);
  });

  it("keep their node when a part is read again alone", () => {
    for (const entry of log.entries) {
      const again = reread({
        choice: log.choice,
        context: log.context,
        reading: log.reading,
        near: undefined,
        spans: entry.records.map(({ offset, length }) => {
          const start = bytes.subarray(0, offset).lastIndexOf(0x0a) + 1;
          return {
            offset,
            bytes: bytes.subarray(offset, offset + length),
            lineStart: () => (start === offset ? undefined : bytes.subarray(start, offset)),
          };
        }),
      });
      expect(again === undefined ? undefined : valuesOf(again.fields)).toEqual(valuesOf(entry.fields));
    }
  });

  it("are not cut inside a quoted value", () => {
    const quoted = `type=USER_CMD msg=audit(5.000:7): pid=1 uid=0 msg='cmd="x type=CWD msg=audit(9.000:1): cwd=y" res=success'`;
    expect(logOf(`${quoted}\n`).entries.length).toBe(1);
  });
});

describe("damaged bytes", () => {
  it("a run of NUL before a line is no part of it, and nothing is lost", () => {
    const nul = "\0".repeat(40);
    const log = logOf(`${LOGIN("5.000:7", 1)}\n${nul}${LOGIN("6.000:8", 2)}\n${nul}\n${LOGIN("7.000:9", 3)}`);
    expect(sessions(log)).toEqual(["1", "2", "3"]);
    expect(log.rejects).toEqual([]);
  });

  it("a torn line is an entry that says so, or a reject, never nothing", () => {
    const whole = `type=USER_AUTH msg=audit(5.000:7): pid=1 uid=0 auid=1004 ses=3 msg='op=PAM:authentication acct="eva" exe="/usr/bin/su" res=success'`;
    for (let end = 1; end < whole.length; end++) {
      const log = logOf(`${whole.slice(0, end)}\n${LOGIN("8.000:9", 4)}\n`);
      const torn = log.entries.find(({ records }) => records[0]?.offset === 0);
      expect(log.entries.length + log.rejects.length, `cut at ${end}`).toBe(2);
      if (torn !== undefined && end < whole.length - 1 && end > whole.indexOf("msg='") + 5)
        expect(flags(torn), `cut at ${end}`).toContain("incomplete");
    }
  });

  it("bytes that are no UTF-8 are shown escaped, flagged, and read the same again", () => {
    const bytes = Buffer.concat([
      Buffer.from(`type=USER_LOGIN msg=audit(5.000:7): pid=1 uid=0 auid=1004 ses=3 msg='op=login acct="`),
      Buffer.from([0xff, 0x41, 0xc3]),
      Buffer.from(`" exe="/usr/sbin/sshd" res=failed'\n`),
    ]);
    const log = logOf(bytes);
    const [entry] = log.entries;
    if (entry === undefined) throw new Error("no entry");
    expect(entry.fields.originals.get("acct")?.values).toEqual([String.raw`\xFFA\xC3`]);
    expect(entry.records[0]?.flags).toEqual(["encoding"]);
    expect(valuesOf(readAgain(bytes, log, entry)?.fields ?? entry.fields)).toEqual(valuesOf(entry.fields));
  });

  it("a last line without its end counts", () => {
    expect(sessions(logOf(`${LOGIN("5.000:7", 1)}\r\n${LOGIN("6.000:8", 2)}`))).toEqual(["1", "2"]);
  });
});
