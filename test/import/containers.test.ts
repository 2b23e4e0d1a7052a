import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sharedPath } from "../support/shared.ts";
import { importPath } from "./run.ts";

const corpus = sharedPath("corpus", "containers");

interface Expected {
  readonly path: string;
  readonly entries: number;
  readonly rejects: number;
  readonly undated: number;
  readonly min: string;
  readonly max: string;
  readonly password?: string;
  readonly members?: readonly { readonly path: string; readonly entries: number; readonly rejects: number }[];
}

const READ = [
  "plain.zip",
  "aes256.zip",
  "aes128.zip",
  "zipcrypto.zip",
  "zip64.zip",
  "streamed-descriptor.zip",
  "prefixed.zip",
  "nested3.zip",
  "bundle.tar",
  "bundle.tar.gz",
  "bundle.tar.bz2",
  "bundle.tar.xz",
  "bundle.tar.zst",
  "bundle.7z",
  "zip-slip.zip",
  "bomb-small.zip",
  "unicode-names.zip",
  "audit.log.gz",
  "audit.log.bz2",
  "audit.log.xz",
  "audit.log.zst",
  "renamed-gzip.log",
];

function expectedOf(name: string): Expected {
  const { files } = JSON.parse(readFileSync(`${corpus}/expected.json`, "utf8")) as {
    readonly files: readonly Expected[];
  };
  const found = files.find((file) => file.path === name);
  if (found === undefined) throw new Error(`${name} is not in expected.json`);
  return found;
}

function iso(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString();
}

describe.skipIf(corpus === undefined)("containers of the corpus", () => {
  test.each(READ)("%s gives what is expected", async (name) => {
    const expected = expectedOf(name);
    const path = `${corpus}/${name}`;
    const before = statSync(path);
    const seen = await importPath(path, { passwords: expected.password === undefined ? [] : [expected.password] });

    const rows = seen.members.flatMap((member) => member.rows);
    const dated = rows.map((row) => row.time).filter((time) => !Number.isNaN(time));
    expect(rows.length).toBe(expected.entries);
    expect(seen.members.flatMap((member) => member.rejects).length).toBe(expected.rejects);
    expect(rows.length - dated.length).toBe(expected.undated);
    expect(iso(dated.reduce((a, b) => Math.min(a, b)))).toBe(expected.min);
    expect(iso(dated.reduce((a, b) => Math.max(a, b)))).toBe(expected.max);
    for (const { path: member, entries, rejects } of expected.members ?? []) {
      expect(seen.members.find((each) => each.start.path === member)?.end).toMatchObject({
        state: "ready",
        entries,
        rejects,
      });
    }
    expect(seen.end?.state).toBe("ready");
    expect(seen.end?.sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
    expect(statSync(path).mtimeMs).toBe(before.mtimeMs);
  });

  test("refuses hostile paths by name and reads the rest", async () => {
    const { members, end } = await importPath(`${corpus}/zip-slip.zip`);
    expect(members.map(({ start, end: each }) => [start.path, each?.state, each?.problem?.code])).toEqual([
      ["../../evil.log", "refused", "container.unsafe-path"],
      ["/abs/evil.log", "refused", "container.unsafe-path"],
      ["logs\\win\\audit.log", "ready", undefined],
      ["logs/audit.log", "ready", undefined],
    ]);
    expect(end?.problems.map((problem) => problem.member)).toEqual(["../../evil.log", "/abs/evil.log"]);
  });

  test("stops the bomb and keeps its neighbour", async () => {
    const { members } = await importPath(`${corpus}/bomb-small.zip`);
    expect(members[0]?.end).toMatchObject({ state: "failed", problem: { code: "container.too-large" } });
    expect(members[0]?.end?.bytes).toBeLessThanOrEqual(10_000_000);
    expect(members[1]?.end).toMatchObject({ state: "ready", entries: 20 });
  });

  test("a cut zip is one clear fault; what is there of its members is read, and its digest taken", async () => {
    const path = `${corpus}/truncated.zip`;
    const { members, end } = await importPath(path);
    expect(members.map(({ start, end: found }) => [start.path, found?.state, found?.problem?.code])).toEqual([
      ["logs/air.json", "ready", undefined],
      ["logs/audit.log", "failed", "container.truncated"],
    ]);
    expect(members[0]?.end).toMatchObject({ entries: 20, bytes: 7891 });
    expect(end?.state).toBe("failed");
    expect(end?.problems.map(({ code, member }) => [code, member])).toEqual([
      ["container.truncated", undefined],
      ["container.truncated", "logs/audit.log"],
    ]);
    expect(end?.sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
  });

  test("an empty member is no error, a folder no member", async () => {
    const { members, end } = await importPath(`${corpus}/unicode-names.zip`);
    expect(members.map(({ start, end: each }) => [start.path, each?.state])).toEqual([
      ["logs/žurnál-審査.log", "ready"],
      ["logs/empty.log", "unrecognised"],
    ]);
    expect(end?.problems).toEqual([]);
  });

  test.each(["aes256.zip", "aes128.zip", "zipcrypto.zip"])("%s is listed as encrypted", async (name) => {
    const { members, end } = await importPath(`${corpus}/${name}`);
    expect(members.map((member) => member.end?.problem?.code)).toEqual(["container.encrypted", "container.encrypted"]);
    expect(end?.state).toBe("failed");
    const wrong = await importPath(`${corpus}/${name}`, { passwords: ["not it"] });
    expect(wrong.members.map((member) => member.end?.problem?.code)).toEqual([
      "container.password",
      "container.password",
    ]);
    expect(wrong.end?.state).toBe("failed");
  });

  test("an encrypted 7z is listed and refused with that reason", async () => {
    const { end } = await importPath(`${corpus}/bundle-encrypted-headers.7z`);
    expect(end).toMatchObject({ state: "failed", problems: [{ code: "container.unsupported" }] });
    expect(end?.problems[0]?.message).toContain("encrypted");
  });
});
