import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formats } from "../../../workers/formats/registry.ts";
import { flagsOf, type FormEntry, readAgain, readForm, type ReadForm, valuesOf } from "./support.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const CHOICES: Readonly<Record<string, string>> = {
  "auditbeat.jsonl": "json-lines+auditd-events",
  "ausearch-default.txt": "lines+auditd",
  "ausearch-interpreted.txt": "ausearch-text+ausearch-interpreted",
  "filebeat.json": "json-documents+auditd-events",
  "fluent-bit.jsonl": "fluent-bit+auditd",
  "journal-short.log": "syslog+auditd",
  "journal.export": "journal-export+auditd",
  "journal.json": "journal-json+auditd",
  "laurel.jsonl": "json-lines+auditd-events",
  "oms.jsonl": "json-lines+auditd-events",
};
const samples = readdirSync(folder).filter((name) => CHOICES[name] !== undefined);
const bytesOf = (name: string): Uint8Array => readFileSync(`${folder}${name}`);

function golden(form: ReadForm): string {
  const rows: unknown[] = form.entries.map(goldenEntry);
  for (const { offset, length, code } of form.rejects) rows.push({ reject: code, offset, length });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function goldenEntry(entry: FormEntry): unknown {
  const { fields } = entry;
  const { sentence, interpretations, records } = entry.explain();
  return {
    time: fields.when.at ?? null,
    timeText: fields.when.text,
    spans: entry.records.map(({ offset, length }) => [offset, length]),
    flags: flagsOf(fields).filter((flag) => flag !== "levelDerived"),
    ...(entry.duplicates === 0 ? {} : { duplicates: entry.duplicates }),
    sentence,
    ...Object.fromEntries(
      Object.entries(valuesOf(fields)).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    ),
    actorFrom: fields.canonical.get("actor")?.origin?.text,
    meanings: interpretations.filter(({ recorded, meaning }) => recorded !== meaning).length,
    records: records.map(({ title }) => title),
  };
}

it("has a fixture of every form", () => expect(samples.length).toBe(Object.keys(CHOICES).length));

describe.each(samples)("%s", (name) => {
  const bytes = bytesOf(name);
  const form = readForm(bytes);

  it("is what its bytes say, and no other format of audit records claims it", () => {
    expect(form.found.choice).toBe(CHOICES[name]);
    const own = CHOICES[name]?.split("+")[1];
    const records = form.entries.flatMap((entry) => entry.records);
    for (const format of formats.filter(({ id }) => id !== own && (id.startsWith("au") || id === "binalyze-air")))
      expect(format.recognise(records).confidence, format.id).toBeLessThan(0.35);
  });

  it("gives these entries", () => {
    const path = `${folder}${name}.golden`;
    const actual = golden(form);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, actual);
    expect(actual).toBe(readFileSync(path, "utf8"));
  });

  it("gives the same in chunks of 7 bytes", () => {
    expect(golden(readForm(bytes, { chunk: 7 }))).toBe(golden(form));
  });

  it("gives each entry again from its own bytes", () => {
    for (const entry of form.entries) {
      const again = readAgain(bytes, form, entry);
      expect(again === undefined ? undefined : valuesOf(again.fields)).toEqual(valuesOf(entry.fields));
      expect(again?.fields.when.at).toBe(entry.fields.when.at);
      expect(again?.records.map(({ offset, length }) => [offset, length])).toEqual(
        entry.records.map(({ offset, length }) => [offset, length]),
      );
      expect(again?.explain().sentence).toBe(entry.explain().sentence);
    }
  });

  it("points only into its records, at what it says", () => {
    for (const entry of form.entries) {
      const again = readAgain(bytes, form, entry);
      const said = again?.explain();
      expect(said?.records.length).toBe(entry.records.length);
      const marks = [...(again?.fields.originals.values() ?? []), ...(said?.interpretations ?? [])].flatMap(
        ({ mark }) => mark ?? [],
      );
      expect(marks.length).toBeGreaterThan(0);
      for (const { record, start, end } of marks) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(entry.records[record]?.length ?? -1);
      }
    }
  });

  it("accounts for every byte once", () => {
    const covered = new Uint8Array(bytes.length);
    for (const { offset, length } of [...form.entries.flatMap(({ records }) => records), ...form.rejects, ...form.gaps])
      for (let at = offset; at < offset + length; at++) covered[at] = (covered[at] ?? 0) + 1;
    expect(covered.every((times) => times === 1)).toBe(true);
  });
});
