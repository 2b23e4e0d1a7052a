import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { containerOf } from "../../workers/containers/registry.ts";
import { sevenZip } from "../../workers/containers/sevenzip.ts";
import { LINES, LONG, NOISE } from "./compressed.ts";
import { readMembers, readUntilFault, sourceOf } from "./read-members.ts";
import * as made from "./sevenzip-made.ts";

const SMALL = { lines: LINES, empty: "", noise: NOISE };
const ALL = { ...SMALL, long: LONG };

const readable: readonly (readonly [string, Buffer, Readonly<Record<string, string>>])[] = [
  ["LZMA2", made.lzma2, ALL],
  ["LZMA", made.lzma, ALL],
  ["Deflate", made.deflate, SMALL],
  ["bzip2", made.bzip2, SMALL],
  ["each member by itself", made.apart, SMALL],
];

describe("7z", () => {
  test.each(readable)("%s: every member comes out, the link and the folder are listed", async (_name, bytes, texts) => {
    expect(containerOf(bytes)).toBe(sevenZip);
    const members = await readMembers(sevenZip, sourceOf(bytes));
    for (const [path, text] of Object.entries(texts)) {
      const member = members.find((each) => each.path === path);
      expect(member?.problem).toBeUndefined();
      expect(member?.text === text).toBe(true);
    }
    expect(members.find(({ path }) => path === "lnk")?.problem).toMatchObject({ code: "source.not-a-file" });
    expect(members.find(({ path }) => path === "dir/")?.problem).toMatchObject({ code: "source.not-a-file" });
  });

  test("members are opened in any order, twice too, and say when they were changed", async () => {
    const { signal } = new AbortController();
    const opening = { limits: DEFAULT_LIMITS, signal, passwords: [] };
    let seen = "";
    for await (const member of sevenZip.members(sourceOf(made.lzma2), opening)) {
      if (member.path !== "noise") continue;
      expect(new Date((member.modified ?? 0) / 1000).getUTCFullYear()).toBeGreaterThan(2020);
      for (let time = 0; time < 2; time++) {
        for await (const chunk of member.open(signal)) seen += Buffer.from(chunk).toString("latin1");
      }
    }
    expect(seen).toBe(NOISE + NOISE);
  });

  test.each([
    ["encrypted", made.locked, "encrypted"],
    ["a method that is not read", made.ppmd, "030401"],
  ])("%s: members are listed with size and reason", async (_name, bytes, words) => {
    const members = await readMembers(sevenZip, sourceOf(bytes), DEFAULT_LIMITS, ["pw"]);
    const lines = members.find(({ path }) => path === "lines");
    expect(lines).toMatchObject({ text: "", problem: { code: "container.unsupported" } });
    expect(lines?.problem?.message).toContain(words);
  });

  test("encrypted names are one clear fault", async () => {
    const { members, fault } = await readUntilFault(sevenZip, sourceOf(made.lockedNames, "case.7z"));
    expect(members).toEqual([]);
    expect(fault).toMatchObject({ code: "container.unsupported" });
    expect(fault?.message).toContain("names in the 7z archive case.7z are encrypted");
  });

  test("stops at the limits", async () => {
    const byRatio = await readMembers(sevenZip, sourceOf(made.lzma2), { ...DEFAULT_LIMITS, ratioFrom: 50_000 });
    expect(byRatio.find(({ path }) => path === "long")?.problem?.code).toBe("container.too-large");
    const { members, fault } = await readUntilFault(sevenZip, sourceOf(made.lzma2), { ...DEFAULT_LIMITS, members: 2 });
    expect([members.length, fault?.code]).toEqual([2, "container.too-large"]);
  });

  test.each(readable)(
    "%s: cut or changed anywhere it is a fault, and never other bytes without one",
    async (_name, bytes, texts) => {
      for (let at = 0; at < bytes.length; at += 3) {
        const cut = await readUntilFault(sevenZip, sourceOf(bytes.subarray(0, at)));
        expect(cut.fault?.code).toBe("container.truncated");
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] as number) ^ 0x15;
        const { members } = await readUntilFault(sevenZip, sourceOf(broken));
        for (const { path, text, problem } of members) {
          if (problem === undefined) expect([at, path, text === texts[path]]).toEqual([at, path, true]);
        }
      }
    },
    60_000,
  );
});
