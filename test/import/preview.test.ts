import { describe, expect, test } from "vitest";
import type { Preview, ReadingAnswer } from "../../workers/contract.ts";
import { preview } from "../../workers/import/preview.ts";
import { withFile } from "./run.ts";

function seen(text: string, choice: string, answer: ReadingAnswer = {}): Promise<Preview> {
  const { signal } = new AbortController();
  return withFile("t.log", text, (path) => preview({ path, member: "t.log", choice, answer, passwords: [] }, signal));
}

const row = (index: number): string =>
  `${index},2026-01-01 10:00:${String(index % 60).padStart(2, "0")},2027-02-03 04:05:06`;
const table = (rows: number): string =>
  `id,time,kept\n${Array.from({ length: rows }, (_, index) => `${row(index)}\n`).join("")}`;

describe("a preview", () => {
  test("shows entries and rejects in the order of their bytes, with place and reason", async () => {
    const text = `id,time,kept\n${row(0)}\n1,torn\n${row(2)}\n`;
    const { rows, rejects, isWhole } = await seen(text, "csv+generic-json");
    expect(rows.map(({ reject, line }) => [line, reject?.code])).toEqual([
      [2, undefined],
      [3, "csv.ragged"],
      [4, undefined],
    ]);
    expect(Buffer.from(rows[1]?.raw ?? []).toString()).toBe("1,torn\n");
    expect(rows[1]).toMatchObject({ offset: text.indexOf("1,torn"), time: Number.NaN });
    expect(rows[1]?.reject?.detail).toContain("2 cells where the header has 3 columns");
    expect({ rejects, isWhole }).toEqual({ rejects: 1, isWhole: true });
  });

  test("shows the first 200, and says that there are more", async () => {
    const whole = await seen(table(200), "csv+generic-json");
    expect([whole.rows.length, whole.isWhole]).toEqual([200, true]);
    const part = await seen(table(5_000), "csv+generic-json");
    expect([part.rows.length, part.isWhole]).toEqual([200, false]);
    expect(part.rows.map(({ cells }) => cells[part.columns.indexOf("raw.id")])).toEqual(
      Array.from({ length: 200 }, (_, index) => String(index)),
    );
  });

  test("counts what another choice rejects", async () => {
    const { rows, rejects } = await seen(table(3), "json-lines+generic-json");
    expect(rejects).toBe(4);
    expect(rows.every(({ reject }) => reject !== undefined)).toBe(true);
  });

  test("takes the time from the field that a person names, and says which could be", async () => {
    const found = await seen(table(2), "csv+generic-json");
    expect(found.timeFrom).toBe("field time");
    expect(found.timeFields.map(({ name }) => name)).toEqual(["time", "kept"]);
    const said = await seen(table(2), "csv+generic-json", { timeField: "kept", zone: "+02:00" });
    expect(said.timeFrom).toBe("field kept");
    expect(new Date((said.rows[0]?.time ?? 0) / 1000).toISOString()).toBe("2027-02-03T02:05:06.000Z");
    expect((await seen(table(2), "lines+text-lines")).timeFields).toEqual([]);
  });

  test("names the column of the time for a format that knows its own", async () => {
    const event =
      '{"@timestamp":"2026-01-01T10:00:00Z","event":{"action":"a","created":"2026-05-05T05:05:05Z"},"user":{"name":"eva"}}\n';
    const own = await seen(event, "json-lines+ecs");
    const said = await seen(event, "json-lines+ecs", { timeField: "event.created" });
    expect(new Date((own.rows[0]?.time ?? 0) / 1000).toISOString()).toBe("2026-01-01T10:00:00.000Z");
    expect(new Date((said.rows[0]?.time ?? 0) / 1000).toISOString()).toBe("2026-05-05T05:05:05.000Z");
  });

  test("splits by the delimiter that a person says", async () => {
    const { rows, reading, columns } = await seen(table(2).replaceAll(",", "~"), "csv+generic-json", {
      delimiter: "~",
    });
    expect(reading.table?.columns).toEqual(["id", "time", "kept"]);
    expect(columns).toContain("raw.kept");
    expect(rows).toHaveLength(2);
  });
});
