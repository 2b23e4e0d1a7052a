import { describe, expect, test } from "vitest";
import { SHOWN_WORDS } from "../../workers/base/shown-words.ts";
import { FLAG, type ReadingAnswer } from "../../workers/contract.ts";
import { preview } from "../../workers/import/preview.ts";
import { inspect } from "../../workers/import/inspect.ts";
import { reread } from "../../workers/import/reread.ts";
import { utf8Of } from "../support/utf8.ts";
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
    const entries = seen.rows.filter(({ reject }) => reject === undefined);
    expect(entries.length).toBe(rows.length);
    expect(entries.map((row) => row.time)).toEqual(rows.map((row) => row.time));
    const actions = entries.map((row) => row.cells[seen.columns.indexOf("action")]);
    expect(actions).toEqual(rows.map((row) => row.fields.action?.[0]));
    expect(Buffer.from(seen.rows[0]?.raw ?? []).toString()).toMatch(/^type=SYSCALL[^]*proctitle=\w+\n$/);
  });

  test("preview asks what the choice asks, whatever was answered, and reads by the answer", async () => {
    const text = "When;Who\n01/02/2025 10:00;eva\n03/04/2025 10:00;tim\n";
    const ask = (choice: string, answer: ReadingAnswer) =>
      withFile("t.csv", text, (path) => preview({ path, member: "t.csv", choice, answer, passwords: [] }, signal));
    const asked = [{ kind: "date-order", samples: ["01/02/2025 10:00", "03/04/2025 10:00"] }];
    const open = await ask("csv+generic-json", {});
    expect(open.questions).toEqual(asked);
    expect(open.reading.table?.columns).toEqual(["When", "Who"]);
    const answered = await ask("csv+generic-json", { dateOrder: "day-first" });
    expect(answered.questions).toEqual(asked);
    expect(answered.reading.dateOrder).toBeUndefined();
    expect(answered.rows.map(({ time }) => new Date(time / 1000).toISOString().slice(0, 10))).toEqual([
      "2025-02-01",
      "2025-04-03",
    ]);
    // As lines, the same dates stand behind nothing: the header is a line of its own, without a time.
    expect((await ask("lines+text-lines", {})).questions).toEqual(asked);
  });

  test("preview knows the year of a file as the import does", async () => {
    const text = "Jan 10 12:00:00 web1 sshd[1]: one\nJan 10 12:00:01 web1 sshd[1]: two\n";
    const request = { member: "messages", choice: "syslog+text-lines", answer: {}, passwords: [] };
    const seen = await withFile("messages", text, (path) => preview({ path, ...request }, signal));
    expect(seen.reading.yearFrom).toBe("file time");
    expect(seen.questions).toMatchObject([{ kind: "year", guess: seen.reading.year }]);
    expect(seen.rows.every(({ time }) => new Date(time / 1000).getUTCFullYear() === seen.reading.year)).toBe(true);
  });

  test("preview names accounts by a passwd of the same archive, before or after the log", async () => {
    const log = "type=USER_LOGIN msg=audit(1736510400.000:1): pid=1 uid=0 auid=1004 ses=1 msg='op=login res=success'\n";
    const passwd = {
      name: "etc/passwd",
      data: utf8Of("root:x:0:0:root:/root:/bin/sh\neva:x:1004:1004::/user/eva:/bin/sh\n"),
    };
    const member = { name: "var/log/audit/audit.log", data: utf8Of(log) };
    for (const parts of [
      [passwd, member],
      [member, passwd],
    ]) {
      const request = { member: member.name, choice: "lines+auditd", answer: {}, passwords: [] };
      const seen = await withFile("a.zip", makeZip(parts), (path) => preview({ path, ...request }, signal));
      expect(seen.reading.names).toMatchObject({ origin: "etc/passwd", users: { 1004: "eva" } });
      expect(JSON.stringify(seen.rows[0]?.cells)).toContain("eva");
    }
  });

  test("preview of what is not there is a fault", async () => {
    const run = withFile("audit.log", auditLog(4), (path) =>
      preview({ path, member: "other", choice: "lines+auditd", answer: {}, passwords: [] }, signal),
    );
    await expect(run).rejects.toMatchObject({ fault: { code: "request.invalid" } });
  });
});
