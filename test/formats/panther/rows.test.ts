/** Rows of Panther: what their values were, when their events happened, and that no value becomes another field. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIpAddress } from "../../../workers/base/ip.ts";
import { utf8Of } from "../../support/utf8.ts";
import { importChunks } from "../../import/run.ts";
import { flagsOf, type FormEntry, readForm, valuesOf } from "../auditd-forms/support.ts";

type Row = Readonly<Record<string, unknown>>;
const ROW: Row = {
  type: "SYSCALL",
  timestamp: 1_786_504_600.25,
  eventId: "7",
  p_log_type: "Linux.Auditd",
  p_event_time: "2026-08-12 03:16:40.250",
  p_parse_time: "2026-08-12 03:17:00",
};

function entryOf(part: Row): FormEntry {
  const [entry] = readForm(utf8Of(`${JSON.stringify({ ...ROW, ...part })}\n`)).entries;
  if (entry === undefined) throw new Error("a row is an entry");
  return entry;
}
const said = (part: Row) => valuesOf(entryOf(part).fields);

describe("hex", () => {
  it.each([
    ["PATH", "name", "2F746D702F6120622063", "/tmp/a b c"],
    ["PATH", "name", "2f746d702f6120622063", "/tmp/a b c"],
    ["PATH", "name", "C3A4", "ä"],
    // The kernel writes these in quotes as they stand, so they cannot have been hex.
    ["PATH", "name", "cafe", "cafe"],
    ["PATH", "name", "63616665", "63616665"],
    ["PATH", "name", "E4", "E4"],
    ["PATH", "name", "2F746", "2F746"],
    ["PATH", "inode", "2512", "2512"],
    ["USER_CMD", "cmd", "6C73202D6C", "ls -l"],
    ["PROCTITLE", "proctitle", "636174002F6574632F736861646F77", "cat /etc/shadow"],
    ["USER_LOGIN", "acct", "28696E76616C6964207573657229", "(invalid user)"],
    ["USER_LOGIN", "acct", "1001", "1001"],
    ["EXECVE", "a1", "6C6F6720612062", "log a b"],
    ["PATH", "name", "6D1B5B41", "6D1B5B41"],
    ["PATH", "name", "2F746D702F1B5B41", "/tmp/\x1b[A"],
    // Numbers are numbers, though these would be a text with a blank.
    ["PATH", "name", "2025", "2025"],
    ["PATH", "name", "4120", "4120"],
    ["EXECVE", "a1", "302031", "302031"],
    ["USER_CMD", "cmd", "69642061", "id a"],
    ["SYSCALL", "a1", "6120622063", "6120622063"],
    // The kernel writes what was typed as hex whatever it is; a program may as well have written it in quotes.
    ["TTY", "data", "6C73", '"ls"'],
    ["TTY", "data", "61", '"a"'],
    ["TTY", "data", "6C730D", '"ls",<ret>'],
    ["TTY", "data", "ls", '"ls"'],
    ["TTY", "data", "616", '"616"'],
    ["USER_TTY", "data", "6C73", '"6C73"'],
    ["USER_TTY", "data", "6C73202D6C", '"ls -l"'],
  ])("%s %s=%s is %s", (type, name, recorded, text) => {
    expect(said({ type, [name]: recorded })[`raw.${name}`]).toEqual([text]);
  });

  it("keys of a rule are a list", () => {
    expect(said({ key: "657865630173686164" })["raw.key"]).toEqual(["exec", "shad"]);
  });
});

describe("level", () => {
  it.each<[Row, string, string | undefined]>([
    [{ success: "no", exit: "-13" }, "warning", "fail"],
    [{ success: "yes" }, "info", "success"],
    [{ type: "ANOM_PROMISCUOUS", prom: "256" }, "error", undefined],
    [{ type: "RESP_ACCT_LOCK", res: "success" }, "error", "success"],
    [{ type: "AVC", extra_message_fields: { seresult: "denied", permissive: "0" } }, "error", "fail"],
    [{ type: "AVC", extra_message_fields: { seresult: "denied", permissive: "1" } }, "info", "success"],
    [{ type: "AVC", extra_message_fields: { seresult: "granted" } }, "info", "success"],
    [{ type: "AVC", tclass: "file", extra_message_fields: { lead: "avc:  denied  { read } for " } }, "error", "fail"],
    [{ type: "AVC", extra_message_fields: { apparmor: "DENIED" } }, "error", "fail"],
  ])("of %j is %s", (part, level, outcome) => {
    const fields = said(part);
    expect([fields["level"], fields["outcome"] ?? []]).toEqual([[level], outcome === undefined ? [] : [outcome]]);
  });
});

describe("time", () => {
  it.each<[Row, string, readonly string[]]>([
    [{}, "1786504600.25", []],
    [{ timestamp: 1_786_504_600 }, "1786504600", []],
    [{ timestamp: "1786504600.250" }, "1786504600.250", []],
    [{ timestamp: undefined }, "2026-08-12 03:16:40.250", ["mandatoryMissing"]],
    [{ timestamp: "soon" }, "2026-08-12 03:16:40.250", ["timeUnusable"]],
    [
      { timestamp: undefined, p_parse_time: "2026-08-12 03:16:40.250" },
      "2026-08-12 03:16:40.250",
      ["mandatoryMissing", "arrivalTime"],
    ],
    [{ timestamp: undefined, p_event_time: undefined }, "2026-08-12 03:17:00", ["mandatoryMissing", "arrivalTime"]],
    [{ timestamp: 1e300, p_event_time: "x", p_parse_time: "" }, "1e+300", ["timeUnusable"]],
  ])("%j is read from %s", (part, text, flags) => {
    const { fields } = entryOf(part);
    expect(fields.when.text).toBe(text);
    expect(
      flagsOf(fields)
        .filter((flag) => flag !== "levelDerived")
        .toSorted(),
    ).toEqual(flags.toSorted());
  });

  it.each<[Row, readonly string[]]>([
    [{}, ["1786504600.250:7"]],
    [{ timestamp: undefined }, ["1786504600.250:7"]],
    [{ p_parse_time: ROW["p_event_time"] }, ["1786504600.250:7"]],
    [{ timestamp: undefined, p_parse_time: ROW["p_event_time"] }, []],
    [{ timestamp: undefined, p_event_time: undefined }, []],
  ])("%j is of the event %j: one that came in then may have happened at any time", (part, refs) => {
    expect(said(part)["ref"] ?? []).toEqual(refs);
  });

  it("is UTC whatever zone is assumed, to the digits that are written", () => {
    const read = (p_event_time: string) => {
      const line = utf8Of(`${JSON.stringify({ ...ROW, timestamp: undefined, p_event_time })}\n`);
      const [entry] = readForm(line, { zone: "Europe/Paris" }).entries;
      return [entry?.fields.when.at, entry?.fields.when.precision];
    };
    const second = 1_786_504_600_000_000;
    expect(read("2026-08-12 03:16:40")).toEqual([second, 0]);
    expect(read("2026-08-12 03:16:40.25")).toEqual([second + 250_000, 2]);
    expect(read("2026-08-12 03:16:40.250000001")).toEqual([second + 250_000, 9]);
    expect(read("2026-08-12T03:16:40.250Z")).toEqual([second + 250_000, 3]);
  });

  it("milliseconds lose no zero: .11 is 110", () => {
    const { fields } = entryOf({ timestamp: 1_786_504_600.11 });
    expect([fields.when.at, fields.when.precision]).toEqual([1_786_504_600_110_000, 3]);
    expect(valuesOf(fields)["ref"]).toEqual(["1786504600.110:7"]);
  });
});

describe("fields", () => {
  it("lifts what the map of further fields holds, and keeps it under its own name", () => {
    const found = said({ type: "USER_START", extra_message_fields: { op: "PAM:session_open", "a b": "x" } });
    expect(found).toMatchObject({
      "raw.op": ["PAM:session_open"],
      "raw.extra_message_fields.op": ["PAM:session_open"],
      "raw.extra_message_fields.a b": ["x"],
    });
    expect(Object.keys(found)).not.toContain("raw.a b");
  });

  it("indicators are addresses, hosts and users, never the address of an instruction", () => {
    const part = { type: "SECCOMP", ip: "0x7f27d8d0a1bd", addr: "?", uid: "33", hostname: "10.0.0.9" };
    const found = said({ ...part, p_any_ip_addresses: ["2001:db8::1"], p_any_domain_names: ["gate.example"] });
    expect(found).toMatchObject({
      "raw.ip": ["0x7f27d8d0a1bd"],
      "raw.indicator.ip": ["10.0.0.9", "2001:db8::1"],
      "raw.indicator.hostname": ["gate.example"],
      "raw.indicator.actor_id": ["33"],
    });
  });

  it("the same host comes from the record, the source, or the file", () => {
    expect(said({ extra_message_fields: { node: "web-7" }, p_source_label: "fleet" })).toMatchObject({
      to: ["web-7"],
      datasource: ["web-7"],
      domain: ["web-7"],
    });
    expect(said({ p_source_label: "fleet" })).toMatchObject({ to: ["fleet"], datasource: ["fleet"] });
    expect(said({})).toMatchObject({ datasource: ["evidence"], domain: ["local"] });
    expect(said({})["to"]).toBeUndefined();
  });

  it("keystrokes are in no other text of the entry", () => {
    const entry = entryOf({ type: "TTY", data: "68756E746572320D", comm: "bash" });
    const { "raw.data": typed, ...others } = valuesOf(entry.fields);
    expect(typed).toEqual(['"hunter2",<ret>']);
    expect(JSON.stringify(others)).not.toMatch(/hunter2|68756e74/i);
    expect(entry.explain().sentence).not.toContain("hunter2");
  });

  it("a value is never read as further fields", () => {
    const names = ["exe", "comm", "name", "key", "cwd", "terminal", "acct", "exit", "subj"];
    const odd = fc.constantFrom(
      'x" uid=0 auid=0',
      "' msg='acct=\"root\"",
      'a\x1dUID="root"',
      " type=CWD msg=audit(1.000:1): cwd=/x",
      "(null) res=success",
      "{ a b } op=c",
    );
    const types = fc.constantFrom("SYSCALL", "USER_LOGIN", "PATH", "AVC", "EXECVE", "USER_TTY");
    fc.assert(
      fc.property(types, fc.constantFrom(...names), odd, (type, name, value) => {
        const plain = said({ type, [name]: "x" });
        const found = said({ type, [name]: value });
        const raw = (row: object): readonly string[] => Object.keys(row).filter((key) => key.startsWith("raw."));
        expect(raw(found).filter((key) => !raw(plain).includes(key))).toEqual([]);
        expect(found["raw.uid"]).toBeUndefined();
        expect(found["outcome"]).toBeUndefined();
      }),
    );
  });
});

describe("repeats", () => {
  const fixture = readFileSync(fileURLToPath(new URL("rows.jsonl", import.meta.url)));

  it("a row is known by p_row_id: rows of one event are no copies of each other", () => {
    const member = importChunks(fixture, fixture.length);
    expect(member?.end).toMatchObject({ entries: 11, rejects: 0, duplicates: 1 });
  });
});

describe("other objects", () => {
  it("a row of another log is read by Panther's own fields and by common names", () => {
    const found = said({ type: undefined, p_log_type: "Okta.SystemLog", user: "eva", p_row_id: "r", severity: "WARN" });
    expect(found).toMatchObject({ family: ["panther"], actor: ["eva"], custom1: ["r"], code: ["Okta.SystemLog"] });
  });
});

describe("addresses", () => {
  it.each(["192.0.2.1", "::", "::1", "2001:db8::1", "fe80::1%eth0", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8"])(
    "%s is one",
    (text) => expect(isIpAddress(text)).toBe(true),
  );
  it.each([
    "",
    "?",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3",
    "0x7f27d8d0a1bd",
    "1:2:3:4:5:6:7",
    "1::2::3",
    "a:b",
    "gate.example",
  ])("%s is none", (text) => expect(isIpAddress(text)).toBe(false));
});

describe("data", () => {
  const dataOf = (part: Row): unknown => JSON.parse(said(part)["data"]?.[0] ?? "null");

  it("has every column without a field of its own, of the schema or not", () => {
    const part = { uid: "0", team: "blue", p_rule_id: "Audit.Rule", p_any_ip_addresses: ["192.0.2.7"] };
    const { p_parse_time } = ROW;
    expect(dataOf({ ...part, p_row_id: "r1", p_source_label: "web fleet" })).toEqual({
      ...part,
      p_parse_time,
      p_source_label: "web fleet",
    });
  });

  it.each<[Row, unknown]>([
    [{ data: "hunter2" }, undefined],
    [{ extra_message_fields: { data: "hunter2", msg: "hunter2", op: "x" } }, { op: "x" }],
    [{ extra_message_fields: { data: "hunter2", msg: "hunter2" } }, undefined],
    [{ extra_message_fields: '{"data":"hunter2","op":"x"}' }, { op: "x" }],
  ])("has no secret of %j", (part, extra) => {
    const found = dataOf({ type: "USER_TTY", ...part });
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(found).toEqual({
      p_parse_time: ROW["p_parse_time"],
      ...(extra === undefined ? {} : { extra_message_fields: extra }),
    });
  });
});

describe("a row without the standard fields", () => {
  it.each([
    ["CWD", true],
    ["USER_LOGIN", true],
    ["UNKNOWN[1425]", true],
    // Events of other logs have a type, a timestamp and an id as well.
    ["LOGIN_FAILED", false],
    ["ORDER", false],
    ["1300", false],
    ["cwd", false],
    ["", false],
  ])("of type %j is one of Linux.Auditd: %j", (type, is) => {
    const line = `${JSON.stringify({ type, timestamp: 1_786_504_600.25, eventId: "7", name: "x" })}\n`;
    expect(readForm(utf8Of(line.repeat(3))).choice.endsWith("+panther")).toBe(is);
  });
});
