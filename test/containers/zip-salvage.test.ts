/** Zips that have lost their directory. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { zip } from "../../workers/containers/zip.ts";
import { makeZip, type ZipPart } from "./make-zip.ts";
import { readUntilFault, sourceOf } from "./read-members.ts";

configure({ useWebWorkers: false });

const text = (seed: number, lines: number): Buffer =>
  Buffer.from(Array.from({ length: lines }, (_, at) => `line ${(at * 7919 + seed) % 104_729} of ${seed}\n`).join(""));
const PARTS: readonly ZipPart[] = [
  { name: "folder/", stored: true },
  { name: "a.log", data: text(1, 900) },
  { name: "b.log", data: text(2, 700), stored: true },
  { name: "c.log", data: text(3, 800), streamed: "marked" },
  { name: "é.log", data: text(4, 600), streamed: "bare" },
  { name: "e.log", data: text(5, 500), streamed: "long" },
  { name: "f.log", data: text(6, 400), stored: true, streamed: "marked" },
  { name: "g.log", data: text(7, 300) },
];
const WHOLE = makeZip(PARTS);
/** Where each member's local header begins, and where the directory does. */
const STARTS = [...PARTS.keys(), PARTS.length].map(bodyLength);

function bodyLength(parts: number): number {
  const bytes = makeZip(PARTS.slice(0, parts));
  return bytes.readUInt32LE(bytes.length - 6);
}

const cut = async (length: number) => await readUntilFault(zip, sourceOf(WHOLE.subarray(0, length), "cut.zip"));

describe("a zip without its directory", () => {
  test("gives all its members, whatever stands before or behind their data, and says what it lacks", async () => {
    const { members, fault } = await cut(bodyLength(PARTS.length));
    expect(members.map(({ path }) => path)).toEqual(PARTS.map(({ name }) => name));
    expect(members.map(({ text: read }) => read)).toEqual(
      PARTS.map(({ data, name }) => (name.endsWith("/") ? "" : (data as Buffer).toString("latin1"))),
    );
    expect(members.slice(1).every(({ problem }) => problem === undefined)).toBe(true);
    expect(fault).toMatchObject({ code: "container.truncated", offset: bodyLength(PARTS.length) });
    expect(fault?.message).toContain("8 members were found without it");
  });

  test("wherever it is cut gives what is whole as it was, and of the last member what is there, flagged", async () => {
    const property = fc.asyncProperty(fc.integer({ min: 40, max: WHOLE.length - 22 }), async (length) => {
      const { members, fault } = await cut(length);
      const whole = STARTS.filter((start, at) => at > 0 && start <= length).length;
      expect(fault?.code).toBe("container.truncated");
      expect(members.length).toBeGreaterThanOrEqual(whole);
      expect(members.length).toBeLessThanOrEqual(whole + 1);
      for (const [at, member] of members.entries()) {
        const { data = Buffer.alloc(0) } = PARTS[at] as ZipPart;
        const wanted = Buffer.from(data).toString("latin1");
        if (at < whole) expect(member.text).toBe(wanted);
        else expect(member.problem?.code === "container.truncated" || member.text === wanted).toBe(true);
        expect(wanted.startsWith(member.text.slice(0, wanted.length))).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test("gives its members where the directory is there and damaged", async () => {
    const bytes = Buffer.from(WHOLE);
    bytes.fill(0xee, bodyLength(PARTS.length), bodyLength(PARTS.length) + 60);
    const { members, fault } = await readUntilFault(zip, sourceOf(bytes));
    expect(members.length).toBe(PARTS.length);
    expect(fault?.code).toBe("container.corrupt");
  });

  test("stops at the limit of members, and at bytes that are no header", async () => {
    const few = { ...DEFAULT_LIMITS, members: 3 };
    const body = WHOLE.subarray(0, bodyLength(PARTS.length));
    const { members, fault } = await readUntilFault(zip, sourceOf(body), few);
    expect([members.length, fault?.code]).toEqual([3, "container.too-large"]);
    const holed = Buffer.from(body);
    holed.fill(0, bodyLength(3), bodyLength(3) + 4);
    const stopped = await readUntilFault(zip, sourceOf(holed));
    expect(stopped.members.length).toBe(3);
    expect(stopped.fault).toMatchObject({ code: "container.truncated", offset: bodyLength(3) });
    expect(stopped.fault?.message).toContain(`they end at byte ${bodyLength(3)} of ${body.length}`);
  });

  test("that holds no whole header is refused as before", async () => {
    const { members, fault } = await cut(36);
    expect([members.length, fault?.code]).toEqual([0, "container.truncated"]);
  });

  test.each([
    ["plain", {}],
    ["of 64 bits", { zip64: true }],
    ["of 64 bits, without marks", { zip64: true, dataDescriptor: true, dataDescriptorSignature: false }],
    ["not streamed", { dataDescriptor: false }],
    ["streamed", { dataDescriptor: true, bufferedWrite: false }],
    ["streamed, without marks", { dataDescriptor: true, dataDescriptorSignature: false }],
    ["encrypted, traditional", { password: "right", zipCrypto: true }],
    ["encrypted, AES", { password: "right", encryptionStrength: 3 }],
    ["encrypted, AES, streamed", { password: "right", encryptionStrength: 3, dataDescriptor: true }],
  ] as const)("gives what an archiver wrote (%s)", async (_name, options) => {
    const writer = new ZipWriter(new Uint8ArrayWriter(), options);
    for (const seed of [1, 2, 3]) await writer.add(`${seed}.log`, new Uint8ArrayReader(text(seed, 500)));
    const bytes = Buffer.from(await writer.close());
    const directory = bytes.indexOf(Buffer.from("PK\x01\x02", "latin1"));
    const source = sourceOf(bytes.subarray(0, directory));
    const { members, fault } = await readUntilFault(zip, source, DEFAULT_LIMITS, ["wrong", "right"]);
    expect(fault).toMatchObject({ code: "container.truncated", offset: directory });
    expect(members.map(({ path, problem }) => [path, problem])).toEqual(
      [1, 2, 3].map((seed) => [`${seed}.log`, undefined]),
    );
    expect(members.map((member) => member.text)).toEqual([1, 2, 3].map((seed) => text(seed, 500).toString("latin1")));
    // Cut in the last member, the others are whole, and of the last nothing is called sound.
    const cutSource = sourceOf(bytes.subarray(0, directory - 200));
    const short = await readUntilFault(zip, cutSource, DEFAULT_LIMITS, ["right"]);
    expect(short.members.slice(0, 2).map(({ problem }) => problem)).toEqual([undefined, undefined]);
    expect(short.members[2]?.problem?.code).toMatch(/^container\./);
  });
});
