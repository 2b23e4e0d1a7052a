import { randomBytes } from "node:crypto";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";
import { beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { passwordBytes } from "../../workers/containers/password-bytes.ts";
import { zip } from "../../workers/containers/zip.ts";
import { makeZip } from "./make-zip.ts";
import { readMembers, sourceOf } from "./read-members.ts";

configure({ useWebWorkers: false });

const LOG = Buffer.from(Array.from({ length: 3000 }, (_, at) => `line ${at} ${(at * 7919) % 4001}\n`).join(""));
const SHORT = Buffer.from("one line\n");

interface Cipher {
  readonly zipCrypto?: boolean;
  readonly encryptionStrength?: 1 | 2 | 3;
  readonly level?: number;
}
const ciphers: readonly (readonly [string, Cipher])[] = [
  ["traditional", { zipCrypto: true }],
  ["traditional, stored", { zipCrypto: true, level: 0 }],
  ["AES-128", { encryptionStrength: 1 }],
  ["AES-192", { encryptionStrength: 2 }],
  ["AES-256", { encryptionStrength: 3 }],
  ["AES-256, stored", { encryptionStrength: 3, level: 0 }],
];

async function locked(cipher: Cipher, files: Readonly<Record<string, Uint8Array>>, password: string | Uint8Array) {
  const key = typeof password === "string" ? { password } : { rawPassword: password };
  const writer = new ZipWriter(new Uint8ArrayWriter(), { ...cipher, ...key });
  for (const [name, bytes] of Object.entries(files)) {
    await writer.add(name, new Uint8ArrayReader(bytes), { comment: `about ${name}` });
  }
  return Buffer.from(await writer.close());
}

function read(bytes: Uint8Array, ...passwords: readonly string[]) {
  return readMembers(zip, sourceOf(bytes), DEFAULT_LIMITS, passwords);
}

/** First packed byte of the first member. */
function dataStart(bytes: Buffer): number {
  return 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
}

describe.each(ciphers)("zip encrypted (%s)", (_name, cipher) => {
  let archive: Buffer;
  beforeAll(async () => {
    archive = await locked(cipher, { "big.log": LOG, "short.log": SHORT }, "right");
  });

  test("opens with the password, wherever it stands among others", async () => {
    for (const passwords of [["right"], ["wrong", "", "right", "other"]]) {
      const members = await read(archive, ...passwords);
      expect(members.map(({ path, problem }) => [path, problem])).toEqual([
        ["big.log", undefined],
        ["short.log", undefined],
      ]);
      expect(members[0]?.text === LOG.toString()).toBe(true);
      expect(members[1]?.text).toBe(SHORT.toString());
    }
  });

  test("without a password lists name, size and comment; with a wrong one says so", async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    for await (const member of zip.members(sourceOf(archive), { limits: DEFAULT_LIMITS, signal, passwords: [] })) {
      seen.push([member.path, member.size, member.comment, member.problem?.code, member.unlocked]);
    }
    expect(seen).toEqual([
      ["big.log", LOG.length, "about big.log", "container.encrypted", undefined],
      ["short.log", SHORT.length, "about short.log", "container.encrypted", undefined],
    ]);
    expect((await read(archive, "wrong", "Right")).map(({ problem }) => problem?.code)).toEqual([
      "container.password",
      "container.password",
    ]);
  });

  test("damage under the right password is damage", async () => {
    const broken = Buffer.from(archive);
    const at = dataStart(broken) + 2000;
    broken[at] = (broken[at] as number) ^ 0xff;
    const [big, short] = await read(broken, "right");
    expect(big?.problem?.code).toBe("container.corrupt");
    expect(short).toMatchObject({ text: SHORT.toString(), problem: undefined });
  });

  test("of one member alone too, when its beginning is sound", async () => {
    if (cipher.level === 0 && cipher.zipCrypto === true) return;
    const alone = await locked(cipher, { "big.log": Buffer.concat([LOG, randomBytes(90_000)]) }, "right");
    const at = dataStart(alone) + 80_000;
    alone[at] = (alone[at] as number) ^ 0xff;
    expect((await read(alone, "right"))[0]?.problem?.code).toBe("container.corrupt");
    expect((await read(alone, "wrong"))[0]?.problem?.code).toBe("container.password");
  });

  test("cut in the middle of a member it is a fault", async () => {
    const bytes = Buffer.from(archive);
    bytes.fill(0, dataStart(bytes) + 3, dataStart(bytes) + 9);
    for (const { problem, text } of await read(bytes, "right")) {
      expect([undefined, "container.corrupt", "container.password"]).toContain(problem?.code);
      if (problem === undefined) expect(text).toBe(SHORT.toString());
    }
  });
});

describe("passwords of zips", () => {
  test("thousands of wrong ones never open the traditional encryption, though some pass its one check byte", async () => {
    const wrong = Array.from({ length: 2560 }, (_, at) => `wrong ${at}`);
    for (const level of [0, 6]) {
      const archive = await locked(
        { zipCrypto: true, level },
        { "a.log": SHORT, "b.log": LOG.subarray(0, 900) },
        "right",
      );
      expect((await read(archive, ...wrong)).map(({ problem }) => problem?.code)).toEqual([
        "container.password",
        "container.password",
      ]);
      expect((await read(archive, ...wrong, "right")).map(({ problem }) => problem)).toEqual([undefined, undefined]);
    }
  });

  test("a wrong authentication code keeps the member, flagged", async () => {
    const archive = await locked({ encryptionStrength: 3 }, { "a.log": LOG }, "right");
    const last =
      dataStart(archive) + archive.readUInt32LE(archive.lastIndexOf("PK\x01\x02", undefined, "latin1") + 20) - 1;
    archive[last] = (archive[last] as number) ^ 1;
    const [member] = await read(archive, "right");
    expect(member).toMatchObject({ isKept: true, problem: { code: "container.corrupt" } });
    expect(member?.problem?.message).toContain("authentication code");
    expect(member?.text === LOG.toString()).toBe(true);
  });

  test("members of one archive may have passwords of their own", async () => {
    const writer = new ZipWriter(new Uint8ArrayWriter());
    await writer.add("a.log", new Uint8ArrayReader(LOG), { password: "first", encryptionStrength: 3 });
    await writer.add("b.log", new Uint8ArrayReader(LOG), { password: "second", zipCrypto: true });
    await writer.add("open.log", new Uint8ArrayReader(SHORT));
    const archive = await writer.close();
    expect((await read(archive, "second", "first")).map(({ problem }) => problem)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await read(archive, "second")).map(({ problem }) => problem?.code)).toEqual([
      "container.password",
      undefined,
      undefined,
    ]);
  });

  test("what is not ASCII is tried as UTF-8 and in the code pages", async () => {
    for (const raw of [Buffer.from("Žluťásek"), Buffer.from([0x8e, 0x6c, 0x75, 0x9d, 0xe1, 0x73, 0x65, 0x6b])]) {
      const archive = await locked({ encryptionStrength: 1 }, { "a.log": SHORT }, raw);
      expect((await read(archive, "Žluťásek"))[0]?.problem).toBeUndefined();
    }
    expect(passwordBytes("é").map((bytes) => [...bytes])).toEqual([[0xc3, 0xa9], [0x82], [0xe9]]);
    expect(passwordBytes("plain")).toHaveLength(1);
  });

  test("PKWARE's strong encryption is refused by name, with a password or without", async () => {
    const archive = makeZip([{ name: "a.log", data: LOG, flags: 0x41 }]);
    for (const passwords of [[], ["any"]]) {
      const [member] = await read(archive, ...passwords);
      expect(member?.problem?.code).toBe("container.unsupported");
      expect(member?.problem?.message).toContain("strong encryption");
    }
  });

  test("any byte changed, an encrypted archive never crashes or hangs", async () => {
    for (const cipher of [{ zipCrypto: true }, { encryptionStrength: 3 }] as const) {
      const archive = await locked(cipher, { "a.log": SHORT }, "right");
      for (let at = 0; at < archive.length; at++) {
        const broken = Buffer.from(archive);
        broken[at] = (broken[at] as number) ^ 0xff;
        await read(broken, "right").then(
          (members) =>
            members.forEach(({ text, problem }) =>
              expect(problem === undefined ? text : "one line\n").toBe("one line\n"),
            ),
          (error: unknown) => expect(error).toHaveProperty("fault.code"),
        );
      }
    }
  });
});
