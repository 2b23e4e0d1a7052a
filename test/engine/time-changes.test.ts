import { utimesSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClockCorrection,
  type EpochMicros,
  FLAG,
  type ImportItem,
  type MemberId,
  type ResultInfo,
  type TimeChange,
} from "../../workers/contract.ts";
import { parseIso, printUtc } from "../../workers/base/time.ts";
import { Harness, faultCode, query, value } from "./harness.ts";

type Answers = NonNullable<ImportItem["answers"]>[string];

async function imported(text: string, answer: Answers = {}, name = "app.log"): Promise<Harness> {
  const h = new Harness();
  await h.newCase();
  await add(h, text, answer, name);
  return h;
}

async function add(h: Harness, text: string, answer: Answers = {}, name = "app.log"): Promise<void> {
  const path = h.write(name, text);
  utimesSync(path, new Date("2025-06-01T00:00:00Z"), new Date("2025-06-01T00:00:00Z"));
  const items = [{ grant: h.grant(path), choices: {}, skip: [], answers: { [name]: answer } }];
  const state = await h.finished(value(await h.api.startImport({ items })));
  expect(state.state).toBe("done");
}

const ANY = { clauses: [], text: "", range: {}, zone: "UTC", sort: { field: "id", descending: false } } as const;

type Times = readonly (readonly [time: string, flags: readonly string[]])[];

/** Time and flags of every entry that a query finds, in the order of import. */
async function times(h: Harness, text = ""): Promise<Times> {
  const { id, matched } = value(await h.api.open({ ...ANY, text }));
  const page = value(await h.api.rows(id, 0, Math.min(500, matched), ["flag"]));
  return Array.from(page.entries, (_, row) => {
    const at = page.time[row] ?? Number.NaN;
    const cell = page.cells[0]?.[row] ?? "";
    const flags = typeof cell === "string" ? [cell].filter((text) => text !== "") : cell;
    return [Number.isNaN(at) ? "undated" : printUtc(at as EpochMicros), flags] as const;
  });
}

const instants = async (h: Harness): Promise<readonly string[]> => (await times(h)).map(([time]) => time);
const change = async (h: Harness, what: TimeChange) => value(await h.api.changeTime(what));
const zone = (name: string | undefined, member = 1): TimeChange => ({
  kind: "zone",
  member: member as MemberId,
  zone: name,
});
const year = (of: number | undefined): TimeChange => ({ kind: "year", member: 1 as MemberId, year: of });
const fixed = (seconds: number): ClockCorrection => ({ kind: "fixed", micros: seconds * 1_000_000 });
const open = async (h: Harness, text: string): Promise<ResultInfo> => value(await h.api.open(query(text)));

/** About both changes of the clocks in Europe and America, with one time that has an offset. */
const LOCAL = [
  "2024-03-10 02:30:00 skipped in New York",
  "2024-03-31 01:59:59 before",
  "2024-03-31 02:30:00 skipped in Paris",
  "2024-03-31T02:30:00+00:00 with an offset",
  "2024-03-31 03:30:00 after",
  "2024-10-27 01:30:00 before",
  "2024-10-27 02:30:00 twice in Paris",
  "2024-10-27 03:30:00 after",
  "2024-11-03 01:30:00 twice in New York",
  "no time at all, continued",
  "2024-12-01 10:00:00 winter",
].join("\n");
const ZONES = [undefined, "UTC", "+05:30", "Europe/Paris", "America/New_York", "Australia/Lord_Howe"] as const;

describe("another zone", () => {
  it("gives what an import with that zone gives, whatever zone the import had, and back again", async () => {
    const h = new Harness();
    await h.newCase();
    const expected: Times[] = [];
    for (const [at, name] of ZONES.entries()) {
      await add(h, LOCAL, name === undefined ? {} : { zone: name }, `${at}.log`);
      expected.push(await times(h, `member:${at}.log`));
    }
    expect(new Set(expected.map((each) => JSON.stringify(each))).size).toBe(ZONES.length - 1);
    for (const [from] of ZONES.entries()) {
      for (const [to, name] of ZONES.entries()) {
        if (name === undefined) continue;
        await change(h, zone(name, from + 1));
        expect(await times(h, `member:${from}.log`), `${String(ZONES[from])} to ${name}`).toEqual(expected[to]);
      }
      await change(h, zone(undefined, from + 1));
      expect(await times(h, `member:${from}.log`)).toEqual(expected[from]);
    }
  }, 60_000);

  it("flags what clocks showed twice and what they never showed", async () => {
    const h = await imported(LOCAL);
    await change(h, zone("Europe/Paris"));
    const flags = (await times(h)).map(([, names]) => names);
    expect(flags[6]).toContain("timeTwice");
    expect(flags[2]).toContain("timeSkipped");
    expect(flags[3]).not.toContain("zoneAssumed");
    expect((await open(h, "flag:timeTwice")).matched).toBe(1);
    const detail = value(await h.api.entry(6 as never));
    expect(detail.times.steps[0]?.text).toMatch(
      /No zone is written; read as Europe\/Paris \(changed .* UTC; the import read it as UTC\)\. Clocks there showed this time twice/,
    );
    expect(detail.times.recorded).toBe(parseIso("2024-10-27T02:30:00Z")?.at);
    expect(detail.time).toBe(parseIso("2024-10-27T00:30:00Z")?.at);
    const rows = detail.fields.filter(({ group }) => group === "when").map(({ name, values }) => [name, values[0]]);
    expect(rows.slice(0, 2)).toEqual([
      ["time", "2024-10-27T00:30:00.000000Z"],
      ["time as imported", "2024-10-27T02:30:00.000000Z"],
    ]);
  });
});

const YEARLESS = [
  "Dec 30 10:00:00 host app[1]: one",
  "Jan  2 10:00:00 host app[1]: two",
  "Feb 28 10:00:00 host app[1]: three",
  "Feb 29 10:00:00 host app[1]: four",
  "Mar  1 10:00:00 host app[1]: five",
].join("\n");
const BRACKETED = YEARLESS.replaceAll(/^(.{15}) host app\[1\]:/gm, "[$1]");

describe("another year", () => {
  it.each([
    ["a syslog", YEARLESS],
    ["a log of text", BRACKETED],
  ])(
    "gives %s what an import with that year gives, February 29 included",
    async (_name, text) => {
      const h = await imported(text);
      const before = await times(h);
      expect(before[0]?.[0]).toMatch(/^2024-12-30/);
      // February 2025 has no 29th: the line is undated until a year is given that has one.
      expect(before[3]).toEqual(["undated", expect.arrayContaining(["yearInferred", "timeUnusable"])]);
      for (const to of [2023, 2019, 2022]) {
        await add(h, text, { year: to }, `${to}.log`);
        await change(h, year(to));
        expect(await times(h, "member:app.log"), String(to)).toEqual(await times(h, `member:${to}.log`));
      }
      expect((await h.info()).sources[0]?.members[0]).toMatchObject({
        reading: { year: 2022, yearFrom: "person" },
        undated: 1,
      });
      await change(h, year(2023));
      expect((await instants(h))[3]).toMatch(/^2024-02-29T10:00/);
      const detail = value(await h.api.entry(3 as never));
      expect(detail.time).toBe(parseIso("2024-02-29T10:00:00Z")?.at);
      expect(detail.times.steps[0]?.text).toMatch(/in 2023, as a person said \(changed .*; the import took 2024\)/);
      expect(detail.interpretations.map(({ meaning }) => meaning).join()).not.toContain("undated");
      await change(h, year(undefined));
      expect(await times(h, "member:app.log")).toEqual(before);
    },
    60_000,
  );

  it("goes together with another zone", async () => {
    const h = await imported(YEARLESS, { zone: "Europe/Paris" });
    await change(h, year(2023));
    await change(h, zone("America/New_York"));
    await add(h, YEARLESS, { year: 2023, zone: "America/New_York" }, "same.log");
    expect(await times(h, "member:app.log")).toEqual(await times(h, "member:same.log"));
  });
});

const TWO_HOSTS = [
  '{"timestamp":"2025-01-10T10:00:00Z","host":"web-1","message":"one"}',
  '{"timestamp":"2025-01-10T10:00:30Z","host":"web-2","message":"two"}',
  '{"timestamp":"2025-01-10T10:01:00Z","host":"web-1","message":"three"}',
  '{"message":"four, without a time","host":"web-1"}',
].join("\n");

describe("a clock that was wrong", () => {
  it("is corrected for its host in every surface alike, and nothing recorded is changed", async () => {
    const h = await imported(TWO_HOSTS, {}, "app.jsonl");
    const before = await times(h);
    await change(h, { kind: "clock", of: { field: "to", host: "web-1" }, clock: fixed(-45) });
    expect(await instants(h)).toEqual([
      "2025-01-10T09:59:15.000000Z",
      "2025-01-10T10:00:30.000000Z",
      "2025-01-10T10:00:15.000000Z",
      "undated",
    ]);
    const sorted = await open(h, "");
    expect([...value(await h.api.rows(sorted.id, 0, 10, [])).entries]).toEqual([0, 2, 1, 3]);
    expect(sorted).toMatchObject({ first: parseIso("2025-01-10T09:59:15Z")?.at, undatedTotal: 1 });
    expect((await open(h, "time<2025-01-10T10:00")).matched).toBe(1);
    expect((await open(h, "assumed:clock")).matched).toBe(2);
    expect((await open(h, "assumed:clock time>=2025-01-10T10:00:15Z")).matched).toBe(1);
    const [facet] = value(await h.api.facets(sorted.id, ["assumed"], 5, ""));
    expect(facet).toMatchObject({ values: [{ value: "clock", count: 2 }], missing: 2 });
    const histogram = value(await h.api.histogram(sorted.id, 100, {}));
    expect(histogram.from).toBeLessThanOrEqual(parseIso("2025-01-10T09:59:15Z")?.at ?? 0);
    const member = (await h.info()).sources[0]?.members[0];
    expect(member).toMatchObject({ first: sorted.first, last: parseIso("2025-01-10T10:00:30Z")?.at, undated: 1 });
    const detail = value(await h.api.entry(2 as never));
    expect(detail.times).toMatchObject({
      recorded: parseIso("2025-01-10T10:01:00Z")?.at,
      uncorrected: parseIso("2025-01-10T10:01:00Z")?.at,
      steps: [
        { kind: "clock", text: expect.stringMatching(/clock of host web-1 is corrected by -00:00:45 here \(fixed/) },
      ],
    });
    value(await h.api.undoTimeChange());
    expect(await times(h)).toEqual(before);
  });

  it("of a member goes before that of its host, and follows the points that are known", async () => {
    const h = await imported(TWO_HOSTS, {}, "app.jsonl");
    await change(h, { kind: "clock", of: { field: "to", host: "web-1" }, clock: fixed(600) });
    const at = (text: string): EpochMicros => parseIso(`2025-01-10T${text}Z`)?.at as EpochMicros;
    const points = [
      { shown: at("10:00:00"), actual: at("10:00:10") },
      { shown: at("10:01:00"), actual: at("10:01:30") },
    ];
    await change(h, { kind: "clock", of: { member: 1 as MemberId }, clock: { kind: "points", points } });
    expect((await instants(h)).map((text) => text.slice(11, 19))).toEqual(["10:00:10", "10:00:50", "10:01:30", ""]);
    const { members, hosts } = value(await h.api.timeAssumptions());
    expect(members).toMatchObject([
      {
        corrected: 3,
        hosts: [
          { field: "to", host: "web-1" },
          { field: "to", host: "web-2" },
          { field: "datasource", host: "app.jsonl" },
        ],
        clock: { kind: "points" },
      },
    ]);
    expect(hosts).toMatchObject([{ field: "to", host: "web-1", entries: 3, clock: fixed(600) }]);
    await change(h, { kind: "clock", of: { member: 1 as MemberId }, clock: undefined });
    expect((await instants(h))[0]).toBe("2025-01-10T10:10:00.000000Z");
  });

  it("holds for what is imported of the host later, and follows a member that is imported again", async () => {
    const h = await imported(TWO_HOSTS, {}, "app.jsonl");
    await change(h, { kind: "clock", of: { field: "to", host: "web-1" }, clock: fixed(3600) });
    await change(h, { kind: "clock", of: { member: 1 as MemberId }, clock: fixed(60) });
    await add(h, '{"timestamp":"2025-01-10T09:30:00Z","host":"web-1","message":"five"}\n', {}, "late.jsonl");
    expect((await instants(h)).at(-1)).toBe("2025-01-10T10:30:00.000000Z");
    const info = await h.info();
    expect(info.sources[1]?.members[0]?.first).toBe(parseIso("2025-01-10T10:30:00Z")?.at);
    await h.finished(value(await h.api.importAgain(info.sources[0]?.id as never, false)));
    expect(await instants(h)).toEqual([
      "2025-01-10T10:30:00.000000Z",
      "2025-01-10T10:01:00.000000Z",
      "2025-01-10T10:01:30.000000Z",
      "2025-01-10T10:02:00.000000Z",
      "undated",
    ]);
    const { id } = await open(h, "");
    const page = value(await h.api.rows(id, 0, 10, []));
    expect([...page.time].slice(0, 4)).toEqual([...page.time].slice(0, 4).toSorted((a, b) => a - b));
    expect(h.actions().filter(({ payload }) => payload.includes("carried"))).toHaveLength(1);
    // The carried correction is what is undone, then the host's; that of the replaced member is past.
    value(await h.api.undoTimeChange());
    expect((await instants(h))[1]).toBe("2025-01-10T11:00:00.000000Z");
    value(await h.api.undoTimeChange());
    expect(value(await h.api.undoTimeChange())).toBeUndefined();
    expect((await instants(h))[1]).toBe("2025-01-10T10:00:00.000000Z");
  });

  it("holds for what an import that was cancelled had read of the host", { timeout: 120_000 }, async () => {
    const h = await imported(TWO_HOSTS, {}, "app.jsonl");
    await change(h, { kind: "clock", of: { field: "to", host: "web-1" }, clock: fixed(3600) });
    const lines = Array.from({ length: 60_000 }, (_, at) =>
      JSON.stringify({ timestamp: 1_736_500_000 + at, host: "web-1" }),
    );
    const job = await h.start(h.write("long.jsonl", lines.join("\n")));
    let state = value(await h.api.watch(job, -1));
    while (state.entries === 0 && state.state === "running") state = value(await h.api.watch(job, state.revision));
    await h.api.cancel(job);
    expect((await h.finished(job)).state).toBe("cancelled");
    const cut = (await h.info()).sources[1]?.members[0];
    const { first } = await open(h, `member:${cut?.path ?? ""}`);
    expect(first).toBe((1_736_500_000 + 3600) * 1e6);
    expect(cut).toMatchObject({ first, state: "cancelled" });
  });

  it.each<ClockCorrection>([
    { kind: "points", points: [] },
    { kind: "fixed", micros: 2 ** 52 },
  ])("that cannot be is refused: %j", async (clock) => {
    const h = await imported(TWO_HOSTS, {}, "app.jsonl");
    expect(faultCode(await h.api.changeTime({ kind: "clock", of: { field: "to", host: "web-1" }, clock }))).toBe(
      "request.invalid",
    );
    expect(faultCode(await h.api.changeTime(zone("Mars/Olympus")))).toBe("request.invalid");
    expect(faultCode(await h.api.changeTime(zone("UTC", 7)))).toBe("request.stale");
    expect(value(await h.api.timeAssumptions()).changes).toEqual([]);
  });
});

const changes = fc.array(
  fc.oneof(
    fc.constantFrom("UTC", "Europe/Paris", "America/New_York", "+05:30", undefined).map((name) => zone(name)),
    fc.constantFrom(2019, 2020, 2024, 2031, undefined).map(year),
    fc.tuple(fc.boolean(), fc.option(fc.integer({ min: -1e6, max: 1e6 }), { nil: undefined })).map(
      ([own, seconds]): TimeChange => ({
        kind: "clock",
        of: own ? { member: 1 as MemberId } : { field: "datasource", host: "app.log" },
        clock: seconds === undefined ? undefined : fixed(seconds),
      }),
    ),
  ),
  { minLength: 1, maxLength: 6 },
);

describe("undoing", () => {
  it("gives back exactly what was, step by step, and doing again what came after", async () => {
    const h = await imported(YEARLESS, { zone: "Europe/Paris" });
    const start = await times(h);
    const property = fc.asyncProperty(changes, async (list) => {
      const states = [start];
      for (const each of list) {
        await change(h, each);
        states.push(await times(h));
      }
      for (const state of states.slice(0, -1).toReversed()) {
        value(await h.api.undoTimeChange());
        expect(await times(h)).toEqual(state);
      }
      for (const state of states.slice(1)) {
        value(await h.api.redoTimeChange());
        expect(await times(h)).toEqual(state);
      }
      for (const _ of list) value(await h.api.undoTimeChange());
      expect(await times(h)).toEqual(start);
    });
    await fc.assert(property, { numRuns: 6 });
    expect(value(await h.api.undoTimeChange())).toBeUndefined();
  }, 60_000);

  it("is logged like the change itself, and a new change ends what could be done again", async () => {
    const h = await imported(LOCAL);
    await change(h, zone("Europe/Paris"));
    value(await h.api.undoTimeChange());
    await change(h, zone("UTC"));
    expect(value(await h.api.redoTimeChange())).toBeUndefined();
    expect(value(await h.api.timeAssumptions()).changes.map(({ change: each }) => each)).toEqual([zone("UTC")]);
    const log = h.actions().filter(({ kind }) => kind.startsWith("time."));
    expect(log.map(({ kind }) => kind)).toEqual(["time.zone", "time.undo", "time.zone"]);
    expect(JSON.parse(log[0]?.payload ?? "")).toEqual({
      change: 1,
      kind: "zone",
      member: 1,
      path: "app.log",
      value: "Europe/Paris",
    });
  });

  it("outlives the session: the case opens with what was assumed, and with what can be undone", async () => {
    const h = await imported(LOCAL);
    const before = await times(h);
    await change(h, zone("Europe/Paris"));
    await change(h, { kind: "clock", of: { member: 1 as MemberId }, clock: fixed(10) });
    const after = await times(h);
    value(await h.api.closeCase());
    value(await h.api.openCase(h.grant(h.path("test.exhibit"), "case")));
    expect(await times(h)).toEqual(after);
    expect(after.filter(([, flags]) => flags.includes("clockCorrected"))).toHaveLength(10);
    value(await h.api.undoTimeChange());
    value(await h.api.undoTimeChange());
    expect(await times(h)).toEqual(before);
  });
});

it("a result that is open stays as it was", async () => {
  const h = await imported(LOCAL);
  const opened = await open(h, "");
  const page = value(await h.api.rows(opened.id, 0, 20, []));
  await change(h, { kind: "clock", of: { member: 1 as MemberId }, clock: fixed(-5e6) });
  expect(value(await h.api.rows(opened.id, 0, 20, []))).toEqual(page);
  const fresh = value(await h.api.rows((await open(h, "")).id, 0, 20, []));
  expect(
    [...fresh.flags].every((bits, row) => Number.isNaN(fresh.time[row]) || (bits & FLAG.clockCorrected) !== 0),
  ).toBe(true);
});
