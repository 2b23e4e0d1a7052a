import { describe, expect, test } from "vitest";
import type { ImportMessage } from "../../workers/base/batch.ts";
import { SHOWN_WORDS } from "../../workers/base/shown-words.ts";
import { FLAG } from "../../workers/contract.ts";
import { importSource } from "../../workers/import/pipeline.ts";
import { allowedMs } from "../support/machine.ts";
import { Collector, hashed, isFindable } from "./collect.ts";
import { importBytes, withFile } from "./run.ts";
import { auditLog, jsonLog } from "./samples.ts";

describe("what a person chose", () => {
  test("wins over what the content says, and is remembered as theirs", async () => {
    const { members } = await importBytes("audit.log", auditLog(4), { choices: { "audit.log": "lines+text-lines" } });
    expect(members[0]?.start).toMatchObject({ carrier: "lines", format: "text-lines", overridden: true });
    expect(members[0]?.rows.length).toBe(17);
  });

  test("is refused when no such format exists; the bytes are counted all the same", async () => {
    const { members } = await importBytes("audit.log", auditLog(4), { choices: { "audit.log": "lines+nonsense" } });
    expect(members[0]?.end).toMatchObject({ state: "unrecognised", problem: { code: "format.unfit" } });
  });

  test("a member that was left out is listed and not read", async () => {
    const { members, end } = await importBytes("audit.log", auditLog(4), { skip: ["audit.log"] });
    expect(members[0]?.end).toMatchObject({ state: "refused", entries: 0, problem: undefined });
    expect(members[0]?.start.reasons[0]).toContain("left out");
    expect(end?.problems).toEqual([]);
  });
});

describe("entries", () => {
  test("an auditd event is one entry with the spans of its records", async () => {
    const { members } = await importBytes("audit.log", auditLog(10));
    const [row] = members[0]?.rows ?? [];
    expect(row?.spans.length).toBe(4);
    expect(members[0]?.end).toMatchObject({ records: 40, entries: 10, rejects: 1, duplicates: 0, undated: 0 });
    const texts =
      row?.spans.map(({ offset, length }) => members[0]?.bytes.toString("utf8", offset, offset + length)) ?? [];
    expect(texts.map((text) => text?.slice(0, 12))).toEqual([
      "type=SYSCALL",
      "type=CWD msg",
      "type=PATH ms",
      "type=PROCTIT",
    ]);
  });

  test("records that touch are one span", async () => {
    const lines = auditLog(2).split("\n");
    const ordered = [...lines.filter((_, at) => at % 2 === 0), ...lines.filter((_, at) => at % 2 === 1)].join("\n");
    const { members } = await importBytes("audit.log", ordered);
    expect(members[0]?.rows.map((row) => row.spans.length)).toEqual([1, 1]);
  });

  test("a reference that comes again is flagged and counted", async () => {
    const { members } = await importBytes("app.json", jsonLog(120));
    const flagged = members[0]?.rows.filter((row) => (row.flags & FLAG.duplicate) !== 0) ?? [];
    expect(flagged.length).toBe(30);
    expect(members[0]?.end?.duplicates).toBe(30);
    expect(flagged[0]?.fields.ref).toEqual([hashed("event-0")]);
  });

  test("two members do not make duplicates of each other", async () => {
    const one = await importBytes("a.log", auditLog(8));
    expect(one.members[0]?.rows.some((row) => (row.flags & FLAG.duplicate) !== 0)).toBe(false);
  });

  test("decoded values are found by their words", async () => {
    const { members } = await importBytes(
      "app.json",
      `${jsonLog(40)}{"timestamp":"2025-01-01T00:00:00Z","id":"\\u017elutý k\\u016f\\u0148"}\n`,
    );
    const member = members[0];
    const last = member?.rows.at(-1);
    if (member === undefined || last === undefined) throw new Error("no entries");
    expect(isFindable(member, last, "žlutý")).toBe(true);
    expect(isFindable(member, last, "nowhere")).toBe(false);
  });
});

describe("a running import", () => {
  test("waits for its sink and ends soon after a cancel", async () => {
    await withFile("app.json", jsonLog(30_000), async (path) => {
      const controller = new AbortController();
      const collector = new Collector();
      let under = 0;
      let cancelledAt = 0;
      const sink = {
        async accept(message: ImportMessage) {
          expect(++under).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 1));
          under--;
          if (message.kind === "entries" && cancelledAt === 0) {
            cancelledAt = performance.now();
            controller.abort();
          }
          collector.kinds.push(message.kind);
        },
      };
      const end = await importSource({ path, choices: {}, skip: [] }, sink, controller.signal, () => undefined);
      expect(end).toMatchObject({ state: "cancelled", sha256: undefined });
      expect(performance.now() - cancelledAt).toBeLessThan(allowedMs(1000));
      expect(collector.kinds.slice(-2)).toEqual(["member-end", "source-end"]);
    });
  });

  test("a cancel before the start reads nothing", async () => {
    await withFile("audit.log", auditLog(10), async (path) => {
      const collector = new Collector();
      const end = await importSource({ path, choices: {}, skip: [] }, collector, AbortSignal.abort(), () => undefined);
      expect(end.state).toBe("cancelled");
    });
  });

  test("progress never goes back and ends at the end", async () => {
    await withFile("audit.log", auditLog(3000), async (path) => {
      const seen: number[] = [];
      const sink = { accept: async () => undefined };
      let last = { source: -1, done: 0, total: 0, entries: 0, rejects: 0 };
      await importSource({ path, choices: {}, skip: [] }, sink, new AbortController().signal, (state) => {
        seen.push(state.done);
        last = state;
      });
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(last).toEqual({ source: 0, done: last.total, total: last.total, entries: 3000, rejects: 300 });
    });
  });

  test("a sink that fails ends the import with its error", async () => {
    await withFile("audit.log", auditLog(10), async (path) => {
      const sink = {
        async accept(message: ImportMessage) {
          if (message.kind === "blocks") throw new Error("disk on fire");
        },
      };
      const run = importSource({ path, choices: {}, skip: [] }, sink, new AbortController().signal, () => undefined);
      await expect(run).rejects.toThrow("disk on fire");
    });
  });
});

test("entries whose bytes show all words of their hashed values say so", async () => {
  const shown = async (line: string) => {
    const { members } = await importBytes("app.json", `${jsonLog(40)}${line}\n`);
    return ((members[0]?.rows.at(-1)?.flags ?? 0) & SHOWN_WORDS) !== 0;
  };
  expect(await shown('{"timestamp":"2025-01-01T00:00:00Z","id":"plain-1"}')).toBe(true);
  expect(await shown('{"timestamp":"2025-01-01T00:00:00Z","id":"pl\\u0061in-1"}')).toBe(false);
  const { members } = await importBytes("audit.log", auditLog(40));
  expect(members[0]?.rows.every((row) => (row.flags & SHOWN_WORDS) !== 0)).toBe(true);
});
