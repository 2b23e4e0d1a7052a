/** Every form of the shared corpus: the counts of its index, and the same meaning as the raw lines of the same events. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedPath } from "../../support/shared.ts";
import { first, type FormEntry, type Options, readForm, type ReadForm } from "./support.ts";

const folder = sharedPath("corpus", "auditd") ?? "";
const bytesOf = (path: string): Uint8Array => readFileSync(`${folder}/${path}`);
const read = (path: string, options?: Options): ReadForm => readForm(bytesOf(path), options);
const raw = (path: string): ReadForm => read(path, { choice: "lines+auditd" });

/** What the forms must say alike; the actor only where both know its name. */
const MEANING = [
  "action",
  "outcome",
  "target",
  "target.type",
  "target2",
  "code",
  "session",
  "from",
  "category",
  "event",
];

function meaningOf({ fields }: FormEntry): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(MEANING.map((name) => [name, fields.canonical.get(name as "action")?.values ?? []]));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

interface Difference {
  readonly event: string;
  readonly field: string;
  readonly raw: readonly string[];
  readonly form: readonly string[];
}

function differences(form: ReadForm, lines: ReadForm, keyOf: (entry: FormEntry) => string): readonly Difference[] {
  const known = new Map(lines.entries.map((entry) => [keyOf(entry), entry]));
  return form.entries.flatMap((entry) => {
    const own = known.get(keyOf(entry));
    if (own === undefined) return [{ event: keyOf(entry), field: "event", raw: [], form: ["not in the raw log"] }];
    const [was, is] = [meaningOf(own), meaningOf(entry)];
    return MEANING.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field])).map((field) => ({
      event: keyOf(entry),
      field,
      raw: was[field] ?? [],
      form: is[field] ?? [],
    }));
  });
}

const byRef = (entry: FormEntry): string => first(entry.fields, "ref") ?? "";

describe.skipIf(folder === "")("forms of the corpus", () => {
  it.each([
    ["fluentbit-json_lines.jsonl", "fluent-bit+auditd", { entries: 46, records: 49, rejects: 1, ignored: 0 }],
    ["fluentbit-json_lines-enriched.jsonl", "fluent-bit+auditd", { entries: 12, records: 29, rejects: 0, ignored: 0 }],
    ["ausearch-default.txt", "lines+auditd", { entries: 5, records: 17, rejects: 0, ignored: 10 }],
    [
      "ausearch-interpreted.txt",
      "ausearch-text+ausearch-interpreted",
      { entries: 46, records: 49, rejects: 0, ignored: 48 },
    ],
    ["journalctl-short.log", "syslog+auditd", { entries: 50, records: 120, rejects: 0, ignored: 0 }],
  ])("%s", (name, choice, counts) => {
    const form = read(`derived/${name}`);
    expect(form.found.choice).toBe(choice);
    expect({
      entries: form.entries.length,
      records: form.records,
      rejects: form.rejects.length,
      ignored: sum(form.gaps, ({ units }) => units),
    }).toEqual(counts);
    expect(sum(form.entries, ({ duplicates }) => duplicates)).toBe(0);
  });

  it("short journal: 55 lines repeat the kernel's and 40 events have a stamp", () => {
    const { entries } = read("derived/journalctl-short.log");
    const stamped = entries.filter((entry) => byRef(entry) !== "");
    expect(stamped.length).toBe(40);
    expect(sum(stamped, ({ records }) => records.length)).toBe(110);
    expect(entries.filter((entry) => byRef(entry) === "").every(({ records }) => records.length === 1)).toBe(true);
  });

  it.each(["fluentbit-json_lines", "fluentbit-json_lines-enriched"])("%s means what the lines mean", (name) => {
    const source = name.endsWith("enriched") ? "plaso/audit_enriched.log" : "go-libaudit/auparse/audit-rhel7.log";
    expect(differences(read(`derived/${name}.jsonl`), raw(source), byRef)).toEqual([]);
  });

  it.each(["anom-promiscuous", "execve", "login", "nscd", "ptrace", "syscall-key", "syscall-nullkey"])(
    "laurel record-%s",
    (name) => {
      const form = read(`laurel/record-${name}.json`);
      const lines = raw(`laurel/record-${name}.txt`);
      expect(form.found.choice).toBe("json-lines+auditd-events");
      expect(form.entries.length).toBe(lines.entries.length);
      expect(differences(form, lines, byRef)).toEqual([]);
      expect(form.entries.map(({ fields }) => first(fields, "actor"))).toEqual(
        lines.entries.map(({ fields }) => first(fields, "actor")),
      );
    },
  );

  it.each(["chown", "passwd", "userlogin", "useradd", "sudo", "sudo-asuser"])("Auditbeat %s", (name) => {
    const form = read(`beats-auditbeat/${name}.log-expected.json`);
    const lines = raw(`beats-auditbeat/${name}.log`);
    expect(form.found.choice).toBe("json-documents+auditd-events");
    expect(form.entries.length).toBe(lines.entries.length);
    expect(differences(form, lines, byRef)).toEqual([]);
    expect(form.entries.map(({ fields }) => fields.when.at)).toEqual(lines.entries.map(({ fields }) => fields.when.at));
  });

  it.each(["chown", "passwd", "userlogin", "useradd", "sudo", "sudo-asuser"])(
    "Auditbeat %s without the original lines, as it is by default",
    (name) => {
      const events = JSON.parse(Buffer.from(bytesOf(`beats-auditbeat/${name}.log-expected.json`)).toString()) as {
        event: { original?: string[] };
      }[];
      const bare = events.map((event) => {
        const [, seconds = "", millis = ""] = /audit\((\d+)\.(\d+):/.exec(event.event.original?.[0] ?? "") ?? [];
        const { original: _original, ...rest } = event.event;
        const time = new Date(Number(seconds) * 1000 + Number(millis)).toISOString();
        return { ...event, event: rest, "@timestamp": time };
      });
      const form = readForm(Buffer.from(bare.map((event) => `${JSON.stringify(event)}\n`).join("")));
      const lines = raw(`beats-auditbeat/${name}.log`);
      expect(form.entries.map(({ fields }) => fields.when.at)).toEqual(
        lines.entries.map(({ fields }) => fields.when.at),
      );
      // Where an event came from is taken for its host name where Auditbeat leaves the address out.
      const left = differences(form, lines, byRef).filter(({ field }) => field !== "from");
      expect(left).toEqual([]);
    },
  );

  it.each([
    ["rhel-7-linux-3.10.0", []],
    ["ubuntu-16.10-linux-4.8.0", [{ event: "1492895994.110:3539", field: "target" }]],
    ["ubuntu-17.04-linux-4.10.0", []],
  ])("go-libaudit's events %s", (name, allowed) => {
    const form = read(`go-libaudit/aucoalesce/${name}.json.golden`);
    const found = differences(form, raw(`go-libaudit/aucoalesce/${name}.log`), byRef);
    // go-libaudit takes `key=` off a key that is written twice over.
    expect(found.map(({ field }) => field)).toEqual(allowed.map(({ field }) => field));
  });

  it.each(["audit-rhel6", "audit-rhel7", "audit-ubuntu1604", "test", "useradd", "execve"])("Filebeat %s", (name) => {
    const form = read(`beats-filebeat/${name}.log-expected.json`);
    expect(form.found.choice).toBe("json-documents+auditd-events");
    expect(form.rejects).toEqual([]);
    const lines = raw(`beats-filebeat/${name}.log`);
    const times = new Set(lines.entries.map(({ fields }) => fields.when.at));
    expect(form.entries.filter(({ fields }) => !times.has(fields.when.at))).toEqual([]);
  });

  it.each(["audit-rhel6", "audit-rhel7", "audit-ubuntu16", "test2"])("go-libaudit's records %s", (name) => {
    const form = read(`go-libaudit/auparse/${name}.log.golden`);
    expect(form.found.choice).toBe("json-documents+auditd-events");
    expect(new Set(form.entries.map(byRef)).size).toBe(form.entries.length);
  });
});

/** Where ausearch itself misreads its input, as auditd.md and the index of the corpus say. */
const MISREAD: Readonly<Record<string, string>> = {
  "beats-filebeat/test.log": "values that are names already (arch=x86_64) are read as numbers",
  "wazuh/auditd.log": "of several records on one line only the first is read",
};

describe.skipIf(folder === "")("ausearch -i against the raw log", () => {
  const files =
    folder === ""
      ? []
      : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ausearch-i.txt"));
  const serialOf = (entry: FormEntry): string =>
    `${entry.fields.when.at}:${byRef(entry).replace(/^.*:/, "")}:${first(entry.fields, "to") ?? ""}`;

  it("has many files", () => expect(files.length).toBeGreaterThan(40));

  it.each(files)("%s", (name) => {
    const form = read(name, { asked: { dateOrder: "month-first" } });
    const source = name.slice(0, -".ausearch-i.txt".length);
    expect(form.found.choice).toBe("ausearch-text+ausearch-interpreted");
    expect(form.rejects).toEqual([]);
    const lines = raw(source);
    // ausearch leaves records out of some events and wraps years beyond its clock; what it shows must mean the same.
    const whole = new Map(lines.entries.map((entry) => [serialOf(entry), entry.records.length]));
    const found = differences(form, lines, serialOf).filter(({ event, field, raw: was, form: is }) => {
      if (field === "event" && was.length === 0 && whole.get(event) === undefined) return event.slice(0, 4) !== "3912";
      const shown = form.entries.find((entry) => serialOf(entry) === event);
      if (whole.get(event) !== shown?.records.length) return false;
      return !(was.length === 1 && was[0] === "0" && is[0] === "root");
    });
    const isMisread = MISREAD[source] !== undefined;
    expect(isMisread ? [] : found).toEqual([]);
    if (isMisread) expect(found.length).toBeGreaterThan(0);
  });
});
