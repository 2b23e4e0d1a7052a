import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JobState, MemberId, MemberInfo, MemberRequest, SourceInfo } from "../../workers/contract.ts";
import { makeZip } from "../containers/make-zip.ts";
import { auditLog } from "../import/samples.ts";
import { auditLines, faultCode, Harness, query, value } from "./harness.ts";

async function again(h: Harness, member: MemberId, as: MemberRequest): Promise<JobState> {
  return await h.finished(value(await h.api.importMemberAgain(member, as)));
}

async function live(h: Harness): Promise<readonly SourceInfo[]> {
  return (await h.info()).sources.filter(({ state }) => state !== "replaced");
}

async function member(h: Harness, path: string): Promise<MemberInfo> {
  const found = (await live(h)).flatMap(({ members }) => members).find((each) => each.path === path);
  if (found === undefined) throw new Error(`no member ${path}`);
  return found;
}

async function matched(h: Harness, text = ""): Promise<number> {
  return value(await h.api.open(query(text))).matched;
}

const BARRED =
  "when~who~what\n2026-01-01 10:00:00~eva~login\n2026-01-01 11:00:00~tim~logout\n2026-01-01 12:00:00~tim\n";
const TABLE: MemberRequest = { choice: "csv+generic-json", answer: { delimiter: "~", zone: "+02:00" } };

describe("a member imported again", () => {
  it("is read as is said now, and takes the place of what was there", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", BARRED), h.write("b.log", auditLines(4)));
    const before = await live(h);
    const old = await member(h, "a.log");
    expect(old).toMatchObject({ format: "text-lines", entries: 4 });
    const job = await again(h, old.id, TABLE);
    expect(job).toMatchObject({ state: "done", inPlace: true, entries: 2, rejects: 1 });
    const now = await member(h, "a.log");
    expect(now).toMatchObject({ carrier: "csv", format: "generic-json", entries: 2, rejects: 1, overridden: true });
    expect(now.reading).toMatchObject({ delimiter: "~", table: { delimiter: "~", columns: ["when", "who", "what"] } });
    expect(now.zone).toBe("+02:00");
    expect(now.ledger.total).toBe(BARRED.length);
    const after = await live(h);
    expect(after.map(({ id, code, lane, sha256 }) => [id, code, lane, sha256])).toEqual(
      before.map(({ id, code, lane, sha256 }) => [id, code, lane, sha256]),
    );
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 6, rejects: 1 });
    expect(await matched(h)).toBe(6);
    expect(await matched(h, "raw.who:tim AND time:2026-01-01T09:00:00Z")).toBe(1);
    expect(value(await h.api.rejects(0, 10, undefined, undefined)).total).toBe(1);
    const told = h.actions().filter(({ kind }) => kind.startsWith("member."));
    expect(told.map(({ kind }) => kind)).toEqual(["member.again", "member.replace"]);
    expect(JSON.parse(told[0]?.payload ?? "")).toMatchObject({ path: "a.log", as: TABLE, members: [old.id] });
    expect(JSON.parse(told[1]?.payload ?? "")).toMatchObject({ members: [old.id], by: [now.id] });
    expect(faultCode(await h.api.importMemberAgain(old.id, TABLE))).toBe("request.stale");
  });

  it("of an archive leaves the others as they are, in their order", async () => {
    const h = new Harness();
    await h.newCase();
    const zip = makeZip([
      { name: "a.log", data: Buffer.from(BARRED) },
      { name: "b.log", data: Buffer.from(auditLines(4)) },
    ]);
    await h.import(h.write("two.zip", zip));
    const other = await member(h, "b.log");
    await again(h, (await member(h, "a.log")).id, TABLE);
    const [source] = await live(h);
    expect(source?.members.map(({ path, entries }) => [path, entries])).toEqual([
      ["a.log", 2],
      ["b.log", 4],
    ]);
    expect(await member(h, "b.log")).toEqual(other);
    expect(value(await h.api.open(query())).perSource).toEqual([{ source: source?.id, matched: 6, total: 6 }]);
  });

  it("is remembered when its source is imported again, and when it is looked at", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", BARRED));
    await again(h, (await member(h, "a.log")).id, TABLE);
    const [source] = await live(h);
    if (source === undefined) throw new Error("there is no source");
    const look = value(await h.api.lookAgain(source.id));
    expect(look.said).toEqual({ "a.log": TABLE });
    expect(look.item).toMatchObject({ alreadyIn: source.id, members: [{ path: "a.log", choice: "lines+text-lines" }] });
    await h.finished(value(await h.api.importAgain(source.id, false)));
    expect(await member(h, "a.log")).toMatchObject({ format: "generic-json", entries: 2, zone: "+02:00" });
    // Nothing said = as it is found.
    await again(h, (await member(h, "a.log")).id, { answer: {} });
    expect(await member(h, "a.log")).toMatchObject({ format: "text-lines", entries: 4, zone: undefined });
  });

  it("shows the old alone while the new is read, and after a cancel", { timeout: 180_000 }, async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("big.log", auditLines(80_000)));
    const old = await member(h, "big.log");
    // What answers is there before the import begins.
    expect(await matched(h)).toBe(80_000);
    const { revision } = await h.info();
    const job = value(await h.api.importMemberAgain(old.id, { choice: "lines+text-lines", answer: {} }));
    let state = value(await h.api.watch(job, -1));
    while (state.entries === 0 && state.state === "running") state = value(await h.api.watch(job, state.revision));
    expect(state.entries).toBeGreaterThan(0);
    // Nothing that is shown has changed, but for the line of the log with which it began.
    const during = await h.info();
    expect(during).toMatchObject({ state: "sealed", entries: 80_000 });
    expect(during.revision - revision).toBeLessThanOrEqual(1);
    expect(await matched(h)).toBe(80_000);
    await h.api.cancel(job);
    expect((await h.finished(job)).state).toBe("cancelled");
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 80_000 });
    expect(await matched(h)).toBe(80_000);
    expect(await member(h, "big.log")).toEqual(old);
    expect(await again(h, old.id, { choice: "lines+text-lines", answer: {} })).toMatchObject({ state: "done" });
    expect(await matched(h)).toBe(80_000);
    expect(await member(h, "big.log")).toMatchObject({ format: "text-lines" });
  });

  it("stays as it was where the file is another by now, or is gone", async () => {
    const h = new Harness();
    await h.newCase();
    const path = h.write("a.log", BARRED);
    await h.import(path);
    const old = await member(h, "a.log");
    writeFileSync(path, BARRED.replace("eva", "ivo"));
    expect(await again(h, old.id, TABLE)).toMatchObject({ state: "failed", fault: { code: "source.changed" } });
    rmSync(path);
    expect(faultCode(await h.api.importMemberAgain(old.id, TABLE))).toBe("source.missing");
    expect(await member(h, "a.log")).toEqual(old);
  });

  it("that nothing can be read of stays as it was, with the reason", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", BARRED));
    const old = await member(h, "a.log");
    const job = await again(h, old.id, { choice: "no+such", answer: {} });
    expect(job).toMatchObject({ state: "failed", fault: { code: "format.unfit" } });
    expect(job.fault?.message).toContain("Nothing was replaced.");
    expect(await member(h, "a.log")).toEqual(old);
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 4 });
  });

  it("is read with the files that it is one log with", async () => {
    const h = new Harness();
    await h.newCase();
    const records = auditLog(40).split(/(?<=\n)/);
    const at = records.findIndex((line) => line.includes(":1005)")) + 1;
    await h.import(
      h.write("audit.log.1", records.slice(0, at).join("")),
      h.write("audit.log", records.slice(at).join("")),
    );
    const before = await live(h);
    const { entries, rejects } = await h.info();
    const old = await member(h, "audit.log");
    await again(h, old.id, { answer: { zone: "+01:00" } });
    expect(await h.info()).toMatchObject({ state: "sealed", entries, rejects });
    const after = await live(h);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const [place, source] of after.entries()) {
      expect(source.members[0]?.id).not.toBe(before[place]?.members[0]?.id);
      expect(source.members[0]?.entries).toBe(before[place]?.members[0]?.entries);
    }
  });

  it("of a source that was cut off makes the source whole", { timeout: 120_000 }, async () => {
    const h = new Harness();
    await h.newCase();
    const job = await h.start(h.write("big.log", auditLines(20_000)));
    let state = value(await h.api.watch(job, -1));
    while (state.entries === 0 && state.state === "running") state = value(await h.api.watch(job, state.revision));
    await h.api.cancel(job);
    await h.finished(job);
    const cut = await member(h, "big.log");
    expect(await again(h, cut.id, { choice: "lines+text-lines", answer: {} })).toMatchObject({ state: "done" });
    expect(await member(h, "big.log")).toMatchObject({ format: "text-lines", entries: 20_000 });
    expect(await h.info()).toMatchObject({ state: "sealed", entries: 20_000 });
  });
});
