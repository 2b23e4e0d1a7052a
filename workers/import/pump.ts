import { createHash, type Hash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { MemberEnd } from "../base/batch.ts";
import { isCancellation, throwIfCancelled } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import { CheckFailed } from "../containers/container.ts";
import { type Fault, FLAG, type Sha256 } from "../contract.ts";
import { Defect, defect } from "./defect.ts";
import type { Leaf, LeafContent } from "./expand.ts";
import type { SourceRun } from "./source-run.ts";

/** Bytes handled in one go: some 20 ms of work, after which a cancel is seen. */
const SLICE_BYTES = 1024 * 1024;
/** The loop of events gets a turn at least this often, even when neither reading nor the sink ever waits. */
const TURN_MS = 50;

export type OpenLeaf = Leaf & { readonly content: Extract<LeafContent, { kind: "open" }> };
/** How the bytes of a member ended. */
type Outcome = Pick<MemberEnd, "state" | "bytes" | "sha256" | "problem" | "flags">;

export interface Pumped {
  readonly outcome: Outcome;
  /** A defect of Exhibit ended it. */
  readonly isBroken: boolean;
}

/**
 * Takes the member's bytes slice by slice, and the trouble that they end in. After a defect the rest is counted and not
 * taken.
 */
export async function pump(
  leaf: OpenLeaf,
  source: SourceRun,
  take: (slice: Uint8Array) => Promise<void>,
): Promise<Pumped> {
  const hash = source.isPlain ? undefined : createHash("sha256");
  let bytes = 0;
  let broken: { readonly defect: Defect; readonly offset: number } | undefined;
  let turnAt = performance.now() + TURN_MS;
  let trouble: unknown;
  try {
    for await (const chunk of leaf.content.bytes) {
      for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
        throwIfCancelled(source.run.signal);
        const slice = chunk.subarray(at, at + SLICE_BYTES);
        hash?.update(slice);
        bytes += slice.length;
        broken ??= await untilDefect(() => take(slice), bytes - slice.length);
        source.report();
        if (performance.now() < turnAt) continue;
        await nextTurn();
        turnAt = performance.now() + TURN_MS;
      }
    }
  } catch (error) {
    trouble = error;
  }
  if (broken !== undefined && !isCancellation(trouble))
    return brokenOff(leaf, source, broken.defect, broken.offset, bytes);
  return { isBroken: false, outcome: { bytes, ...(await outcome(trouble, leaf, hash, source)) } };
}

async function untilDefect(
  take: () => Promise<void>,
  offset: number,
): Promise<{ readonly defect: Defect; readonly offset: number } | undefined> {
  try {
    await take();
    return undefined;
  } catch (error) {
    if (error instanceof Defect) return { defect: error, offset };
    throw error;
  }
}

/** Tells of the defect, to the reader of the case and to who keeps Exhibit. */
export function brokenOff(leaf: Leaf, source: SourceRun, found: Defect, offset: number, bytes: number): Pumped {
  source.run.onBug(found.cause);
  const problem = defect(leaf.path, offset, found.cause);
  return { isBroken: true, outcome: { state: "failed", bytes, sha256: undefined, flags: 0, problem } };
}

async function outcome(
  trouble: unknown,
  leaf: Leaf,
  hash: Hash | undefined,
  source: SourceRun,
): Promise<Omit<Outcome, "bytes">> {
  if (isCancellation(trouble)) return { state: "cancelled", sha256: undefined, problem: undefined, flags: 0 };
  const problem = faultOf(trouble);
  if (trouble !== undefined && problem === undefined) throw trouble;
  const isUnsure = trouble instanceof CheckFailed;
  const isComplete = problem === undefined || isUnsure;
  const ownHash = hash?.digest("hex") as Sha256 | undefined;
  const sha256 = ownHash ?? (isComplete ? await source.file.digest(source.run.signal) : undefined);
  const flags = isUnsure ? FLAG.integrity : 0;
  return { state: isComplete ? "ready" : "failed", sha256, flags, problem: placed(problem, leaf.path) };
}

export function placed(problem: Fault | undefined, member: string): Fault | undefined {
  return problem === undefined ? undefined : { ...problem, member };
}
