/** A document id that comes again: a repeat within one index, and only noted where the index is another. */
import { expect, test } from "vitest";
import { FLAG } from "../../workers/contract.ts";
import { importBytes } from "./run.ts";

const hit = (index: string, id: string, second: number): string =>
  `{"_index":"siren-audit-2026.0${index}","_id":"${id}","_source":{"@timestamp":"2026-01-01T00:00:0${second}Z","type":"savedObject","user":"eva","instanceName":"siren-1","action":"get"}}\n`;

test("the same id in another index is noted, in the same index flagged", async () => {
  const text = hit("1", "A", 1) + hit("1", "B", 2) + hit("2", "A", 3) + hit("2", "A", 4);
  const collector = await importBytes("audit.ndjson", Buffer.from(text));
  const [member] = collector.members;
  expect(member?.end).toMatchObject({ entries: 4, duplicates: 1 });
  expect(member?.end?.problem?.message).toContain("1 entry has the id of an earlier one in another index");
  const flagged = member?.rows.map(({ flags }) => (flags & FLAG.duplicate) !== 0);
  expect(flagged).toEqual([false, false, false, true]);
});
