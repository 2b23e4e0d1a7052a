import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedMs } from "../../support/machine.ts";
import { logOf, onlyEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";
const hex = (text: string) => Buffer.from(text, "utf8").toString("hex").toUpperCase();
const execve = (...bodies: readonly string[]) => onlyEntry(...bodies.map((body) => `type=EXECVE ${stamp} ${body}`));

describe("arguments of a program", () => {
  it("joins pieces before decoding: a piece may end inside a character", () => {
    const long = hex("é".repeat(20));
    const entry = execve(`argc=2 a0="x" a1_len=${long.length} a1[0]=${long.slice(0, 22)}`, `a1[1]=${long.slice(22)}`);
    expect(entry.originals["argv"]).toEqual(["x", "é".repeat(20)]);
    expect(entry.originals["command"]).toEqual([`x ${"é".repeat(20)}`]);
  });

  it("goes on in further records, in whatever order they arrive", () => {
    expect(execve('a2="c" a3="d"', 'argc=4 a0="a" a1="b"').originals["command"]).toEqual(["a b c d"]);
  });

  it.each([
    ["a whole argument", ['argc=3 a0="a" a2="c"'], "a … c"],
    ["the end of the list", ['argc=3 a0="a" a1="b"'], "a b …"],
    ["the first piece", [`argc=2 a0="a" a1_len=20 a1[1]=${hex("tail")}`], "a …tail"],
    ["the last piece", [`argc=2 a0="a" a1_len=20 a1[0]=${hex("head")}`], "a head…"],
  ])("marks the gap where %s is missing", (_what, bodies, command) => {
    const entry = execve(...bodies);
    expect(entry.originals["command"]).toEqual([command]);
    expect(entry.flags).toContain("incomplete");
  });

  it("is whole although argc is too small", () => {
    expect(
      onlyEntry(
        `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes items=0`,
        `type=EXECVE ${stamp} argc=0 a0="whoami"`,
      ).flags,
    ).not.toContain("incomplete");
  });

  it("leaves a0 to the system call", () => {
    const entry = onlyEntry(
      `type=SYSCALL ${stamp} arch=c000003e syscall=59 a0=55d7 a1=2`,
      `type=EXECVE ${stamp} argc=1 a0="id"`,
    );
    expect(entry.originals["a0"]).toEqual(["55d7"]);
    expect(entry.originals["argv"]).toEqual(["id"]);
  });

  it("is not slowed by absurd numbers", () => {
    const lines = Array.from(
      { length: 2000 },
      (_, i) => `type=EXECVE msg=audit(1700000000.001:${i}): argc=9999999 a9999999="x" a1_len=9 a1[999999]=41`,
    );
    const start = performance.now();
    expect(logOf(...lines).entries).toHaveLength(2000);
    expect(performance.now() - start).toBeLessThan(allowedMs(3000));
  });

  it("restores any list of arguments", () => {
    const argument = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
      .filter((text) => !text.includes("\0") && text.toWellFormed() === text);
    fc.assert(
      fc.property(
        fc.uniqueArray(argument, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 2, max: 9 }),
        (argv, size) => {
          const bodies = [`argc=${argv.length}`];
          argv.forEach((text, i) => {
            const pieces = hex(text).match(new RegExp(`.{1,${2 * size}}`, "g")) ?? [];
            bodies.push(`a${i}_len=${hex(text).length} ${pieces.map((piece, k) => `a${i}[${k}]=${piece}`).join(" ")}`);
          });
          expect(execve(...bodies).originals["argv"]).toEqual(argv);
        },
      ),
      { numRuns: 60 },
    );
  });
});
