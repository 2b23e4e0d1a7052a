/** Short journal output has no stamps: which lines are the same record, and which records one event, shows their order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleEvents, type AuditEvent } from "../../../workers/formats/auditd/assembly.ts";
import type { CarriedRecord } from "../../../workers/formats/format.ts";
import type { EpochMicros } from "../../../workers/contract.ts";

interface Line {
  readonly app: "audit" | "kernel";
  readonly text: string;
  readonly second: number;
  readonly host?: string;
}

function carry(lines: readonly Line[]): readonly CarriedRecord[] {
  let offset = 0;
  return lines.map(({ app, text, second, host = "web-1" }, i) => {
    const at = (second * 1_000_000) as EpochMicros;
    const time = {
      parsed: { at, precision: 0, zoneless: true, offsetMinutes: undefined },
      text: "",
      yearInferred: true,
    };
    const length = text.length + 1;
    offset += length;
    const body = { kind: "text", text, derived: {} } as const;
    return { offset: offset - length, length, line: i + 1, body, wrap: { fields: [], time, host, app }, flags: [] };
  });
}

interface Found {
  readonly event: AuditEvent;
  readonly lines: readonly number[];
  readonly duplicates: number;
}

function assemble(records: readonly CarriedRecord[]): readonly Found[] {
  const found: Found[] = [];
  const assembler = assembleEvents({
    entry: (carried, event, duplicates) => found.push({ event, lines: carried.map(({ line }) => line), duplicates }),
    reject: () => undefined,
    ignore: () => undefined,
  });
  for (const record of records) assembler.push(record);
  assembler.finish();
  return found;
}

const audit = (text: string, second = 1): Line => ({ app: "audit", text, second });
const kernel = (type: number, serial: number, body: string, second = 1): Line => ({
  app: "kernel",
  text: `audit: type=${type} audit(1786504600.000:${serial}): ${body}`,
  second,
});
const linesOf = (lines: readonly Line[]): readonly (readonly number[])[] =>
  assemble(carry(lines)).map((found) => found.lines);

describe("a record that is shown twice", () => {
  it("is one, whichever line comes first, and counts as no duplicate", () => {
    const [login, ...others] = assemble(
      carry([
        audit("LOGIN pid=1 ses=2"),
        kernel(1006, 7, "pid=1 ses=2"),
        kernel(1006, 8, "pid=3"),
        audit("LOGIN pid=3"),
      ]),
    );
    expect(login?.lines).toEqual([1, 2]);
    expect(login?.event.records.map(({ stamp }) => stamp.key)).toEqual(["1786504600.000:7"]);
    expect(login?.event.twins.length).toBe(1);
    expect([login?.duplicates, others.length, others[0]?.lines, others[0]?.duplicates]).toEqual([0, 1, [3, 4], 0]);
  });

  it("is told from one of another host, of another time, and of another text", () => {
    const same = kernel(1006, 7, "pid=1");
    expect(linesOf([{ ...audit("LOGIN pid=1"), host: "web-2" }, same]).length).toBe(2);
    expect(linesOf([audit("LOGIN pid=1", 9), same]).length).toBe(2);
    expect(linesOf([audit("LOGIN pid=12"), same]).length).toBe(2);
  });

  it("keeps the order of the bytes", () => {
    const lines = [
      audit("CWD cwd=/a"),
      audit("PROCTITLE proctitle=id"),
      kernel(1307, 7, "cwd=/a"),
      kernel(1327, 7, "proctitle=id"),
    ];
    expect(linesOf(lines)).toEqual([[1, 2, 3, 4]]);
  });
});

describe("records without a stamp", () => {
  const call = (pid: number): Line => audit(`SYSCALL syscall=59 pid=${pid}`);
  it("are one event from the call to its command line", () => {
    const event = [call(1), audit("EXECVE argc=1"), audit("CWD cwd=/"), audit("PATH item=0"), audit("PATH item=1")];
    expect(linesOf([...event, audit("PROCTITLE proctitle=id"), call(1), audit("CWD cwd=/")])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
  });

  it("stay apart where a second of its kind begins another event", () => {
    expect(
      linesOf([call(1), audit("PATH item=0"), audit("PATH item=0"), audit("CWD cwd=/"), audit("CWD cwd=/")]),
    ).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("of user space are never joined", () => {
    expect(linesOf([audit("USER_LOGIN pid=1"), audit("PATH item=0"), audit("SERVICE_START pid=1")]).length).toBe(3);
  });

  it("go with the call that follows them only where the process is the same", () => {
    expect(linesOf([audit("AVC avc: denied pid=1"), call(1)])).toEqual([[1, 2]]);
    expect(linesOf([audit("AVC avc: denied pid=2"), call(1)]).length).toBe(2);
  });
});

const anyLine = fc.oneof(
  fc
    .tuple(fc.constantFrom("SYSCALL", "PATH", "CWD", "PROCTITLE", "LOGIN", "USER_CMD"), fc.nat(3), fc.nat(4))
    .map(([type, value, second]) => audit(`${type} item=${value} pid=${value}`, second)),
  fc
    .tuple(fc.constantFrom(1300, 1302, 1307, 1327, 1006, 1123), fc.nat(3), fc.nat(5), fc.nat(4))
    .map(([type, value, serial, second]) => kernel(type, serial, `item=${value} pid=${value}`, second)),
);

describe("however the lines lie", () => {
  it("each is in exactly one entry, in the order of the bytes", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
        const found = linesOf(lines);
        expect(found.flat().toSorted((a, b) => a - b)).toEqual(lines.map((_line, i) => i + 1));
        for (const entry of found) expect(entry).toEqual(entry.toSorted((a, b) => a - b));
      }),
    );
  });

  it("an entry read again alone is the same entry", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
        const records = carry(lines);
        for (const { event, lines: own } of assemble(records)) {
          const again = assemble(records.filter(({ line }) => own.includes(line)));
          expect(again.map((found) => found.lines)).toEqual([own]);
          expect(again[0]?.event.records.map(({ text }) => text)).toEqual(event.records.map(({ text }) => text));
        }
      }),
    );
  });
});
