/** Members one at a time: how each begins and ends, and those that are no log. */
import { throwIfCancelled } from "../base/abort.ts";
import type { MemberEnd, MemberStart } from "../base/batch.ts";
import type { Fault, Ledger } from "../contract.ts";
import type { Chosen, Unchosen } from "./choose.ts";
import type { Leaf } from "./expand.ts";
import { type OpenLeaf, placed, pump } from "./pump.ts";
import type { SourceRun } from "./source-run.ts";
import type { SurveyedLeaf } from "./survey.ts";

const NO_LEDGER: Ledger = { entries: 0, rejects: 0, ignored: 0, blank: 0, total: 0 };

function nothing(): MemberEnd {
  return {
    state: "refused",
    bytes: 0,
    sha256: undefined,
    records: 0,
    entries: 0,
    rejects: 0,
    ignored: 0,
    undated: 0,
    duplicates: 0,
    flags: 0,
    ledger: NO_LEDGER,
    problem: undefined,
    gaps: new Float64Array(0),
  };
}

/** Lists a member that is no log; its bytes are counted and hashed, and nothing of them is kept. */
export async function importOther(source: SourceRun, { place, path, choice }: SurveyedLeaf): Promise<void> {
  const leaf = await source.cursor.seek(place, path);
  const { content } = leaf;
  if (content.kind === "refused") return leaveOut(source, leaf, place, content.problem, []);
  if (choice?.kind !== "unchosen") {
    return leaveOut(source, leaf, place, undefined, ["left out when the source was imported"]);
  }
  const number = await beginMember(source, leaf, place, choice, []);
  const end = await countBytes(source, { ...leaf, content }, choice);
  await endMember(source, number, end);
}

/** Returns the number of the member in the run. `more`: reasons beside those of the choice. */
export async function beginMember(
  source: SourceRun,
  leaf: Leaf,
  place: number,
  choice: Chosen | Unchosen,
  more: readonly string[],
): Promise<number> {
  const { title: formatTitle } = choice;
  const reasons = [...choice.reasons, ...more, ...commentOf(leaf)];
  const shared = { path: leaf.path, ordinal: place, formatTitle, reasons };
  if (choice.kind === "unchosen") {
    const none = { carrier: "", format: "", parser: "", overridden: false, zone: undefined, reading: {} };
    return await start(source, { ...shared, ...none });
  }
  const { carrier, format, overridden, reading } = choice;
  const parser = `${format.id}@${format.version}`;
  const zone = source.zoneOf(leaf.path);
  return await start(source, { ...shared, carrier: carrier.id, format: format.id, parser, overridden, zone, reading });
}

async function start(source: SourceRun, member: MemberStart): Promise<number> {
  const number = source.run.members++;
  await source.run.sink.accept({ kind: "member", number, of: source.number, member });
  return number;
}

export async function endMember(source: SourceRun, number: number, end: MemberEnd): Promise<void> {
  if (end.problem !== undefined) source.problems.push(end.problem);
  if (end.state !== "refused" && (end.state !== "failed" || end.bytes > 0)) source.read++;
  await source.run.sink.accept({ kind: "member-end", number, end });
}

async function leaveOut(
  source: SourceRun,
  leaf: Leaf,
  place: number,
  problem: Fault | undefined,
  reasons: readonly string[],
): Promise<void> {
  const refused: Unchosen = { kind: "unchosen", title: "Not opened", reasons, problem };
  const number = await beginMember(source, leaf, place, refused, []);
  await endMember(source, number, { ...nothing(), bytes: leaf.size ?? 0, problem: placed(problem, leaf.path) });
  throwIfCancelled(source.run.signal);
}

async function countBytes(source: SourceRun, leaf: OpenLeaf, choice: Unchosen): Promise<MemberEnd> {
  const { outcome } = await pump(leaf, source, async () => undefined);
  const total = outcome.bytes;
  const end: MemberEnd = {
    ...nothing(),
    ...outcome,
    flags: 0,
    problem: outcome.problem ?? placed(choice.problem, leaf.path),
    ledger: { ...NO_LEDGER, ignored: total, total },
    gaps: total === 0 ? new Float64Array(0) : Float64Array.of(2, 0, total),
  };
  return end.state === "ready" ? { ...end, state: "unrecognised" } : end;
}

function commentOf({ comment }: Leaf): readonly string[] {
  return comment === undefined || comment === "" ? [] : [`archive comment: ${comment}`];
}
