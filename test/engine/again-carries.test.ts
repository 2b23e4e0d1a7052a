/** What must not be lost, or move, when something is imported again. */
import { utimesSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EntryId, EpochMicros, MemberId, SourceInfo, TimeChange } from "../../workers/contract.ts";
import { printUtc } from "../../workers/base/time.ts";
import { makeZip } from "../containers/make-zip.ts";
import { auditLog } from "../import/samples.ts";
import { auditLines, Harness, query, value } from "./harness.ts";

const live = async (h: Harness): Promise<readonly SourceInfo[]> =>
  (await h.info()).sources.filter(({ state }) => state !== "replaced");
const memberIds = async (h: Harness): Promise<readonly MemberId[]> =>
  (await live(h)).flatMap(({ members }) => members.map(({ id }) => id));

async function onlyMember(h: Harness): Promise<MemberId> {
  const [id, ...more] = await memberIds(h);
  if (id === undefined || more.length > 0) throw new Error("there is not just one member");
  return id;
}

async function instants(h: Harness): Promise<readonly string[]> {
  const { id, matched } = value(await h.api.open(query("", { sort: { field: "id", descending: false } })));
  const page = value(await h.api.rows(id, 0, Math.min(500, matched), []));
  return Array.from(page.time, (at) => (Number.isNaN(at) ? "undated" : printUtc(at as EpochMicros).slice(0, 19)));
}

const clock = (member: MemberId, seconds: number): TimeChange => ({
  kind: "clock",
  of: { member },
  clock: { kind: "fixed", micros: seconds * 1_000_000 },
});

const LOCAL = "2024-12-01 10:00:00 one\n2024-12-01 11:00:00 two\n";
const YEARLESS = "Feb 28 10:00:00 web-1 app[1]: one\nMar 01 10:00:00 web-1 app[1]: two\n";

async function opened(name: string, content: string | Uint8Array): Promise<Harness> {
  const h = new Harness();
  await h.newCase();
  const path = h.write(name, content);
  utimesSync(path, new Date("2025-06-01T00:00:00Z"), new Date("2025-06-01T00:00:00Z"));
  expect((await h.import(path)).state).toBe("done");
  return h;
}

describe("what was assumed of times since the import", () => {
  it("of zone is said when the source is looked at, and holds where nothing else is said", async () => {
    const h = await opened("local.log", LOCAL);
    const member = await onlyMember(h);
    value(await h.api.changeTime({ kind: "zone", member, zone: "Europe/Paris" }));
    const before = await instants(h);
    expect(before).toEqual(["2024-12-01T09:00:00", "2024-12-01T10:00:00"]);
    const [source] = await live(h);
    const { said } = value(await h.api.lookAgain(source?.id as never));
    expect(said["local.log"]?.answer).toEqual({ zone: "Europe/Paris" });
    const as = { ...said["local.log"], choice: "lines+text-lines", answer: said["local.log"]?.answer ?? {} };
    await h.finished(value(await h.api.importMemberAgain(member, as)));
    expect(await instants(h)).toEqual(before);
  });

  it("of a year is said as well", async () => {
    const h = await opened("messages", YEARLESS);
    const member = await onlyMember(h);
    value(await h.api.changeTime({ kind: "year", member, year: 2019 }));
    const before = await instants(h);
    expect(before).toEqual(["2019-02-28T10:00:00", "2019-03-01T10:00:00"]);
    const { said } = value(await h.api.lookAgain((await live(h))[0]?.id as never));
    await h.finished(value(await h.api.importMemberAgain(member, said["messages"] ?? { answer: {} })));
    expect(await instants(h)).toEqual(before);
  });
});

describe("the correction of a member's clock", () => {
  it("follows each of two members of one path", async () => {
    const line = (hour: number): Buffer =>
      Buffer.from(`2024-12-01T${hour}:00:00Z one\n2024-12-01T${hour}:30:00Z two\n`);
    const zip = makeZip([
      { name: "a.log", data: line(10) },
      { name: "a.log", data: line(20) },
    ]);
    const h = await opened("two.zip", zip);
    const [first, second] = await memberIds(h);
    value(await h.api.changeTime(clock(first as MemberId, 60)));
    value(await h.api.changeTime(clock(second as MemberId, 7)));
    const before = await instants(h);
    expect(before.toSorted()).toEqual([
      "2024-12-01T10:01:00",
      "2024-12-01T10:31:00",
      "2024-12-01T20:00:07",
      "2024-12-01T20:30:07",
    ]);
    const [source] = await live(h);
    expect((await h.finished(value(await h.api.importAgain(source?.id as never, false)))).state).toBe("done");
    expect(await instants(h)).toEqual(before);
  });

  it("stays where it is when nothing is replaced, with what could be done again", async () => {
    const h = await opened("local.log", LOCAL);
    const member = await onlyMember(h);
    value(await h.api.changeTime(clock(member, 60)));
    value(await h.api.changeTime({ kind: "zone", member, zone: "Europe/Paris" }));
    value(await h.api.undoTimeChange());
    const before = await instants(h);
    const job = value(await h.api.importMemberAgain(member, { choice: "no+such", answer: {} }));
    expect((await h.finished(job)).state).toBe("failed");
    expect(await instants(h)).toEqual(before);
    expect(h.actions().filter(({ payload }) => payload.includes("carried"))).toEqual([]);
    expect(value(await h.api.redoTimeChange())).toMatchObject({ change: { kind: "zone" } });
  });
});

describe("what waits for another import", () => {
  it("is told that its member is not there any more", { timeout: 60_000 }, async () => {
    const h = await opened("local.log", LOCAL);
    const member = await onlyMember(h);
    const big = await h.start(h.write("big.log", auditLines(20_000)));
    const as = { choice: "lines+text-lines", answer: { zone: "+02:00" } };
    const one = value(await h.api.importMemberAgain(member, as));
    const two = value(await h.api.importMemberAgain(member, as));
    expect((await h.finished(big)).state).toBe("done");
    expect((await h.finished(one)).state).toBe("done");
    expect(await h.finished(two)).toMatchObject({ state: "failed", fault: { code: "request.stale" } });
    expect(value(await h.api.open(query("one time:2024-12-01T08:00:00Z"))).matched).toBe(1);
  });

  it("shows at once what else is changed meanwhile", { timeout: 120_000 }, async () => {
    const h = await opened("local.log", LOCAL);
    await h.import(h.write("big.log", auditLines(30_000)));
    const [small, big] = await live(h);
    const job = value(await h.api.importMemberAgain(big?.members[0]?.id as MemberId, { answer: {} }));
    let state = value(await h.api.watch(job, -1));
    while (state.entries === 0 && state.state === "running") state = value(await h.api.watch(job, state.revision));
    const { revision } = await h.info();
    value(await h.api.removeSource(small?.id as never));
    expect((await h.info()).revision).toBeGreaterThan(revision);
    expect(value(await h.api.watch(job, -1)).state).toBe("running");
    await h.finished(job);
    expect(value(await h.api.open(query())).matched).toBe(30_000);
  });
});

it("a log that is in the case twice is read with the file that came with it", async () => {
  const h = new Harness();
  await h.newCase();
  const records = auditLog(40).split(/(?<=\n)/);
  const at = records.findIndex((line) => line.includes(":1005)")) + 1;
  const files = [
    h.write("audit.log.1", records.slice(0, at).join("")),
    h.write("audit.log", records.slice(at).join("")),
  ];
  await h.import(...files);
  await h.import(...files);
  const { entries } = await h.info();
  const before = await memberIds(h);
  await h.finished(value(await h.api.importMemberAgain(before[3] as MemberId, { answer: { zone: "+01:00" } })));
  expect((await h.info()).entries).toBe(entries);
  const after = await memberIds(h);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(before.slice(2).some((id) => after.includes(id))).toBe(false);
  expect(value(await h.api.entry(0 as EntryId)).id).toBe(0);
});
