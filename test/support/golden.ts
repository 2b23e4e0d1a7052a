import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { printUtc } from "../../workers/base/time.ts";
import type { EpochMicros } from "../../workers/contract.ts";
import { expect } from "vitest";
import type { Outcome } from "./read-member.ts";

/** One JSON line for each outcome, with short texts in place of long ones. */
export function goldenLines(outcomes: readonly Outcome[]): string {
  return outcomes.map((outcome) => `${JSON.stringify(goldenOf(outcome))}\n`).join("");
}

/** Compares with the golden file; `UPDATE_GOLDEN=1` writes it instead. */
export function expectGolden(file: string, actual: string): void {
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, actual);
  else if (!existsSync(file)) throw new Error(`no golden file ${file}: run with UPDATE_GOLDEN=1 and review it`);
  else expect(actual).toBe(readFileSync(file, "utf8"));
}

function goldenOf(outcome: Outcome): unknown {
  if (outcome.kind !== "entry") return outcome;
  const { records, at, precision, timeText, flags, fields, originals } = outcome;
  const spans = records.map(({ offset, length, line }) => ({ offset, length, line }));
  const time = at === undefined ? null : printUtc(at as EpochMicros);
  const carried = records.flatMap((record) => record.flags);
  return {
    kind: "entry",
    spans,
    time,
    precision,
    timeText,
    flags: [...carried, ...flags],
    fields: short(fields),
    originals: short(originals),
  };
}

function short(values: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const cut = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}… (${text.length})` : text);
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.map(cut)]));
}
