/** One case: an input is imported the whole way, and everything that holds for any input is checked. */
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalField } from "../../workers/base/canonical-fields.ts";
import { MANY_VALUES } from "../../workers/base/hash.ts";
import { SHOWN_WORDS } from "../../workers/base/shown-words.ts";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { FLAG, type FormatChoice, type ReadingAnswer } from "../../workers/contract.ts";
import { inspect } from "../../workers/import/inspect.ts";
import { importSource } from "../../workers/import/pipeline.ts";
import { readContext } from "../../workers/import/read-context.ts";
import { reread, type RereadEntry } from "../../workers/import/reread.ts";
import { Collector, type CollectedMember, hashed, type Row } from "../import/collect.ts";
import { importChunks } from "../import/run.ts";

export interface Trial {
  /** What it was made of. */
  readonly label: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly choice: FormatChoice | undefined;
  readonly answer: ReadingAnswer;
  readonly passwords: readonly string[];
  /** Sizes of the chunks in which it is imported once more; undefined = it is not. */
  readonly chunk: number | undefined;
}
/** What was entered: ids of containers, carriers and formats that something came out of. */
export interface Reached {
  readonly containers: readonly string[];
  readonly carriers: readonly string[];
  readonly formats: readonly string[];
  readonly entries: number;
  readonly rejects: number;
}

const LIMITS = { ...DEFAULT_LIMITS, memberBytes: 4 << 20, totalBytes: 16 << 20 };
/** Of an input with more entries some are read again, evenly spread. */
const MOST_REREAD = 400;
const OWN_FLAGS = ~(FLAG.duplicate | SHOWN_WORDS);
const NEVER = new AbortController().signal;

/** Throws what it finds wrong. */
export async function runTrial(trial: Trial): Promise<Reached> {
  const root = await mkdtemp(join(tmpdir(), "exhibit-fuzz-"));
  try {
    const folder = join(root, "a", "b");
    await mkdir(folder, { recursive: true });
    const path = join(folder, trial.name);
    writeFileSync(path, trial.bytes);
    const collector = await importFile(path, trial);
    const left = readdirSync(root, { recursive: true }).map(String).toSorted();
    assert.deepEqual(left, ["a", join("a", "b"), join("a", "b", trial.name)], "the import wrote files");
    for (const member of collector.members) checkMember(member, collector);
    await checkInspection(path, trial, collector);
    checkChunks(trial, collector);
    assert.equal(
      ({} as { readonly polluted?: unknown }).polluted,
      undefined,
      "the prototype of all objects was changed",
    );
    return reachedOf(collector);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function importFile(path: string, { name, choice, answer, passwords }: Trial): Promise<Collector> {
  const collector = new Collector();
  const bugs: unknown[] = [];
  const end = await importSource(
    {
      path,
      choices: choice === undefined ? {} : { [name]: choice },
      answers: { [name]: answer },
      skip: [],
      passwords,
      limits: LIMITS,
    },
    collector,
    NEVER,
    () => undefined,
    (bug) => bugs.push(bug),
  );
  if (bugs.length > 0) throw bugs[0];
  assert.equal(collector.end, end);
  if (end.state !== "ready") assert.ok(end.problems.length > 0, `the source is ${end.state} without a reason`);
  for (const problem of end.problems)
    assert.ok(problem.message !== "" && problem.next !== "", "a problem without words");
  return collector;
}

function checkMember(member: CollectedMember, collector: Collector): void {
  const { start, end, rows, rejects } = member;
  assert.ok(end !== undefined, "a member has no end");
  const isKept = end.state === "ready" || rows.length + rejects.length > 0;
  if (isKept) assert.equal(end.bytes, member.bytes.length, "the blocks are not all bytes of the member");
  if (end.state !== "ready")
    assert.ok(end.problem !== undefined || end.state === "unrecognised", `${end.state} without a reason`);
  for (const { code, length, line } of rejects) {
    assert.ok(code !== "" && length > 0 && line > 0, "a reject without reason, bytes or line");
  }
  let undated = 0;
  for (const row of rows) {
    if (Number.isNaN(row.time)) undated++;
    else assert.ok(Number.isInteger(row.time) && Math.abs(row.time) <= Number.MAX_SAFE_INTEGER, `time ${row.time}`);
    assert.ok(row.precision <= 9, `precision ${row.precision}`);
    assert.ok(row.spans.length > 0, "an entry without bytes");
  }
  assert.equal(undated, end.undated, "undated entries");
  const step = Math.max(1, Math.ceil(rows.length / MOST_REREAD));
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[at];
    if (row !== undefined) checkReread(member, row, collector);
  }
  assert.ok(start.path !== "", "a member without a path");
}

function checkReread(member: CollectedMember, row: Row, collector: Collector): void {
  const again = rereadRow(member, row, collector.members);
  const where = `the entry at ${row.spans[0]?.offset} of ${member.start.path} (${member.start.carrier}+${member.start.format})`;
  assert.ok(again !== undefined, `${where} is none when read again`);
  assert.deepEqual(
    {
      time: again.fields.when.at ?? Number.NaN,
      precision: again.fields.when.precision,
      flags: again.fields.flags & OWN_FLAGS & ~(member.end?.flags ?? 0),
      fields: fieldsOf(again, row, new Set(collector.overflow)),
    },
    {
      time: row.time,
      precision: row.precision,
      flags: row.flags & OWN_FLAGS & ~(member.end?.flags ?? 0),
      fields: { ...row.fields },
    },
    `${where} reads otherwise`,
  );
  checkExplanation(again, where);
}

function rereadRow(member: CollectedMember, row: Row, members: readonly CollectedMember[]): RereadEntry | undefined {
  const { start } = member;
  const bases = new Map<number, number>();
  let base = 0;
  for (const { member: number = member.number } of row.spans) {
    if (bases.has(number)) continue;
    bases.set(number, base);
    base += members[number]?.bytes.length ?? 0;
  }
  return reread({
    choice: `${start.carrier}+${start.format}`,
    context: readContext(start.path, start.zone, start.reading),
    reading: start.reading,
    near: Number.isNaN(row.time) ? undefined : row.time,
    spans: row.spans.map(({ offset, length, member: number = member.number }) => {
      const { bytes, start: own } = members[number] ?? member;
      return {
        offset: offset + (bases.get(number) ?? 0),
        bytes: bytes.subarray(offset, offset + length),
        reading: own.reading,
        lineStart: () => lineStart(bytes, offset),
      };
    }),
  });
}

function lineStart(bytes: Buffer, offset: number): Uint8Array | undefined {
  if (offset === 0 || bytes[offset - 1] === 0x0a) return undefined;
  return bytes.subarray(bytes.lastIndexOf(0x0a, offset - 1) + 1, offset);
}

function fieldsOf(again: RereadEntry, row: Row, withoutColumn: ReadonlySet<string>): Row["fields"] {
  const fields: Record<string, readonly string[]> = {};
  for (const [name, { values }] of again.fields.canonical) {
    if (canonicalField(name)?.storage !== "reread") fields[name] = inColumn(values, row.fields[name]);
  }
  for (const [name, { values }] of again.fields.originals) {
    if (!withoutColumn.has(name)) fields[`raw.${name}`] = inColumn(values, row.fields[`raw.${name}`]);
  }
  return fields;
}

const MANY = `#${MANY_VALUES[0]}.${MANY_VALUES[1]}`;

/** What a column shows of these values: itself, or where it tells values apart by hash, that. */
function inColumn(values: readonly string[], column: readonly string[] | undefined): readonly string[] {
  const [shown] = column ?? [];
  if (column?.length !== 1 || shown === undefined || !/^#\d+\.\d+$/.test(shown)) return values.map(stored);
  if (values.length > 1 && shown === MANY) return [MANY];
  return values.map(hashed);
}

/** Dictionaries hold UTF-8, in which half a surrogate pair has no place. */
function stored(text: string): string {
  return text.isWellFormed() ? text : Buffer.from(text).toString();
}

function checkExplanation(again: RereadEntry, where: string): void {
  const explained = again.explain();
  assert.equal(explained.records.length, again.records.length, `${where}: records explained`);
  assert.ok(explained.sentence !== "", `${where} has no sentence`);
  explained.records.forEach(({ tokens }, at) => {
    const length = again.records[at]?.length ?? 0;
    for (const { start, end } of tokens) {
      assert.ok(
        start >= 0 && start <= end && end <= length,
        `${where}: a token at ${start} to ${end} of ${length} bytes`,
      );
    }
  });
}

/** What the dialog says before the import must be what the import then does. */
async function checkInspection(
  path: string,
  { passwords, choice, answer }: Trial,
  collector: Collector,
): Promise<void> {
  const seen = await inspect(path, passwords, NEVER);
  assert.equal(seen.container, collector.container);
  if (choice !== undefined || Object.keys(answer).length > 0 || seen.container !== "plain") return;
  const [verdict] = seen.members;
  const { start, end } = collector.member;
  if (verdict === undefined || end === undefined || end.state !== "ready") return;
  assert.equal(verdict.choice, `${start.carrier}+${start.format}`, "the dialog said another format");
}

/** At whatever sizes the bytes arrive. */
function checkChunks({ bytes, chunk, choice, answer }: Trial, collector: Collector): void {
  const [member, ...others] = collector.members;
  if (chunk === undefined || member === undefined || others.length > 0 || collector.container !== "plain") return;
  if (member.end?.state !== "ready" || Object.keys(answer).length > 0) return;
  const own = choice ?? `${member.start.carrier}+${member.start.format}`;
  const pieces = importChunks(bytes, chunk, own);
  const whole = importChunks(bytes, Math.max(1, bytes.length), own);
  assert.deepEqual(essence(pieces), essence(whole), `chunks of ${chunk} bytes`);
}

function essence(member: CollectedMember | undefined) {
  return member && { rows: member.rows, rejects: member.rejects, ledger: member.end?.ledger };
}

/** A definition file has no entries: its format is entered where it refuses one. */
function isRead({ rows, rejects }: CollectedMember): boolean {
  return rows.length > 0 || rejects.some(({ code }) => code === "definition.refused");
}

function reachedOf(collector: Collector): Reached {
  const read = collector.members.filter(({ rows, rejects }) => rows.length + rejects.length > 0);
  return {
    containers: collector.members.length > 0 ? [collector.container] : [],
    carriers: [...new Set(read.map(({ start }) => start.carrier))],
    formats: [...new Set(read.filter(isRead).map(({ start }) => start.format))],
    entries: read.reduce((sum, { rows }) => sum + rows.length, 0),
    rejects: read.reduce((sum, { rejects }) => sum + rejects.length, 0),
  };
}
