/** What the command line says of how a log is read: before the import, at it, and after it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-reading-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROWS =
  "seen~who~kept\n2026-01-01 10:00:00~eva~2020-05-05 01:00:00\n2026-01-01 11:00:00~tim~2020-05-06 01:00:00\ntorn\n";
const TABLE = at("rows.txt");
writeFileSync(TABLE, ROWS);
const READING = ["--delimiter", "~", "--time-column", "kept", "--zone", "+02:00"];

describe("inspect", () => {
  it("tells the verdict, its reasons, the runner-up and why it lost, and makes no case", async () => {
    const log = at("plain.csv");
    writeFileSync(log, ROWS.replaceAll("~", ",").replace("torn\n", ""));
    const told = await exhibit("inspect", log);
    expect(told.status).toBe(0);
    expect(told.out).toMatch(/plain\.csv: .*\(csv\+generic-json\)/);
    expect(told.out).toMatch(/\+ a table of 3 columns/);
    expect(told.out).toMatch(/- runner-up: .* \(lines\+text-lines\): as .*\./);
    const { items } = JSON.parse((await exhibit("inspect", log, "--json")).out) as {
      items: [{ members: [Record<string, unknown>] }];
    };
    expect(items[0].members[0]).toMatchObject({
      choice: "csv+generic-json",
      carrier: "Table with a header (CSV, TSV)",
      runnerUp: { choice: "lines+text-lines", lost: expect.any(String), reasons: expect.any(Array) },
      carriers: expect.arrayContaining(["csv", "lines"]),
    });
  });

  it("shows the first rows as the options would have them read, with the rejects", async () => {
    const { out } = await exhibit("inspect", TABLE, ...READING, "--rows", "10");
    expect(out).toContain("2020-05-04T23:00:00.000000Z");
    expect(out).toContain("= read as csv+generic-json, as the options say");
    expect(out).toMatch(/reject +csv\.ragged: 1 cells where the header has 3 columns/);
  });

  it("refuses what is none, and names what a file could be read as", async () => {
    expect(await exhibit("inspect", TABLE, "--delimiter", '"')).toMatchObject({ status: 1 });
    expect(await exhibit("inspect", TABLE, "--rows", "201")).toMatchObject({ status: 1 });
    const wrong = await exhibit("inspect", TABLE, "--carrier", "cvs");
    expect(wrong.status).toBe(1);
    expect(wrong.err).toMatch(/--carrier: rows\.txt can be read as .*csv\+generic-json/);
    expect((await exhibit("inspect", at("no-such-file"))).status).toBe(2);
  });
});

describe("import", () => {
  it("takes carrier, delimiter, zone and column of the time", async () => {
    const { status, out } = await exhibit("import", at("said.exhibit"), TABLE, ...READING, "--json");
    expect(status).toBe(0);
    const { sources } = JSON.parse(out) as { sources: [{ members: [Record<string, unknown>] }] };
    expect(sources[0].members[0]).toMatchObject({
      format: "generic-json",
      entries: 2,
      rejects: 1,
      first: "2020-05-04T23:00:00.000000Z",
    });
    const carried = await exhibit("import", at("carried.exhibit"), TABLE, "--carrier", "lines", "--json");
    expect(JSON.parse(carried.out)).toMatchObject({ sources: [{ members: [{ format: "text-lines", entries: 3 }] }] });
  });
});

describe("again", () => {
  it("keeps the zone that was set since, unless it is told another", async () => {
    const file = at("zoned.exhibit");
    writeFileSync(at("local.log"), "2024-12-01 10:00:00 one\n2024-12-01 11:00:00 two\n");
    await exhibit("import", file, at("local.log"));
    await exhibit("time", file, "--member", "local.log", "--zone", "+03:00");
    expect((await exhibit("again", file, "local.log", "--carrier", "lines")).status).toBe(0);
    expect((await exhibit("count", file, "time:2024-12-01T07:00:00Z")).out).toBe("1\n");
    expect((await exhibit("again", file, "local.log", "--zone", "UTC")).status).toBe(0);
    expect((await exhibit("count", file, "time:2024-12-01T10:00:00Z")).out).toBe("1\n");
  });

  it("replaces a member by what is said now, and leaves it where that fails", async () => {
    const file = at("again.exhibit");
    await exhibit("import", file, TABLE, "--format", "text-lines");
    expect((await exhibit("count", file)).out).toBe("3\n");
    const again = await exhibit("again", file, "rows.txt", ...READING);
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining("replaced, 2 entries, 1 rejects") });
    expect((await exhibit("count", file)).out).toBe("2\n");
    expect((await exhibit("verify", file)).status).toBe(0);
    writeFileSync(TABLE, ROWS.replace("eva", "ivo"));
    const changed = await exhibit("again", file, "rows.txt");
    expect(changed).toMatchObject({ status: 2, err: expect.stringContaining("is not the one that was imported") });
    expect((await exhibit("count", file)).out).toBe("2\n");
    expect((await exhibit("again", file, "other.txt")).status).toBe(1);
  });
});
