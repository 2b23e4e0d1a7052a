import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseCsv } from "../support/parse-csv.ts";
import { exhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-time-"));
const at = (name: string): string => join(folder, name);
const CASE = at("time.exhibit");

const count = async (query: string): Promise<string> => (await exhibit("count", CASE, query)).out.trim();

beforeAll(async () => {
  writeFileSync(at("local.log"), "2024-10-27 02:30:00 twice\n2024-12-01 10:00:00 winter\n");
  writeFileSync(at("messages"), "Feb 28 10:00:00 web-1 app[1]: one\nFeb 29 10:00:00 web-1 app[1]: two\n");
  utimesSync(at("messages"), new Date("2025-06-01T00:00:00Z"), new Date("2025-06-01T00:00:00Z"));
  expect((await exhibit("import", CASE, at("local.log"), at("messages"))).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("changes the zone and year of a member and the clock of a host, and every command agrees", async () => {
  const zoned = await exhibit("time", CASE, "--member", "local.log", "--zone", "Europe/Paris");
  expect(zoned.status).toBe(0);
  expect(zoned.out).toMatch(/local\.log +2 +Europe\/Paris +0 +1 +0 +0/);
  expect(await count("time:2024-10-27T00:30 assumed:zone flag:timeTwice")).toBe("1");
  expect(await count("missing:time")).toBe("1");
  expect((await exhibit("time", CASE, "--member", "messages", "--year", "2024")).status).toBe(0);
  expect(await count("missing:time")).toBe("0");
  expect(await count("assumed:year time:2024-02-29T10:00")).toBe("1");
  const clock = await exhibit("time", CASE, "--host", "web-1", "--clock=-00:03:20", "--json");
  const state = JSON.parse(clock.out) as { hosts: unknown; changes: { state: string }[] };
  expect(state.hosts).toMatchObject([
    { field: "to", host: "web-1", entries: 2, clock: { kind: "fixed", micros: -200_000_000 } },
  ]);
  expect(state.changes.map(({ state: each }) => each)).toEqual(["done", "done", "done"]);

  const times = (await exhibit("query", CASE, "", "--fields", "label")).out.split("\n").slice(1, 5);
  expect(times.map((line) => line.trim().split(/\s+/)[1])).toEqual([
    "2024-02-28T09:56:40Z",
    "2024-02-29T09:56:40Z",
    "2024-10-27T00:30:00Z",
    "2024-12-01T09:00:00Z",
  ]);
  const [first] = (await exhibit("query", CASE, "assumed:clock", "--as", "jsonl")).out.split("\n");
  expect(JSON.parse(first ?? "")).toMatchObject({
    time: "2024-02-28T09:56:40.000000Z",
    recordedTime: "2025-02-28T10:00:00.000000Z",
  });
  const histogram = JSON.parse((await exhibit("histogram", CASE, "--buckets", "10", "--json")).out) as { from: string };
  expect(histogram.from <= "2024-02-28T09:56:40").toBe(true);
  const facet = (await exhibit("facet", CASE, "assumed", "--json")).out;
  expect(JSON.parse(facet)).toMatchObject({
    values: [
      { value: "zone", count: 4 },
      { value: "clock", count: 2 },
      { value: "year", count: 2 },
    ],
  });
  const shown = (await exhibit("show", CASE, "3")).out;
  expect(shown).toContain("entry 3  2024-02-29T09:56:40.000000Z");
  expect(shown).toMatch(/time before correction: 2024-02-29T10:00:00\.000000Z/);
  expect(shown).toMatch(
    /assumed about the time\n {2}No year is written; .*2024, as a person said.*\n {2}No zone is written.*\n {2}The clock of host web-1 is corrected by -00:03:20/,
  );
  expect((await exhibit("info", CASE)).out).toContain("time: messages: year 2024\n");
  const verified = await exhibit("verify", CASE);
  expect(verified.status).toBe(0);
  expect(verified.out).toMatch(/verified {2}times 3 assumptions about time: .*to web-1: clock fixed, -00:03:20/);
});

it("exports both times, and names the assumptions in the manifest", async () => {
  const to = at("out.csv");
  const { status } = await exhibit("export", CASE, "assumed:clock", "--to", to, "--fields", "label", "--recorded-time");
  expect(status).toBe(0);
  const rows = parseCsv(await readFile(to, "utf8"));
  expect(rows[0]?.slice(0, 5)).toEqual(["time", "time_utc", "time_recorded_utc", "time_assumed", "label"]);
  expect(rows[1]?.slice(1, 4)).toEqual([
    "2024-02-28T09:56:40.000000Z",
    "2025-02-28T10:00:00.000000Z",
    "zone | year | clock",
  ]);
  expect(rows[2]?.slice(1, 4)).toEqual(["2024-02-29T09:56:40.000000Z", "", "zone | year | clock"]);
  const manifest: unknown = JSON.parse(await readFile(at("out.manifest.json"), "utf8"));
  expect(manifest).toMatchObject({
    timeAssumptions: ["local.log: zone Europe/Paris", "messages: year 2024", "to web-1: clock fixed, -00:03:20"],
  });
});

it("takes changes back one by one and makes them again", async () => {
  const undone = await exhibit("time", CASE, "--undo");
  expect(undone.err).toBe("undone: clock fixed, -00:03:20\n");
  expect(undone.out).toMatch(/undone/);
  expect(await count("assumed:clock")).toBe("0");
  expect((await exhibit("time", CASE, "--undo")).err).toBe("undone: year 2024\n");
  expect(await count("missing:time")).toBe("1");
  expect((await exhibit("time", CASE, "--redo")).err).toBe("done again: year 2024\n");
  expect((await exhibit("time", CASE, "--redo")).err).toBe("done again: clock fixed, -00:03:20\n");
  expect((await exhibit("time", CASE, "--redo")).err).toBe("nothing is there to be done again\n");
  expect(await count("assumed:clock")).toBe("2");
});

it("follows points that are known, with lines between them", async () => {
  const points = "2024-02-28T10:00:00Z=2024-02-28T10:00:10Z,2024-02-29T10:00:00Z=2024-02-29T10:00:30+00:00";
  expect((await exhibit("time", CASE, "--member", "messages", "--clock", points)).status).toBe(0);
  expect(await count("time:2024-02-28T10:00:10Z")).toBe("1");
  expect(await count("time:2024-02-29T10:00:30Z")).toBe("1");
  expect((await exhibit("time", CASE, "--member", "messages", "--clock", "none")).status).toBe(0);
  expect(await count("time:2024-02-28T09:56:40Z")).toBe("1");
});

it("verify tells an order that is not that of the times", async () => {
  const broken = new Database(CASE);
  broken.exec("DELETE FROM perm");
  broken.prepare("INSERT INTO perm VALUES ('time', 0, ?)").run(Buffer.from(Uint32Array.of(0, 1, 2, 3).buffer));
  broken.close();
  const { status, out } = await exhibit("verify", CASE);
  expect(status).toBe(2);
  expect(out).toMatch(/different {2}times .*entry 1 stands before entry 2, which is earlier/);
});

it.each([
  [["--zone", "Mars/Olympus", "--member", "local.log"], /no time zone/],
  [["--zone", "UTC"], /name one of --member/],
  [["--zone", "UTC", "--host", "web-1"], /zone and year are a member's/],
  [["--year", "24", "--member", "messages"], /four digits/],
  [["--clock", "soon", "--host", "web-1"], /neither a shift/],
  [["--clock", "2024-01-01T00:00:00=2024-01-01T00:00:01Z", "--host", "web-1"], /with their offsets/],
  [["--clock=2024-01-01T00:00:00Z=2024-01-01T00:00:01Z", "--host", "web-1"], /two points/],
  [["--member", "nothing.log", "--zone", "UTC"], /no member with entries/],
  [["--member", "local.log"], /say what to change/],
  [["--undo", "--redo"], /different steps/],
])("wrong usage: %j", async (args, message) => {
  const { status, err } = await exhibit("time", CASE, ...args);
  expect(status).toBe(1);
  expect(err).toMatch(message);
});
