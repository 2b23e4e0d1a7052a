import { describe, expect, it } from "vitest";
import type { ClockCorrection, EpochMicros, MemberId, MemberTimes, TimeAssumptions } from "../../workers/contract.ts";
import { draftOf, readClock } from "../../renderer/views/times/clock-draft.ts";
import { logNames, readTimes, scopesOf, type TimesDraft } from "../../renderer/views/times/times-draft.ts";
import { fakeCase } from "./fake-case.ts";
import { fakeRows } from "./fake-rows.ts";

const times: MemberTimes = {
  member: 3 as MemberId,
  zoneless: 10,
  yearless: 10,
  twice: 0,
  skipped: 0,
  corrected: 0,
  zone: undefined,
  importedZone: undefined,
  year: 2024,
  importedYear: 2024,
  clock: undefined,
  clockText: undefined,
  hosts: [{ field: "to", host: "web-1" }],
};
const slow: ClockCorrection = { kind: "fixed", micros: 200_000_000 };
const all: TimeAssumptions = {
  members: [times],
  hosts: [{ field: "to", host: "web-1", entries: 4, clock: slow, clockText: "fixed" }],
  changes: [],
};
const [own, host] = scopesOf(times, all);
if (own === undefined || host === undefined) throw new Error("no scopes");
const write = (at: EpochMicros): string => new Date(at / 1000).toISOString().slice(0, 19).replace("T", " ");
const unchanged: TimesDraft = { zone: "UTC", year: "2024", scope: "member", clock: draftOf(undefined, write) };

describe("logs to choose from", () => {
  it("are told apart by their source where they have one path, and are never shown as what they are not", () => {
    const { sources } = fakeCase(fakeRows(3), "sealed", 1);
    const [first] = sources;
    if (first === undefined) throw new Error("no source");
    const member = first.members.map((own) => ({ ...own, id: 7 as MemberId }));
    const odd = first.members.map((own) => ({ ...own, id: 8 as MemberId, path: "evil\u202egol.txt" }));
    const all = [...sources, { ...first, code: "AD", members: member }, { ...first, code: "AX", members: odd }];
    expect(logNames([0, 1, 7, 8] as MemberId[], all)).toEqual([
      "AU: audit.log",
      "air-auditlogs-dump.json",
      "AD: audit.log",
      "evil‹U+202E›gol.txt",
    ]);
  });
});

describe("what a form comes to", () => {
  it("is nothing where nothing was changed, and one change a part otherwise", () => {
    expect(readTimes(unchanged, times, own, "UTC")).toEqual({ changes: [], trouble: {} });
    const draft: TimesDraft = {
      zone: "Europe/Paris",
      year: "2023",
      scope: own.key,
      clock: { ...unchanged.clock, kind: "fixed", way: "fast", by: "1d 00:03:20.5" },
    };
    expect(readTimes(draft, times, own, "UTC").changes).toEqual([
      { kind: "zone", member: 3, zone: "Europe/Paris" },
      { kind: "year", member: 3, year: 2023 },
      { kind: "clock", of: { member: 3 }, clock: { kind: "fixed", micros: -86_600_500_000 } },
    ]);
  });

  it("takes a host's correction away where the clock is said to have been right", () => {
    expect(host).toMatchObject({ title: "host web-1, in every log", clock: slow });
    expect(readTimes({ ...unchanged, clock: draftOf(slow, write) }, times, host, "UTC").changes).toEqual([]);
    expect(readTimes(unchanged, times, host, "UTC").changes).toEqual([
      { kind: "clock", of: { field: "to", host: "web-1" }, clock: undefined },
    ]);
  });

  it.each([
    [{ zone: "Paris" }, "zone"],
    [{ zone: "local" }, "zone"],
    [{ year: "24" }, "year"],
    [{ clock: { ...unchanged.clock, kind: "fixed", by: "soon" } }, "clock"],
    [{ clock: { ...unchanged.clock, kind: "points" } }, "clock"],
  ] satisfies [Partial<TimesDraft>, string][])("says what is wrong: %j", (part, name) => {
    const read = readTimes({ ...unchanged, ...part }, times, own, "UTC");
    expect(Object.keys(read.trouble)).toEqual([name]);
    expect(read.changes).toEqual([]);
  });
});

describe("points", () => {
  const points = [
    { shown: "2025-01-10 13:00:00", actual: "2025-01-10 13:00:30" },
    { shown: "", actual: "" },
    { shown: "2025-01-10 12:00", actual: "2025-01-10 12:00:10" },
  ];
  it("are read in the zone on screen, put in order, and written again as they were", () => {
    const read = readClock({ ...unchanged.clock, kind: "points", points }, "+01:00");
    const at = (text: string): number => Date.parse(`${text}Z`) * 1000;
    const clock = {
      kind: "points",
      points: [
        { shown: at("2025-01-10T11:00:00"), actual: at("2025-01-10T11:00:10") },
        { shown: at("2025-01-10T12:00:00"), actual: at("2025-01-10T12:00:30") },
      ],
    };
    expect(read).toEqual({ ok: true, clock });
    if (!read.ok) throw new Error(read.trouble);
    expect(readClock(draftOf(read.clock, write), "UTC")).toEqual(read);
  });
  it("that are half written are told by their number", () => {
    const half = [...points.slice(0, 1), { shown: "2025-01-11 10:00", actual: "" }];
    expect(readClock({ ...unchanged.clock, kind: "points", points: half }, "UTC")).toEqual({
      ok: false,
      trouble: "Point 2: write both times like 2025-01-10 12:00:00.",
    });
  });
});
