import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseIso } from "../../../workers/base/time.ts";
import { detect, HEAD_BYTES, resolveChoice } from "../../../workers/import/detect.ts";
import { entriesOf, readMember, rejectsOf } from "../../support/read-member.ts";
import { sharedPath } from "../../support/shared.ts";

interface Expected {
  readonly files: readonly {
    readonly path: string;
    readonly entries: number;
    readonly rejects: number;
    readonly undated: number;
    readonly ignored: number;
    readonly duplicateIds: number;
    readonly min: string;
    readonly max: string;
  }[];
}
const FILES = [
  "mongoexport-lines.json",
  "mongoexport-array.json",
  "mongoexport-noise-crlf.json",
  "mongoexport-pretty.json",
  "mongoexport-v1-dates.json",
  "api-audit-logs.json",
] as const;

function read(path: string) {
  const file = sharedPath("corpus", "binalyze-air", path);
  if (file === undefined) return undefined;
  const bytes = readFileSync(file);
  const { choice } = detect(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  const { carrier, format } = resolveChoice(choice ?? "");
  const outcomes = readMember(carrier, format, bytes, 10_000);
  const entries = entriesOf(outcomes);
  return {
    bytes,
    outcomes,
    entries,
    byRef: (ref: string) => entries.filter(({ fields }) => fields["ref"]?.[0] === ref),
  };
}
const at = (text: string): number | undefined => parseIso(text)?.at;

describe.each(FILES)("%s", (path) => {
  test("has the counts and times of the index", () => {
    const index = sharedPath("corpus", "binalyze-air", "expected.json");
    const member = read(path);
    if (index === undefined || member === undefined) return;
    const { files } = JSON.parse(readFileSync(index, "utf8")) as Expected;
    const expected = files.find((file) => file.path === path);
    const { entries, outcomes } = member;
    const times = entries.flatMap((entry) => entry.at ?? []);
    const refs = new Set(entries.map(({ fields }) => fields["ref"]?.[0]));
    const millis = (micros: number): number => Math.floor(micros / 1000) * 1000;
    expect({
      entries: entries.length,
      rejects: rejectsOf(outcomes).length,
      undated: entries.filter((entry) => entry.at === undefined).length,
      duplicateIds: entries.length - refs.size,
      min: millis(Math.min(...times)),
      max: millis(Math.max(...times)),
    }).toEqual({
      entries: expected?.entries,
      rejects: expected?.rejects,
      undated: expected?.undated,
      duplicateIds: expected?.duplicateIds,
      min: at(expected?.min ?? ""),
      max: at(expected?.max ?? ""),
    });
    expect(outcomes.filter(({ kind }) => kind === "blank")).toHaveLength(expected?.ignored ?? -1);
  });
});

test("facts of mongoexport-lines.json", () => {
  const member = read("mongoexport-lines.json");
  if (member === undefined) return;
  const [login] = member.byRef("be1679f6ae28652eb6fa7cd6");
  expect(login).toMatchObject({ at: at("2024-11-04T08:01:16.173Z"), timeText: "2024-11-04T08:01:16.173Z" });
  expect(login?.fields).toMatchObject({ actor: ["svc-backup"], code: ["user-login-success"] });

  const special = member.byRef("9987d6e9171aee1861e10de8");
  expect(special).toHaveLength(1);
  const label = special[0]?.fields["label"]?.[0] ?? "";
  expect([label.split("\n").length, label.split("\u2028").length, label.split("\u{1f50e}").length]).toEqual([2, 2, 2]);

  const [long] = member.byRef("1e9250bf1c1b170c4fc35de8");
  expect(long?.originals["data.command"]?.[0]).toHaveLength(40_000);
  expect(long?.fields["data"]?.[0]).toContain(long?.originals["data.command"]?.[0]);
  expect(long?.fields["label"]?.[0]?.length).toBeLessThanOrEqual(200);

  expect(member.entries.filter(({ fields }) => fields["outcome"]?.[0] === "fail")).toHaveLength(10);
});

test("facts of mongoexport-array.json", () => {
  const member = read("mongoexport-array.json");
  if (member === undefined) return;
  expect(member.entries[0]).toMatchObject({ at: at("2024-12-01T00:01:32.890Z") });
  const [document] = member.byRef("7920b3315576b6984a3b0c5d");
  expect(document?.originals["data.exitCode"]).toEqual(["0"]);
  expect(document?.fields["data"]?.[0]).toContain('"exitCode":0');
});

test("facts of mongoexport-pretty.json", () => {
  const member = read("mongoexport-pretty.json");
  if (member === undefined) return;
  expect(member.entries.at(-1)?.fields["ref"]).toEqual(["6c5d0fcc0f59603b8167ce2b"]);
});

test("facts of api-audit-logs.json", () => {
  const member = read("api-audit-logs.json");
  if (member === undefined) return;
  expect(member.entries[1]?.fields).toMatchObject({ actor: ["svc-backup"], custom1: ["u-1"], tenant: ["Org 2"] });
  expect(member.entries[2]?.fields["actor"]).toEqual(["審査員"]);
});

test("facts of mongoexport-noise-crlf.json", () => {
  const member = read("mongoexport-noise-crlf.json");
  if (member === undefined) return;
  expect(member.entries[0]?.fields["ref"]).toEqual(["99647bbb940b6a6b0f97bef6"]);
  const rejects = rejectsOf(member.outcomes);
  expect(rejects.map(({ line }) => line)).toEqual([1, 10, 40, 41]);
  const texts = rejects.map(({ offset, length }) => member.bytes.toString("latin1", offset, offset + length));
  expect(texts[0]).toContain("connected to: ");
  expect(texts[2]).toContain("exported 36 records");
  expect(texts[3]).toMatch(/^\{"_id".*"perfor$/);
});

test("facts of mongoexport-v1-dates.json", () => {
  const member = read("mongoexport-v1-dates.json");
  if (member === undefined) return;
  expect(member.byRef("03763237ffc67169fc5f40f0")[0]).toMatchObject({
    at: at("2020-05-05T05:06:50.000Z"),
    timeText: "2020-05-05T07:06:50+02:00",
  });
  expect(member.entries[1]).toMatchObject({ at: at("2020-05-05T05:06:01.468Z"), precision: 3 });
});
