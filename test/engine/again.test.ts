import { appendFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { JobState, SourceId, SourceInfo } from "../../workers/contract.ts";
import { makeZip } from "../containers/make-zip.ts";
import { Harness, auditLines, faultCode, query, value } from "./harness.ts";

async function again(h: Harness, source: SourceId, beyondLimits = false): Promise<JobState> {
  return await h.finished(value(await h.api.importAgain(source, beyondLimits)));
}

async function live(h: Harness): Promise<readonly SourceInfo[]> {
  return (await h.info()).sources.filter(({ state }) => state !== "replaced");
}

async function firstSource(h: Harness): Promise<SourceInfo> {
  const [source] = await live(h);
  if (source === undefined) throw new Error("there is no source");
  return source;
}

/** The source of an import that was cancelled when it had brought some entries. */
async function cancelled(h: Harness, path: string): Promise<SourceInfo> {
  const job = await h.start(path);
  let state = value(await h.api.watch(job, -1));
  while (state.entries === 0 && state.state === "running") state = value(await h.api.watch(job, state.revision));
  await h.api.cancel(job);
  await h.finished(job);
  return await firstSource(h);
}

const kinds = (h: Harness): readonly string[] => h.actions().map(({ kind }) => kind);

describe("importing again", () => {
  it("takes the place of the old source when it is whole, read the way that was chosen", async () => {
    const h = new Harness();
    await h.newCase();
    const lines = "2026-01-01 10:00:00 one\n2026-01-01 11:00:00 two\n";
    const path = h.write("a.log", lines);
    const answers = { "a.log": { zone: "+05:00" } };
    const items = [{ grant: h.grant(path), choices: { "a.log": "lines+text-lines" }, skip: [], answers }];
    await h.finished(value(await h.api.startImport({ items })));
    const before = await firstSource(h);
    expect(before.members[0]).toMatchObject({ overridden: true, format: "text-lines", zone: "+05:00" });
    expect(await again(h, before.id)).toMatchObject({ state: "done", label: "a.log" });
    const after = await firstSource(h);
    expect(await live(h)).toHaveLength(1);
    expect(after.id).not.toBe(before.id);
    expect(after.sha256).toBe(before.sha256);
    expect(after.members[0]).toMatchObject({ overridden: true, format: "text-lines", zone: "+05:00", entries: 2 });
    expect(value(await h.api.open(query()))).toMatchObject({ matched: 2, total: 2 });
    expect((await h.info()).state).toBe("sealed");
    expect(kinds(h)).toEqual(expect.arrayContaining(["source.again", "source.replace"]));
    expect(faultCode(await h.api.importAgain(before.id, false))).toBe("request.stale");
  });

  it("leaves out again what was left out", async () => {
    const h = new Harness();
    await h.newCase();
    const zip = makeZip([
      { name: "a.log", data: Buffer.from(auditLines(3)) },
      { name: "b.log", data: Buffer.from(auditLines(4)) },
    ]);
    const items = [{ grant: h.grant(h.write("two.zip", zip)), choices: {}, skip: ["b.log"] }];
    await h.finished(value(await h.api.startImport({ items })));
    await again(h, (await firstSource(h)).id);
    const { members } = await firstSource(h);
    expect(members.map(({ path, entries, state }) => [path, entries, state])).toEqual([
      ["a.log", 3, "ready"],
      ["b.log", 0, "refused"],
    ]);
  });

  it("mends what a cancel cut off", async () => {
    const h = new Harness();
    await h.newCase();
    const cut = await cancelled(h, h.write("big.log", auditLines(60_000)));
    expect(cut.state).toBe("cancelled");
    expect(await again(h, cut.id)).toMatchObject({ state: "done", entries: 60_000 });
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 60_000 });
  });

  it("refuses with a sentence when the file is gone or is another, and keeps what there is", async () => {
    const h = new Harness();
    await h.newCase();
    const path = h.write("a.log", auditLines(10));
    await h.import(path);
    const { id } = await firstSource(h);
    const sameSize = auditLines(10).replace("user1", "user9");
    for (const content of [sameSize, auditLines(11)]) {
      writeFileSync(path, content);
      const job = await again(h, id);
      expect(job).toMatchObject({ state: "failed", fault: { code: "source.changed" } });
      expect(job.fault?.message).toBe(
        "The file at the place of a.log is not the one that was imported: its content differs.",
      );
    }
    rmSync(path);
    const gone = await h.api.importAgain(id, false);
    expect(gone).toMatchObject({ ok: false, fault: { code: "source.missing" } });
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 10 });
    writeFileSync(path, auditLines(10));
    utimesSync(path, 1, 1);
    expect(await again(h, id)).toMatchObject({ state: "done" });
  });

  it("reads a file that grew since its import was cut off, and the log says so", async () => {
    const h = new Harness();
    await h.newCase();
    const path = h.write("big.log", auditLines(60_000));
    const cut = await cancelled(h, path);
    expect(cut.sha256).toBeUndefined();
    appendFileSync(path, auditLines(5, 1_800_000_000));
    expect(await again(h, cut.id)).toMatchObject({ state: "done", entries: 60_005 });
    const told = h.actions().find(({ kind }) => kind === "source.again");
    expect(JSON.parse(told?.payload ?? "")).toMatchObject({ source: cut.id, change: { bytes: expect.any(Number) } });
  });

  it("goes beyond the limits when it is told to, which is logged", async () => {
    const h = new Harness();
    await h.newCase();
    const line = auditLines(1);
    const text = Buffer.from(line.repeat(Math.ceil(12_000_000 / line.length)));
    expect(text.length / deflateRawSync(text).length).toBeGreaterThan(200);
    const bomb = h.write("dense.zip", makeZip([{ name: "audit.log", data: text }]));
    await h.import(bomb);
    const cut = await firstSource(h);
    expect(cut.members[0]?.problem?.code).toBe("container.too-large");
    expect(cut.members[0]?.state).toBe("failed");
    await again(h, cut.id, true);
    const whole = await firstSource(h);
    expect(whole.members[0]).toMatchObject({ state: "ready", bytes: text.length, problem: undefined });
    expect((await h.info()).state).toBe("sealed");
    const told = h.actions().filter(({ kind }) => kind === "source.again");
    expect(told.map(({ payload }) => (JSON.parse(payload) as { beyondLimits: boolean }).beyondLimits)).toEqual([true]);
  });
});
