/** The items of an import job, one after another: a source that fails costs no other. */
import { stat } from "node:fs/promises";
import type { Fault, ImportItem } from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import type { BesideFile } from "../import/settings-file.ts";
import { setKey } from "../import/rotation.ts";
import type { CaseWriter } from "../store/case-writer.ts";
import type { ImportOrder } from "./import-protocol.ts";
import { Importer } from "./import-run.ts";
import { GroupTrack } from "./import-track.ts";
import type { Job } from "./jobs.ts";

export type PathItem = ImportItem & {
  readonly path: string;
  /** What the source is called. */
  readonly name: string;
  readonly passwords: readonly string[];
  /** Paths of the members to read, where it is not all. */
  readonly only?: readonly string[];
  /** Paths of files that were chosen with it and are no logs. */
  readonly beside?: readonly string[];
};

/** Faults that the next source would meet as well. */
const FATAL: readonly Fault["code"][] = ["disk.full", "target.unwritable", "store.locked", "store.corrupt"];

export interface ImportExtras {
  /** Files that may hold account names for the items. */
  readonly beside?: readonly string[];
  /** Asked when all is read: why the case does not take it after all. */
  readonly refused?: () => Fault | undefined;
  /** What is to be done with the case when all is written. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Files that may be parts of one rotated log go in one run; every other file has a run of its own. */
export async function importSources(
  job: Job,
  items: readonly PathItem[],
  writer: CaseWriter,
  threads: URL,
  onChange: () => void,
  onBug: (error: unknown) => void,
  { beside = [], refused, beforeEnd }: ImportExtras = {},
): Promise<void> {
  const importer = new Importer(threads, writer);
  await measure(job, items);
  try {
    const paths = items.flatMap(({ path, beside: own = [] }) => [path, ...own]);
    const names = await importer.identities([...new Set([...paths, ...beside])]);
    let stop: Fault | undefined;
    for (const group of groupsOf(items)) {
      if (job.abort.signal.aborted) stop ??= CANCELLED;
      if (stop !== undefined) {
        for (const { at } of group) job.changeItem(at, { state: "cancelled", fault: stop });
        continue;
      }
      const orders = group.map(({ item }) => orderOf(item, names));
      const failure = await importGroup(importer, job, new GroupTrack(job, group, onBug), orders, writer);
      onChange();
      if (failure !== undefined && FATAL.includes(failure.code)) stop = failure;
    }
    await beforeEnd?.();
    end(job, stop, refused);
  } finally {
    await importer.stop();
  }
}

interface PlacedItem {
  /** Among the items of the job. */
  readonly at: number;
  readonly item: PathItem;
}

/** By folder and name, in the order of the items. Whether files are one log is seen when they are read. */
function groupsOf(items: readonly PathItem[]): readonly (readonly PlacedItem[])[] {
  const groups = new Map<string, PlacedItem[]>();
  for (const [at, item] of items.entries()) {
    const key = setKey(item.path.replaceAll("\\", "/"));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ at, item }]);
    else group.push({ at, item });
  }
  return [...groups.values()];
}

function orderOf(item: PathItem, names: readonly BesideFile[]): ImportOrder {
  const { grant: _grant, beside: _beside, ...rest } = item;
  return { ...rest, zone: item.zone, answers: item.answers ?? {}, beyondLimits: item.beyondLimits ?? false, names };
}

/** Sizes first, so that the bar has an end; a file that cannot be looked at is reported when it is opened. */
async function measure(job: Job, items: readonly PathItem[]): Promise<void> {
  const sizes = await Promise.all(
    items.map(({ path }) =>
      stat(path).then(
        (found) => found.size,
        () => undefined,
      ),
    ),
  );
  job.change({
    total: sizes.reduce((sum: number, size) => sum + (size ?? 0), 0),
    items: job.state.items.map((item, at) => ({ ...item, total: sizes[at] })),
  });
}

const CANCELLED = fault("cancelled", "The import was cancelled.", "Import the file again when ready.");

async function importGroup(
  importer: Importer,
  job: Job,
  events: GroupTrack,
  orders: readonly ImportOrder[],
  writer: CaseWriter,
): Promise<Fault | undefined> {
  job.change({ phase: "reading" });
  events.begin();
  const end = await importer.run(orders, job.abort.signal, events);
  const failure = end.kind === "failed" ? abandoned(writer, end.fault) : undefined;
  events.end(failure);
  return failure;
}

/** Why the source failed; a case that cannot even take that down is the graver reason. */
function abandoned(writer: CaseWriter, reason: Fault): Fault {
  try {
    writer.abandon(reason);
    return reason;
  } catch (error) {
    const graver = faultOf(error);
    if (graver === undefined) throw error;
    return graver;
  }
}

/** The job ends as its items did; of several faults the first is shown. */
function end(job: Job, stop: Fault | undefined, refused: ImportExtras["refused"]): void {
  const problem = stop ?? job.state.items.find((item) => item.state === "failed")?.fault ?? refused?.();
  const isStopped = job.abort.signal.aborted && job.state.items.some((item) => item.state !== "done");
  if (isStopped) job.finish("cancelled", CANCELLED);
  else if (problem !== undefined) job.finish("failed", problem);
  else job.finish("done", undefined);
}
