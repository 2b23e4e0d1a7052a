import { createHash, type Hash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportMessage, ImportSink, MemberEnd, MemberStart } from "../base/batch.ts";
import { isCancellation, throwIfCancelled } from "../base/abort.ts";
import { fault, faultOf } from "../base/fault.ts";
import { CheckFailed } from "../containers/container.ts";
import type { Fault, FormatChoice, Ledger, ReadingAnswer, Sha256 } from "../contract.ts";
import { cutterOf } from "../carriers/encoded.ts";
import { type Chosen, chooseFormat, type Unchosen } from "./choose.ts";
import type { ColumnBuilder } from "./column-builder.ts";
import type { Hints } from "./detect.ts";
import type { Leaf, LeafContent } from "./expand.ts";
import { MemberImport } from "./member-import.ts";
import type { SourceFile } from "./read.ts";
import { readContext } from "./read-context.ts";

/** Bytes handled in one go: some 20 ms of work, after which a cancel is seen. */
const SLICE_BYTES = 1024 * 1024;
/** The loop of events gets a turn at least this often, even when neither reading nor the sink ever waits. */
const TURN_MS = 50;

/** What the members of one source share. */
export interface LeafContext {
  readonly choices: Readonly<Record<string, FormatChoice>>;
  readonly skip: ReadonlySet<string>;
  readonly zone: string | undefined;
  /** What a person said of a member, by its path. */
  readonly answers: Readonly<Record<string, ReadingAnswer>>;
  /** µs since 1970: when the source was changed. */
  readonly modified: number | undefined;
  readonly columns: ColumnBuilder;
  readonly sink: ImportSink;
  readonly signal: AbortSignal;
  /** Set when the member's bytes are the file's, so that they are hashed once. */
  readonly sameBytes: SourceFile | undefined;
  readonly tally: Tally;
  report(): void;
}
interface Tally {
  ordinal: number;
  entries: number;
  rejects: number;
  readonly problems: Fault[];
  /** Members whose bytes were read. */
  read: number;
}

const NO_LEDGER: Ledger = { entries: 0, rejects: 0, ignored: 0, blank: 0, total: 0 };
const NOTHING: MemberEnd = {
  state: "refused",
  bytes: 0,
  sha256: undefined,
  records: 0,
  entries: 0,
  rejects: 0,
  ignored: 0,
  undated: 0,
  duplicates: 0,
  ledger: NO_LEDGER,
  problem: undefined,
  gaps: new Float64Array(0),
};

/** Imports one member to its end; its troubles stay its own. Throws only when the whole source must stop. */
export async function importLeaf(leaf: Leaf, context: LeafContext): Promise<void> {
  if (leaf.content.kind === "refused") return leaveOut(leaf, context, leaf.content.problem, []);
  if (context.skip.has(leaf.path)) return leaveOut(leaf, context, undefined, ["left out when the source was imported"]);
  const choice = chooseFormat(
    leaf.content.head,
    leaf.content.isWhole,
    context.choices[leaf.path],
    hintsOf(leaf, context),
  );
  await context.sink.accept({ kind: "member", member: memberStart(leaf, context, choice) });
  const end =
    choice.kind === "chosen"
      ? await importChosen(leaf, leaf.content, choice, context)
      : await countBytes(leaf, leaf.content, choice, context);
  await finishMember(end, context);
}

async function leaveOut(
  leaf: Leaf,
  context: LeafContext,
  problem: Fault | undefined,
  reasons: readonly string[],
): Promise<void> {
  const placed = problem === undefined ? undefined : { ...problem, member: leaf.path };
  const start = {
    carrier: "",
    format: "",
    formatTitle: "Not opened",
    parser: "",
    overridden: false,
    zone: undefined,
    reading: {},
  };
  const ordinal = context.tally.ordinal++;
  await context.sink.accept({ kind: "member", member: { path: leaf.path, ordinal, reasons, ...start } });
  await finishMember({ ...NOTHING, gaps: new Float64Array(0), bytes: leaf.size ?? 0, problem: placed }, context);
}

function memberStart(leaf: Leaf, context: LeafContext, choice: Chosen | Unchosen): MemberStart {
  const ordinal = context.tally.ordinal++;
  const { title, reasons } = choice;
  const shared = { path: leaf.path, ordinal, formatTitle: title, reasons };
  if (choice.kind === "unchosen")
    return { ...shared, carrier: "", format: "", parser: "", overridden: false, zone: undefined, reading: {} };
  const { carrier, format, overridden, reading } = choice;
  const parser = `${format.id}@${format.version}`;
  return {
    ...shared,
    carrier: carrier.id,
    format: format.id,
    parser,
    overridden,
    zone: zoneOf(leaf, context),
    reading,
  };
}

async function finishMember(end: MemberEnd, context: LeafContext): Promise<void> {
  const { tally } = context;
  if (end.problem !== undefined) tally.problems.push(end.problem);
  if (end.state !== "refused" && (end.state !== "failed" || end.bytes > 0)) tally.read++;
  await context.sink.accept({ kind: "member-end", end });
  throwIfCancelled(context.signal);
}

function zoneOf(leaf: Leaf, { zone, answers }: LeafContext): string | undefined {
  return answers[leaf.path]?.zone ?? zone;
}

function hintsOf(leaf: Leaf, { answers, modified }: LeafContext): Hints {
  const { zone: _zone, ...asked } = answers[leaf.path] ?? {};
  return { asked, modified: leaf.modified ?? modified };
}

type Opened = Extract<LeafContent, { kind: "open" }>;

async function importChosen(leaf: Leaf, content: Opened, choice: Chosen, context: LeafContext): Promise<MemberEnd> {
  const { columns, tally, sink } = context;
  const before = { entries: tally.entries, rejects: tally.rejects };
  const work = new MemberImport(
    cutterOf(choice.carrier, choice.reading),
    choice.format,
    readContext(leaf.path, zoneOf(leaf, context), choice.reading),
    columns,
  );
  const pumped = await pump(leaf, content, context, async (slice) => {
    await sendAll(sink, work.push(slice));
    tally.entries = before.entries + work.entries;
    tally.rejects = before.rejects + work.rejectCount;
  });
  const isCancelled = pumped.state === "cancelled" || !(await finish(work, context));
  // The counts below are of what was sent.
  if (isCancelled) await sendAll(sink, work.cutOff());
  const { isWhole, ...counts } = work.counts();
  tally.entries = before.entries + counts.entries;
  tally.rejects = before.rejects + counts.rejects;
  if (isCancelled) return { ...pumped, ...counts, state: "cancelled", sha256: undefined, problem: undefined };
  if (isWhole) return { ...pumped, problem: pumped.problem ?? placed(work.note, leaf.path), ...counts };
  return { ...pumped, ...counts, state: "failed", problem: unaccounted(leaf.path, choice) };
}

/** What a format holds back to the end may be a lot, so a cancel is seen in between; false = there was one. */
async function finish(work: MemberImport, { sink, signal }: LeafContext): Promise<boolean> {
  for (let messages = work.drain(); messages !== undefined; messages = work.drain()) {
    await sendAll(sink, messages);
    await nextTurn();
    if (signal.aborted) return false;
  }
  await sendAll(sink, work.finish());
  return true;
}

/** A member that is no log: its bytes are counted and hashed, and nothing of it is kept. */
async function countBytes(leaf: Leaf, content: Opened, choice: Unchosen, context: LeafContext): Promise<MemberEnd> {
  const pumped = await pump(leaf, content, context, async () => undefined);
  const total = pumped.bytes;
  const end = {
    ...NOTHING,
    ...pumped,
    problem: pumped.problem ?? placed(choice.problem, leaf.path),
    ledger: { ...NO_LEDGER, ignored: total, total },
    gaps: total === 0 ? new Float64Array(0) : Float64Array.of(2, 0, total),
  };
  return end.state === "ready" ? { ...end, state: "unrecognised" } : end;
}

type Pumped = Pick<MemberEnd, "state" | "bytes" | "sha256" | "problem">;

/** Takes the member's bytes slice by slice, and the trouble that they end in. */
async function pump(
  leaf: Leaf,
  content: Opened,
  context: LeafContext,
  take: (slice: Uint8Array) => Promise<void>,
): Promise<Pumped> {
  const hash = context.sameBytes === undefined ? createHash("sha256") : undefined;
  let bytes = 0;
  let turnAt = performance.now() + TURN_MS;
  let trouble: unknown;
  try {
    for await (const chunk of content.bytes) {
      for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
        throwIfCancelled(context.signal);
        const slice = chunk.subarray(at, at + SLICE_BYTES);
        hash?.update(slice);
        bytes += slice.length;
        await take(slice);
        context.report();
        if (performance.now() < turnAt) continue;
        await nextTurn();
        turnAt = performance.now() + TURN_MS;
      }
    }
  } catch (error) {
    trouble = error;
  }
  return { bytes, ...(await outcome(trouble, leaf, hash, context)) };
}

async function outcome(
  trouble: unknown,
  leaf: Leaf,
  hash: Hash | undefined,
  context: LeafContext,
): Promise<Omit<Pumped, "bytes">> {
  if (isCancellation(trouble)) return { state: "cancelled", sha256: undefined, problem: undefined };
  const problem = faultOf(trouble);
  if (trouble !== undefined && problem === undefined) throw trouble;
  const isComplete = problem === undefined || trouble instanceof CheckFailed;
  const ownHash = hash?.digest("hex") as Sha256 | undefined;
  const sha256 = ownHash ?? (isComplete ? await context.sameBytes?.digest(context.signal) : undefined);
  return { state: isComplete ? "ready" : "failed", sha256, problem: placed(problem, leaf.path) };
}

function placed(problem: Fault | undefined, member: string): Fault | undefined {
  return problem === undefined ? undefined : { ...problem, member };
}

async function sendAll(sink: ImportSink, messages: readonly ImportMessage[]): Promise<void> {
  for (const message of messages) await sink.accept(message);
}

/** Seen only when a carrier or format has a defect; better said than sealed. */
function unaccounted(member: string, choice: Chosen): Fault {
  return fault(
    "format.unfit",
    `Exhibit could not account for every byte of ${member} as ${choice.carrier.id}+${choice.format.id}; this is a defect of Exhibit.`,
    "Import it again as plain text lines, and report the defect with the name of the format.",
    { member },
  );
}
