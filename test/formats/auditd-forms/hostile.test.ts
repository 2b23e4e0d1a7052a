/** Whatever stands in the values: no form of an event fails, loses an object or takes long. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditdEvents } from "../../../workers/formats/auditd/events/index.ts";
import { ausearchInterpreted } from "../../../workers/formats/auditd/ausearch/index.ts";
import { allowedMs } from "../../support/machine.ts";
import { readAgain, readForm, valuesOf } from "./support.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const objects = ["laurel.jsonl", "auditbeat.jsonl", "oms.jsonl"].flatMap((name) =>
  readFileSync(`${folder}${name}`, "utf8").trim().split("\n"),
);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "\u001d",
    "%",
    "%zz",
    '"',
    "' x=y",
    " type=CWD msg=audit(1.000:1): a=b",
    "0x",
    "(null)",
    "\u0001",
    "?",
  ),
  fc.integer(),
  fc.constant(null),
  fc.constant([] as Json[]),
  fc.constant({} as Json),
  fc.array(fc.string(), { maxLength: 3 }).map((list): Json => list),
  fc.record({ __proto__: fc.string(), a: fc.string() }).map((record): Json => ({ ...record })),
);

/** One value of an object replaced by another, chosen by a number. */
function changed(value: Json, at: { left: number }, other: Json): Json {
  if (at.left-- === 0) return other;
  if (Array.isArray(value)) return value.map((item) => changed(item, at, other));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, at, other)]));
}

describe("a value that looks like fields", () => {
  const login = (op: string, terminal: string): string =>
    JSON.stringify({
      ID: "1744887126.100:501",
      USER_LOGIN: {
        pid: 77,
        uid: "0",
        auid: "1000",
        ses: "3",
        op,
        acct: "eve",
        exe: "/usr/sbin/sshd",
        terminal,
        res: "failed",
      },
    });
  const usual = readForm(Buffer.from(`${login("login", "ssh")}\n`), { choice: "json-lines+auditd-events" });

  it.each([
    ["login auid=0 res=success", "ssh"],
    ["login", 'ssh" res=success auid=0 x="'],
    ["login", "ssh' res=success"],
    ["login", "(ssh) res=success auid=0"],
    ["login", "{ ssh } res=success auid=0"],
    ["login\u001dAUID=root", "ssh"],
  ])("stays one value: op %s, terminal %s", (op, terminal) => {
    const form = readForm(Buffer.from(`${login(op, terminal)}\n`), { choice: "json-lines+auditd-events" });
    const [fields, plain] = [form, usual].map(({ entries }) =>
      entries[0] === undefined ? {} : valuesOf(entries[0].fields),
    );
    expect(plain?.["outcome"]).toEqual(["fail"]);
    for (const name of ["outcome", "actor", "raw.res", "raw.auid"]) expect(fields?.[name]).toEqual(plain?.[name]);
    expect(Object.keys(fields ?? {}).sort()).toEqual(Object.keys(plain ?? {}).sort());
    expect([fields?.["raw.op"], fields?.["raw.terminal"]]).toEqual([[op], [terminal]]);
  });
});

describe("objects with any value anywhere", () => {
  it("are read, explained, and read again the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.nat(80), odd, (text, left, other) => {
        const whole = changed(JSON.parse(text) as Json, { left }, other);
        const bytes = Buffer.from(`${JSON.stringify(whole)}\n`);
        const form = readForm(bytes, { choice: "json-lines+auditd-events" });
        expect(form.entries.length + form.rejects.length).toBe(1);
        for (const entry of form.entries) {
          expect(entry.explain().sentence).not.toBe("");
          const again = readAgain(bytes, form, entry);
          expect(again === undefined ? undefined : valuesOf(again.fields)).toEqual(valuesOf(entry.fields));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("of many paths are read in seconds", () => {
    const paths = Array.from({ length: 4_000 }, (_none, item) => ({ item, name: `/f${item}` }));
    const text = JSON.stringify({ ID: "5.000:1", SYSCALL: { syscall: 2, items: 4_000 }, PATH: paths });
    const before = performance.now();
    expect(readForm(Buffer.from(`${text}\n`)).entries.length).toBe(1);
    expect(performance.now() - before).toBeLessThan(allowedMs(20_000));
  });
});

it("twenty thousand records of one second without a stamp take seconds, not hours", () => {
  const lines = Array.from(
    { length: 20_000 },
    (_none, item) => `Aug 12 03:16:40 web-1 audit: PATH item=${item} name="/f${item}"\n`,
  );
  const before = performance.now();
  const form = readForm(Buffer.from(lines.join("")), { choice: "syslog+auditd", asked: { year: 2026 } });
  expect(form.records).toBe(20_000);
  expect(form.entries.length).toBeLessThan(1_000);
  expect(performance.now() - before).toBeLessThan(allowedMs(60_000));
}, 240_000);

describe("lines of ausearch with any value anywhere", () => {
  const lines = readFileSync(`${folder}ausearch-interpreted.txt`, "latin1").split("\n");
  it("are entries, rejects or ignored, and read again the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(300), fc.string({ unit: "binary" }), (line, at, text) => {
        const cut = Math.min(at, line.length);
        const bytes = Buffer.from(`${line.slice(0, cut)}${text}${line.slice(cut)}\n`);
        const form = readForm(bytes, { choice: "lines+ausearch-interpreted", asked: { dateOrder: "month-first" } });
        const { length } = [...form.entries.flatMap(({ records }) => records), ...form.rejects, ...form.gaps].reduce(
          (sum, part) => ({ length: sum.length + part.length }),
          { length: 0 },
        );
        expect(length).toBe(bytes.length);
        for (const entry of form.entries) {
          expect(entry.explain().sentence).not.toBe("");
          expect(valuesOf(readAgain(bytes, form, entry)?.fields ?? entry.fields)).toEqual(valuesOf(entry.fields));
        }
      }),
      { numRuns: 400 },
    );
  });
});

it("no form claims what is no audit event", () => {
  const values: readonly Json[] = [
    { ID: "5.000:1", NAME: { a: 1 } },
    { ID: 5, SYSCALL: { a: 1 } },
    { "@timestamp": "2026-01-01T00:00:00Z", message: "audit(1.000:1): quoted" },
    { Timestamp: "2026-01-01", SerialNumber: 1, records: [{ RecordType: "X" }] },
    { record_type: "add_group" },
    { ausearch: true },
  ];
  for (const value of values) {
    const form = readForm(Buffer.from(`${JSON.stringify(value)}\n`));
    expect([form.found.choice?.includes(auditdEvents.id), form.found.choice?.includes(ausearchInterpreted.id)]).toEqual(
      [false, false],
    );
  }
});
