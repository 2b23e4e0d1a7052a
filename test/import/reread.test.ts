import { describe, expect, test } from "vitest";
import { SHOWN_WORDS } from "../../workers/base/shown-words.ts";
import { FLAG } from "../../workers/contract.ts";
import { preview } from "../../workers/import/preview.ts";
import { inspect } from "../../workers/import/inspect.ts";
import { reread } from "../../workers/import/reread.ts";
import { makeZip } from "../containers/make-zip.ts";
import { hashed, type CollectedMember, type Row } from "./collect.ts";
import { importChunks, withFile } from "./run.ts";
import { auditLog, jsonLog, SAMPLES } from "./samples.ts";

/** Without what depends on other entries, or is known only where the bytes stand beside the values. */
const OWN_FLAGS = ~(FLAG.duplicate | SHOWN_WORDS);
/** Read from the bytes, never a column. */
const NO_COLUMN = "data";

function rereadRow(member: CollectedMember, row: Row) {
  return reread({
    choice: `${member.start.carrier}+${member.start.format}`,
    context: { zone: undefined, memberName: member.start.path },
    reading: member.start.reading,
    near: row.time,
    spans: row.spans.map(({ offset, length }) => ({ offset, bytes: member.bytes.subarray(offset, offset + length) })),
  });
}

function fieldsAgain(member: CollectedMember, row: Row): Record<string, readonly string[]> {
  const again = rereadRow(member, row);
  const fields: Record<string, readonly string[]> = {};
  for (const [name, { values }] of again?.fields.canonical ?? []) {
    const isHashed = row.fields[name]?.[0]?.startsWith("#") === true;
    if (name !== NO_COLUMN) fields[name] = isHashed ? values.map(hashed) : values;
  }
  for (const [name, { values }] of again?.fields.originals ?? []) fields[`raw.${name}`] = values;
  return fields;
}

test.each(SAMPLES)("rereading an entry of %s gives what its import wrote", (_what, text) => {
  const member = importChunks(Buffer.from(text), 4096);
  if (member === undefined) throw new Error("the sample was not recognised");
  for (const row of member.rows) {
    const again = rereadRow(member, row);
    expect(again?.fields.when.at ?? Number.NaN).toBe(row.time);
    expect(again?.fields.when.precision).toBe(row.precision);
    expect((again?.fields.flags ?? -1) & OWN_FLAGS).toBe(row.flags & OWN_FLAGS);
    expect(fieldsAgain(member, row)).toEqual(row.fields);
    expect(again?.explain().records.length).toBe(again?.records.length);
    expect(again?.records.map(({ offset, length }) => [offset, length]).flat()[0]).toBe(row.spans[0]?.offset);
  }
});

describe("before an import", () => {
  const { signal } = new AbortController();

  test("inspect names every member with its verdict", async () => {
    const bytes = makeZip([
      { name: "audit.log", data: Buffer.from(auditLog(6)) },
      { name: "app.json", data: Buffer.from(jsonLog(6)) },
      { name: "../up", data: Buffer.from("x") },
      { name: "empty" },
      { name: "folder/" },
    ]);
    const seen = await withFile("bundle.zip", bytes, (path) => inspect(path, [], signal));
    expect(seen).toMatchObject({ name: "bundle.zip", bytes: bytes.length, container: "zip", problem: undefined });
    expect(seen.members.map(({ path, choice, verdict }) => [path, choice, verdict])).toEqual([
      ["audit.log", "lines+auditd", "certain"],
      ["app.json", "json-lines+generic-json", expect.any(String)],
      ["../up", undefined, "refused"],
      ["empty", undefined, "empty"],
    ]);
  });

  test("inspect answers with the trouble instead of throwing it", async () => {
    expect(await inspect("/nowhere/at/all.log", [], signal)).toMatchObject({
      members: [],
      problem: { code: "source.missing" },
    });
    const cut = makeZip([{ name: "a", data: Buffer.from("x") }]).subarray(0, 40);
    expect((await withFile("cut.zip", cut, (path) => inspect(path, [], signal))).problem?.code).toBe(
      "container.truncated",
    );
    expect((await withFile("empty", "", (path) => inspect(path, [], signal))).problem?.code).toBe("source.empty");
  });

  test("preview shows the first entries as the import will write them", async () => {
    const text = auditLog(40);
    const request = { member: "audit.log", choice: "lines+auditd", answer: {}, passwords: [] };
    const seen = await withFile("audit.log", text, (path) => preview({ path, ...request }, signal));
    const rows = importChunks(Buffer.from(text), text.length)?.rows ?? [];
    expect(seen.rows.length).toBe(10);
    expect(seen.rows.map((row) => row.time)).toEqual(rows.slice(0, 10).map((row) => row.time));
    const actions = seen.rows.map((row) => row.cells[seen.columns.indexOf("action")]);
    expect(actions).toEqual(rows.slice(0, 10).map((row) => row.fields.action?.[0]));
    expect(Buffer.from(seen.rows[0]?.raw ?? []).toString()).toMatch(/^type=SYSCALL[^]*proctitle=\w+\n$/);
  });

  test("preview of what is not there is a fault", async () => {
    const run = withFile("audit.log", auditLog(4), (path) =>
      preview({ path, member: "other", choice: "lines+auditd", answer: {}, passwords: [] }, signal),
    );
    await expect(run).rejects.toMatchObject({ fault: { code: "request.invalid" } });
  });
});
