import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeZip } from "../containers/make-zip.ts";
import type { ImportMessage, MemberEnd } from "../../workers/base/batch.ts";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { importSource } from "../../workers/import/pipeline.ts";
import { collector } from "../support/collector.ts";
import { Collector } from "./collect.ts";
import { importBytes, importPath } from "./run.ts";
import { auditLog, jsonLog } from "./samples.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "exhibit-bad-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Root may read everything; as root, the work runs without its rights. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("what is no log at all", () => {
  test("an empty file is said to be empty", async () => {
    const { end, members } = await importPath(file("empty.log", ""));
    expect(end).toMatchObject({ problems: [{ code: "source.empty" }] });
    expect(members[0]?.end).toMatchObject({ state: "unrecognised", bytes: 0 });
  });

  test("a missing file and a folder are not opened, and say what to do", async () => {
    const missing = await importPath(join(folder, "nowhere.log"));
    expect(missing.kinds).toEqual(["source", "source-end"]);
    expect(missing.end).toMatchObject({ state: "failed", problems: [{ code: "source.missing" }] });
    mkdirSync(join(folder, "logs"));
    const { end } = await importPath(join(folder, "logs"));
    expect(end).toMatchObject({ state: "failed", problems: [{ code: "source.not-a-file" }] });
    expect(end?.problems[0]?.next).toContain("files inside");
  });

  test.skipIf(process.platform === "win32")("a pipe does not hang", async () => {
    const pipe = join(folder, "pipe");
    const program = "mkfifo";
    execFileSync(program, [pipe]);
    expect((await importPath(pipe)).end).toMatchObject({ state: "failed", problems: [{ code: "source.not-a-file" }] });
    expect((await importPath("/dev/null")).end?.problems[0]?.code).toBe("source.not-a-file");
  });

  test.skipIf(process.platform === "win32")("a link that was chosen by hand is followed to its file", async () => {
    symlinkSync(file("target.log", auditLog(10)), join(folder, "link.log"));
    expect((await importPath(join(folder, "link.log"))).members[0]?.end?.entries).toBe(10);
  });

  test.skipIf(process.platform === "win32")("a file without permission", async () => {
    const path = file("secret.log", auditLog(2));
    chmodSync(path, 0);
    const { end } = await asNobody(() => importPath(path));
    expect(end).toMatchObject({ state: "failed", problems: [{ code: "source.unreadable" }] });
    expect(end?.problems[0]?.next).toContain("permission");
  });

  test("a binary file is hashed and counted, and not kept", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251));
    const { members, end, kinds } = await importBytes("picture.png", bytes);
    expect(kinds).toEqual(["source", "member", "member-end", "source-end"]);
    expect(members[0]?.end).toMatchObject({
      state: "unrecognised",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      ledger: { ignored: bytes.length, total: bytes.length },
      problem: { code: "format.unknown" },
    });
    expect(end?.state).toBe("ready");
  });

  test("a log behind a long run of NUL, as a log has that was emptied while it was written, is read", async () => {
    for (const ahead of [40_000, 70_000, 9 * 2 ** 20]) {
      const bytes = Buffer.concat([Buffer.alloc(ahead), Buffer.from(auditLog(10))]);
      const { members } = await importBytes("audit.log", bytes);
      expect(members[0]?.start).toMatchObject({ format: "auditd" });
      expect(members[0]?.end).toMatchObject({ state: "ready", entries: 10, rejects: 1, bytes: bytes.length });
    }
  });

  test("behind more NUL than a line may have bytes its format is chosen by hand, and all of it is read", async () => {
    const bytes = Buffer.concat([Buffer.alloc(17 * 2 ** 20), Buffer.from(auditLog(10))]);
    const { members } = await importBytes("audit.log", bytes);
    expect(members[0]?.end).toMatchObject({ state: "unrecognised", problem: { code: "format.unknown" } });
    expect(members[0]?.end?.problem?.next).toContain("choose its format");
    const chosen = await importBytes("audit.log", bytes, { choices: { "audit.log": "lines+auditd" } });
    expect(chosen.members[0]?.end).toMatchObject({ state: "ready", entries: 10, rejects: 1 });
  });
});

describe("damage", () => {
  test("a cut gzip keeps what came before the cut", async () => {
    const packed = gzipSync(auditLog(400));
    const { members, end } = await importBytes("audit.log.gz", packed.subarray(0, packed.length - 500));
    expect(members[0]?.end).toMatchObject({
      state: "failed",
      problem: { code: "container.truncated", offset: packed.length - 500 },
    });
    expect(members[0]?.rows.length).toBeGreaterThan(50);
    expect(end).toMatchObject({ state: "ready", problems: [{ code: "container.truncated", member: "audit.log" }] });
    expect(end?.sha256).toBe(
      createHash("sha256")
        .update(packed.subarray(0, packed.length - 500))
        .digest("hex"),
    );
  });

  test("a gzip cut in its first bytes leaves nothing but the reason", async () => {
    const { members, end } = await importBytes("audit.log.gz", gzipSync(auditLog(4)).subarray(0, 14));
    expect(members[0]?.end).toMatchObject({ state: "failed", bytes: 0, problem: { code: "container.truncated" } });
    expect(end?.state).toBe("failed");
  });

  test("bytes after a gzip are told, and belong to the digest of the file", async () => {
    const bytes = Buffer.concat([gzipSync(jsonLog(30)), Buffer.from("garbage")]);
    const { members, end } = await importBytes("a.gz", bytes);
    expect(members[0]?.end).toMatchObject({ state: "ready", problem: { code: "container.corrupt" } });
    expect(end?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("one bad member never stops the others", async () => {
    const log = Buffer.from(auditLog(20));
    const bytes = makeZip([
      { name: "bad.log", data: log },
      { name: "../up.log", data: log },
      { name: "crc.log", data: log, crc: 1 },
      { name: "locked.log", data: log, flags: 1 },
      { name: "note.txt", data: Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 0, 0, 9]) },
      { name: "good.log", data: log },
      { name: "good.log", data: log },
    ]);
    bytes.fill(0xff, 40, 60);
    const { members, end } = await importBytes("bundle.zip", bytes);
    expect(
      members.map((member) => [member.start.path, member.end?.state, member.end?.problem?.code, member.rows.length]),
    ).toEqual([
      ["bad.log", "failed", "container.corrupt", 0],
      ["../up.log", "refused", "container.unsafe-path", 0],
      ["crc.log", "ready", "container.corrupt", 20],
      ["locked.log", "refused", "container.encrypted", 0],
      ["note.txt", "unrecognised", "format.unknown", 0],
      ["good.log", "ready", undefined, 20],
      ["good.log (2)", "ready", undefined, 20],
    ]);
    // What is no log is listed as such beside the logs; trouble of the source is what could not be read.
    expect(end?.problems.map((problem) => problem.member)).toEqual(["bad.log", "../up.log", "crc.log", "locked.log"]);
  });
});

describe("containers in containers", () => {
  const log = Buffer.from(jsonLog(20));

  test("a gzip and a zip inside a zip are opened, the way there is the path", async () => {
    const inner = makeZip([{ name: "deep/audit.log", data: log }]);
    const bytes = makeZip([
      { name: "logs/audit.log.gz", data: gzipSync(log), stored: true },
      { name: "inner.zip", data: inner },
      { name: "packed.zip.gz", data: gzipSync(inner) },
    ]);
    const { members } = await importBytes("outer.zip", bytes);
    expect(members.map((member) => [member.start.path, member.end?.state, member.rows.length])).toEqual([
      ["logs/audit.log.gz!audit.log", "ready", 20],
      ["inner.zip!deep/audit.log", "ready", 20],
      ["packed.zip.gz!packed.zip!deep/audit.log", "ready", 20],
    ]);
  });

  test("deeper than the limit is listed with the reason", async () => {
    let bytes: Uint8Array = log;
    for (let depth = 0; depth < 7; depth++) bytes = gzipSync(bytes);
    const { members } = await importBytes("x.gz", bytes);
    expect(members[0]?.end).toMatchObject({ state: "refused", problem: { code: "container.too-large" } });
  });

  test("archives in archives are counted together", async () => {
    const inner = makeZip([
      { name: "a.log", data: log },
      { name: "b.log", data: log },
    ]);
    const limits = { ...DEFAULT_LIMITS, members: 3 };
    const outer = makeZip([
      { name: "1.zip", data: inner },
      { name: "2.zip", data: inner },
    ]);
    const { members, end } = await importBytes("outer.zip", outer, { limits });
    expect(members.length).toBe(3);
    expect(end).toMatchObject({ state: "failed", problems: [{ code: "container.too-large" }] });
  });

  test("a damaged archive inside is the trouble of that member only", async () => {
    const inner = makeZip([{ name: "a.log", data: log }]);
    const { members } = await importBytes(
      "outer.zip",
      makeZip([
        { name: "cut.zip", data: inner.subarray(0, inner.length - 30) },
        { name: "good.log", data: log },
      ]),
    );
    expect(members.map((member) => [member.start.path, member.end?.state, member.end?.problem?.code])).toEqual([
      ["cut.zip!a.log", "ready", undefined],
      ["cut.zip", "refused", "container.truncated"],
      ["good.log", "ready", undefined],
    ]);
  });

  test("a zip inside that is too large for memory is held on disk and read", async () => {
    const inner = makeZip([{ name: "a.log", data: log }]);
    const limits = { ...DEFAULT_LIMITS, nestedBytes: 100 };
    const { members } = await importBytes("outer.zip", makeZip([{ name: "i.zip", data: inner, stored: true }]), {
      limits,
    });
    expect(members[0]?.start.path).toBe("i.zip!a.log");
    expect(members[0]?.end).toMatchObject({ state: "ready", bytes: log.length });
  });
});

/** Bytes that the process holds, in its heap and outside of it. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("odd text", () => {
  test("NUL runs, invalid UTF-8, CRLF and a missing last line end", async () => {
    const text = Buffer.concat([
      Buffer.from(auditLog(6).replaceAll("\n", "\r\n")),
      Buffer.alloc(5000),
      Buffer.from("\n"),
      Buffer.from(
        'type=USER_CMD msg=audit(1735689700.001:99): pid=1 uid=0 auid=0 ses=1 msg=\'cwd="/\xff\xfe" cmd="ls"\'',
        "latin1",
      ),
    ]);
    const { members } = await importBytes("audit.log", text);
    expect(members[0]?.end).toMatchObject({ state: "ready", bytes: text.length, entries: 7 });
    expect(members[0]?.bytes.equals(text)).toBe(true);
  });

  test("a line of 100 MB is one reject, in bounded memory", { timeout: 240_000 }, async () => {
    const path = file("long.log", auditLog(2));
    const piece = Buffer.from("so many words ".repeat(75_000));
    for (let at = 0; at < 100; at++) writeFileSync(path, piece, { flag: "a" });
    writeFileSync(path, `\n${auditLog(12)}`, { flag: "a" });
    const collect = collector();
    collect();
    const before = held();
    const seen = { peak: 0, raw: 0, largest: 0, ends: [] as MemberEnd[] };
    const sink = {
      accept: async (message: ImportMessage) => {
        collect();
        seen.peak = Math.max(seen.peak, held() - before);
        if (message.kind === "member-end") seen.ends.push(message.end);
        if (message.kind !== "blocks") return;
        for (const { rawLength } of message.blocks) {
          seen.raw += rawLength;
          seen.largest = Math.max(seen.largest, rawLength);
        }
      },
    };
    await importSource({ path, choices: {}, skip: [] }, sink, new AbortController().signal, () => undefined);
    expect(seen.ends).toMatchObject([{ state: "ready", entries: 12, bytes: statSync(path).size }]);
    expect(seen.ends[0]?.ledger.rejects).toBeGreaterThan(100 * piece.length);
    expect(seen.raw).toBe(statSync(path).size);
    expect(seen.largest).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(seen.peak).toBeLessThan(100 * 1024 * 1024);
  });
});

test("the source is read, never touched: bytes and mtime stay", async () => {
  const path = file("kept.log", auditLog(30));
  utimesSync(path, new Date("2020-01-02T03:04:05Z"), new Date("2021-02-03T04:05:06Z"));
  const bytes = readFileSync(path);
  utimesSync(path, new Date("2020-01-02T03:04:05Z"), new Date("2021-02-03T04:05:06Z"));
  await importPath(path);
  const after = statSync(path);
  expect(after.mtime.toISOString()).toBe("2021-02-03T04:05:06.000Z");
  if (process.platform === "linux") expect(after.atime.toISOString()).toBe("2020-01-02T03:04:05.000Z");
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test("a source that changes while it is read is no evidence", async () => {
  const path = file("growing.log", auditLog(3000));
  const collector = new Collector();
  let isTouched = false;
  const sink = {
    accept: async (message: ImportMessage) => {
      if (message.kind === "blocks" && !isTouched) {
        isTouched = true;
        writeFileSync(path, "more\n", { flag: "a" });
      }
      collector.take(message);
    },
  };
  const end = await importSource({ path, choices: {}, skip: [] }, sink, new AbortController().signal, () => undefined);
  expect(end).toMatchObject({ state: "failed", sha256: undefined, problems: [{ code: "source.changed" }] });
});
