/** What lies beside logs: account names, passwords, comments; and what must not cost more than its own member. */
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { FLAG } from "../../workers/contract.ts";
import type { Assembler } from "../../workers/formats/format.ts";
import { auditd } from "../../workers/formats/auditd/index.ts";
import { asideOf } from "../../workers/import/asides.ts";
import { namesFor, readIdentityFile } from "../../workers/import/identity.ts";
import { importSource } from "../../workers/import/pipeline.ts";
import { makeZip } from "../containers/make-zip.ts";
import { Collector } from "./collect.ts";
import { importBytes, withFile } from "./run.ts";
import { auditLog, jsonLog } from "./samples.ts";

const PASSWD =
  "root:x:0:0:root:/root:/bin/bash\n# a comment\nalice:x:1000:1000:Alice,,,:/user/alice:/bin/zsh\n+::::::\n";
const GROUP = "root:x:0:\nwheel:x:10:alice,bob\n";
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const kindOf = (text: string, whole = true): string | undefined => asideOf(bytes(text), whole)?.kind;

afterEach(() => vi.restoreAllMocks());

describe("files beside logs are told by their content", () => {
  test("account names", () => {
    expect(kindOf(PASSWD)).toBe("passwd");
    expect(kindOf(PASSWD.replaceAll("\n", "\r\n"))).toBe("passwd");
    expect(kindOf(GROUP)).toBe("group");
    expect(kindOf(`${PASSWD}bob:x:10`, false)).toBe("passwd");
    expect(kindOf(`${PASSWD}bob:x:10`, true)).toBeUndefined();
    expect(kindOf(`${PASSWD}Jan 1 10:00:00 host a[1]: b\n`)).toBeUndefined();
    expect(kindOf("root:$6$x:19000:0:99999:7:::\n")).toBeUndefined();
    expect(kindOf("app:debug:12:started\napp:debug:13:ended\n")).toBeUndefined();
    expect(kindOf("")).toBeUndefined();
  });

  test("passwords of archives, whatever the dialect", () => {
    expect(kindOf("File Name,Zip Password\r\na.zip,x\r\n")).toBe("passwords");
    expect(kindOf('\ufeff"Case";"File Name";"Zip Password"\n1;a.zip;x\n')).toBe("passwords");
    const wide = Buffer.from("\ufeffFile Name\tZip Password\r\n", "utf16le");
    expect(asideOf(Uint8Array.from(wide), true)?.kind).toBe("passwords");
    expect(kindOf("time,File Name,action\n1,a,b\n")).toBeUndefined();
  });
});

describe("account names", () => {
  const file = (path: string, text: string) =>
    readIdentityFile(path.includes("group") ? "group" : "passwd", path, bytes(text));

  test("of two accounts with one number the first counts", () => {
    const { names } = file("etc/passwd", `${PASSWD}toor:x:0:0::/:/bin/sh\nzo\u00eb:x:01001:1::/:/x\n`);
    expect([...names]).toEqual([
      ["0", "root"],
      ["1000", "alice"],
      ["1001", "zo\u00eb"],
    ]);
  });

  test("come from the nearest files, of the same host only, and from none where two disagree", () => {
    const files = [
      file("a/etc/passwd", "root:x:0:0::/:/x\nann:x:1:1::/:/x\n"),
      file("b/etc/passwd", "root:x:0:0::/:/x\nbob:x:1:1::/:/x\n"),
      file("b/etc/passwd-", "root:x:0:0::/:/x\n"),
      file("b/etc/group", GROUP),
    ];
    expect(namesFor("a/var/log/audit.log", files)).toMatchObject({ origin: "a/etc/passwd", groups: {} });
    expect(namesFor("b/var/log/audit.log", files)).toEqual({
      origin: "b/etc/passwd, b/etc/group",
      users: { 0: "root", 1: "bob" },
      groups: { 0: "root", 10: "wheel" },
    });
    expect(namesFor("c/audit.log", files)).toBeUndefined();
    const loose = [file("x/passwd", PASSWD), file("y/passwd", "root:x:0:0::/:/x\neve:x:1000:1::/:/x\n")];
    expect(namesFor("x/audit.log", loose)?.users["1000"]).toBe("alice");
    expect(namesFor("z/audit.log", loose)).toBeUndefined();
  });

  test("hold for the audit logs beside them, and are listed as what they are", async () => {
    const zip = makeZip([
      { name: "var/log/audit.log", data: Buffer.from(auditLog(4)) },
      { name: "app.json", data: Buffer.from(jsonLog(6)) },
      { name: "etc/passwd", data: Buffer.from(PASSWD) },
      { name: "etc/group", data: Buffer.from(GROUP) },
    ]);
    const { members, end } = await importBytes("logs.zip", zip);
    expect(end).toMatchObject({ state: "ready", problems: [] });
    expect(members[0]?.start.reading.names).toEqual({
      origin: "etc/passwd, etc/group",
      users: { 0: "root", 1000: "alice" },
      groups: { 0: "root", 10: "wheel" },
    });
    expect(members[1]?.start.reading).toEqual({});
    const titles = members.slice(2).map(({ start, end: own }) => [start.formatTitle, own?.state, own?.problem]);
    expect(titles).toEqual([
      ["Account names (passwd)", "unrecognised", undefined],
      ["Account names (group)", "unrecognised", undefined],
    ]);
  });

  test("beside a loose file are used where an archive has none of its own", async () => {
    await withFile("audit.log", auditLog(2), async (path) => {
      const collector = new Collector();
      const names = [file(path.replace("audit.log", "passwd"), PASSWD)];
      const { signal } = new AbortController();
      await importSource({ path, choices: {}, skip: [], names }, collector, signal, () => undefined);
      expect(collector.member.start.reading.names?.users).toEqual({ 0: "root", 1000: "alice" });
    });
  });
});

test("a password file is never imported, whatever a person chose", async () => {
  const choices = { "pw.csv": "lines+text-lines" };
  const { members, end } = await importBytes("pw.csv", "File Name,Zip Password\na.zip,hunter2\n", { choices });
  expect(members[0]?.start).toMatchObject({ formatTitle: "Password file", format: "" });
  expect(members[0]?.end).toMatchObject({ state: "unrecognised", problem: undefined, entries: 0 });
  expect(members[0]?.blocks).toEqual([]);
  expect(end?.problems).toEqual([]);
});

test("a failed checksum keeps the member and flags all its entries", async () => {
  const packed = gzipSync(auditLog(20));
  packed.writeUInt32LE((packed.readUInt32LE(packed.length - 8) ^ 1) >>> 0, packed.length - 8);
  const { members } = await importBytes("audit.log.gz", packed);
  expect(members[0]?.end).toMatchObject({ state: "ready", entries: 20, flags: FLAG.integrity });
  expect(members[0]?.rows.every(({ flags }) => (flags & FLAG.integrity) !== 0)).toBe(true);
});

test("limits that a person lifted do not stop a member; the others do, and say how far it was read", async () => {
  const packed = gzipSync(auditLog(8000));
  const limits = { ...DEFAULT_LIMITS, ratio: 4, ratioFrom: 2_500_000 };
  const cut = (await importBytes("audit.log.gz", packed, { limits })).members[0]?.end;
  expect(cut).toMatchObject({ state: "failed", problem: { code: "container.too-large", offset: cut?.bytes } });
  const whole = (await importBytes("audit.log.gz", packed, { limits, beyondLimits: true })).members[0]?.end;
  expect(whole).toMatchObject({ state: "ready", entries: 8000 });
});

describe("a defect of a format", () => {
  function breakAfter(records: number, where: "push" | "finish"): void {
    const whole = auditd.assemble.bind(auditd);
    vi.spyOn(auditd, "assemble").mockImplementation((context, output): Assembler => {
      const inner = whole(context, output);
      let count = 0;
      return {
        push(record) {
          if (where === "push" && count++ === records) throw new RangeError("broken on purpose");
          inner.push(record);
        },
        finish() {
          inner.finish();
          throw new RangeError("broken on purpose");
        },
      };
    });
  }

  async function importBroken() {
    const zip = makeZip([
      { name: "var/audit.log", data: Buffer.from(auditLog(40)) },
      { name: "app.json", data: Buffer.from(jsonLog(60)) },
    ]);
    return await withFile("logs.zip", zip, async (path) => {
      const collector = new Collector();
      const bugs: unknown[] = [];
      const { signal } = new AbortController();
      await importSource(
        { path, choices: {}, skip: [] },
        collector,
        signal,
        () => undefined,
        (error) => bugs.push(error),
      );
      return { collector, bugs };
    });
  }

  test.each(["push", "finish"] as const)("in %s costs its member only, and is told to both sides", async (where) => {
    breakAfter(30, where);
    const { collector, bugs } = await importBroken();
    const [audit, app] = collector.members;
    expect(audit?.end).toMatchObject({ state: "failed", sha256: undefined, problem: { member: "var/audit.log" } });
    expect(audit?.end?.problem?.message).toContain("defect of Exhibit");
    const { entries = 0, rejects = 0, ignored = 0, blank = 0, total = 0 } = audit?.end?.ledger ?? {};
    expect(total).toBe(Buffer.byteLength(auditLog(40)));
    if (where === "push") expect(entries + rejects + ignored + blank).toBeLessThan(total);
    expect(app?.end).toMatchObject({ state: "ready", entries: 60 });
    expect(bugs.map(String)).toEqual(["RangeError: broken on purpose"]);
  });

  test("while an entry is written leaves nothing of it", async () => {
    const whole = auditd.assemble.bind(auditd);
    let count = -1;
    vi.spyOn(auditd, "assemble").mockImplementation((context, output) =>
      whole(context, {
        ...output,
        entry: (records, duplicates, write, explain, auditRows) =>
          output.entry(
            records,
            duplicates,
            (sink, own) => {
              write(sink, own);
              if (count++ === 5) throw new RangeError("broken on purpose");
            },
            explain,
            auditRows,
          ),
      }),
    );
    const { collector } = await importBroken();
    const [audit, app] = collector.members;
    expect(audit?.end).toMatchObject({ state: "failed", entries: 5 });
    expect(app?.rows.length).toBe(60);
    expect(app?.rows.some(({ fields }) => fields["raw.syscall"] !== undefined)).toBe(false);
  });
});
