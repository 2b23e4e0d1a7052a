import { describe, expect, test } from "vitest";
import { latin1Of } from "../../../workers/base/bytes.ts";
import type { Explanation } from "../../../workers/formats/format.ts";
import { resolveChoice } from "../../../workers/import/detect.ts";
import { collect, CONTEXT } from "../../support/read-member.ts";
import { utf8Of } from "../../support/utf8.ts";

/** The detail view of one record: what is written, and the explanation. */
function detailOf(json: string, choice = "mongoexport+binalyze-air", zone?: string) {
  const { carrier, format } = resolveChoice(choice);
  const bytes = utf8Of(`${json}\n`);
  const record = carrier.reread(bytes, 100, 4, {}, undefined);
  if (record === undefined) throw new Error("no record");
  const found: { entry: ReturnType<typeof collect>; explanation: Explanation }[] = [];
  const assembler = format.assemble(
    { ...CONTEXT, zone },
    {
      entry: (records, _duplicates, write, explain) =>
        found.push({ entry: collect(records, write, explain), explanation: explain() }),
      reject: () => expect.unreachable(),
      ignore: () => expect.unreachable(),
    },
  );
  assembler.push(record);
  const [detail] = found;
  if (detail === undefined) throw new Error("no entry");
  const text = (mark: { start: number; end: number } | undefined): string | undefined =>
    mark === undefined
      ? undefined
      : Buffer.from(latin1Of(bytes).slice(mark.start, mark.end), "latin1").toString("utf8");
  return { ...detail, text, bytes };
}

const LOGIN =
  '{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"},"createdAt":{"$date":"2024-11-04T08:01:02.345Z"},"type":"user-login-failed","performedBy":"zoë","organizationIds":[1,2],"ipAddress":"192.0.2.10","success":false,"data":{"reason":"bad"}}';

describe("the detail of an entry", () => {
  const { entry, explanation, text } = detailOf(LOGIN);

  test("marks the bytes of each field", () => {
    expect(text(entry.marks["actor"])).toBe('"zoë"');
    expect(text(entry.marks["time"])).toBe('{"$date":"2024-11-04T08:01:02.345Z"}');
    expect(text(entry.marks["tenant"])).toBe("[1,2]");
    expect(text(entry.marks["raw.data.reason"])).toBe('"bad"');
    expect(entry.marks["family"]).toBeUndefined();
  });

  test("says where each value comes from", () => {
    expect(entry.origins["time"]).toEqual({ kind: "decoded", text: "$date decoded" });
    expect(entry.origins["ref"]).toEqual({ kind: "decoded", text: "$oid decoded" });
    expect(entry.origins["actor"]).toEqual({ kind: "record", text: "field performedBy" });
    expect(entry.origins["outcome"]).toEqual({ kind: "table", text: "value table" });
    expect(entry.origins["level"]).toEqual({ kind: "computed", text: "derived from the outcome" });
    expect(entry.origins["datasource"]).toEqual({ kind: "evidence", text: "file name" });
  });

  test("has a row for every meaning, with what was recorded", () => {
    const row = (field: string) => explanation.interpretations.find((each) => each.field === field);
    expect(row("createdAt")).toMatchObject({
      recorded: "2024-11-04T08:01:02.345Z",
      meaning: "Time: 2024-11-04T08:01:02.345000Z",
      origin: { kind: "decoded", text: "$date decoded" },
    });
    expect(row("success")).toMatchObject({ recorded: "false", meaning: "Outcome: fail" });
    expect(row("level")).toMatchObject({ recorded: "", meaning: "Level: warning" });
    expect(row("organizationIds")).toMatchObject({ recorded: "1, 2", meaning: "Tenant: 1,2" });
  });

  test("has one sentence, and tokens over the whole record", () => {
    expect(explanation.sentence).toBe("zoë: user login failed, from 192.0.2.10, which failed.");
    const [record] = explanation.records;
    expect(record?.tokens.at(-1)?.end).toBe(utf8Of(`${LOGIN}\n`).length);
    expect(record?.tokens.some(({ field }) => field === "data.reason")).toBe(true);
  });
});

describe("interACT", () => {
  const label = (document: object): string | undefined =>
    detailOf(JSON.stringify({ _id: 1, ...document })).entry.fields["label"]?.[0];

  test.each([
    [
      { performedBy: "eva", endpointName: "WKS-0142", data: { command: "netstat -an" } },
      'eva ran "netstat -an" on WKS-0142',
    ],
    [{ endpointName: "WKS-0142", command: "id" }, 'ran "id" on WKS-0142'],
    [{ performedBy: "eva", details: { cmd: "id" } }, 'eva ran "id"'],
    [{ performedBy: "eva", endpointName: "WKS-0142", type: "interACT-session" }, "eva ran a command on WKS-0142"],
    [{ performedBy: "eva", type: "shell-opened", description: "Shell opened" }, "Shell opened"],
    [{ performedBy: "eva", command: "a\nb\u001b[31m" }, String.raw`eva ran "a\nb\x1B[31m"`],
    [{ performedBy: "eva", command: "a\u202eb\u2028c" }, String.raw`eva ran "a\u202Eb\u2028c"`],
    [{ performedBy: "eva", type: "login", description: "Logged in" }, "Logged in"],
  ])("%j", (document, expected) => {
    expect(label(document)).toBe(expected);
  });

  test("a long command is cut in the label and whole in the data", () => {
    const command = "x".repeat(5000);
    const { entry } = detailOf(JSON.stringify({ _id: 1, performedBy: "eva", endpointName: "W", command }));
    expect(entry.fields["label"]?.[0]).toHaveLength(200);
    expect(entry.fields["label"]?.[0]).toMatch(/^eva ran "x+…" on W$/);
    expect(entry.fields["data"]?.[0]).toContain(command);
    expect(entry.fields).toMatchObject({ action: ["execute"], "target.type": ["asset"] });
  });
});

test("the second in an ObjectId is told as an estimate where a document has no time, and never used", () => {
  const { entry, explanation } = detailOf('{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"},"type":"x","performedBy":"eva"}');
  expect(entry).toMatchObject({ at: undefined, timeText: "" });
  expect(explanation.interpretations.at(-1)).toMatchObject({
    field: "_id",
    meaning: "The id was made about 2024-01-12T04:36:34.000000Z: an estimate, which is not used as the time",
  });
  expect(detailOf(LOGIN).explanation.interpretations.some(({ meaning }) => /estimate/.test(meaning))).toBe(false);
});

test("every field of the document has its place", () => {
  const { entry } = detailOf(
    JSON.stringify({
      id: 7,
      occurredAt: "2025-01-01T00:00:00Z",
      type: "policy-updated",
      action: "change",
      category: "policy",
      message: "changed",
      username: "eva",
      userId: "u1",
      organizationIds: [1, 2],
      ipAddress: "192.0.2.1",
      resourceName: "P1",
      resourceType: "policy",
      sessionId: "s1",
      correlationId: "c1",
      eventSource: "api",
      userAgent: "curl",
      duration: 12,
      success: false,
      errorCode: "E7",
      level: "critical",
      details: { oldValue: { a: 1 }, newValue: [2] },
      tags: ["x"],
      updatedAt: "2025-01-02T00:00:00Z",
    }),
    "json-lines+binalyze-air",
  );
  expect(entry.at).toBe(Date.UTC(2025, 0, 1) * 1000);
  expect(entry.fields).toEqual({
    datasource: ["sample.log"],
    ref: ["7"],
    actor: ["eva"],
    custom1: ["u1"],
    domain: ["binalyze-air"],
    family: ["binalyze-air"],
    tenant: ["1,2"],
    session: ["s1"],
    code: ["policy-updated"],
    event: ["policy updated"],
    category: ["policy"],
    action: ["change"],
    label: ["changed"],
    from: ["192.0.2.1"],
    target: ["P1"],
    custom6: ["policy"],
    outcome: ["fail"],
    level: ["critical"],
    old: ['{"a":1}'],
    new: ["[2]"],
    custom2: ["c1"],
    custom3: ["api"],
    custom4: ["curl"],
    custom5: ["12"],
    custom7: ["E7"],
    data: ['{"details":{"oldValue":{"a":1},"newValue":[2]},"tags":["x"],"updatedAt":"2025-01-02T00:00:00Z"}'],
  });
});

test("a zone assumed for zone-less times moves them, and says so", () => {
  const { entry, explanation } = detailOf(
    '{"_id":1,"createdAt":"2024-07-01 12:00:00","type":"x"}',
    undefined,
    "Europe/Berlin",
  );
  expect(entry.flags).toContain("zoneAssumed");
  expect(explanation.interpretations[0]?.meaning).toBe(
    "Time: 2024-07-01T10:00:00.000000Z, read as Europe/Berlin because no offset is written",
  );
});
