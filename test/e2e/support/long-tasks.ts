import type { CDPSession, Page } from "@playwright/test";

/** One task of the page's main thread. */
export interface Task {
  /** Milliseconds from its start to its end, waiting for the processor included. */
  readonly wall: number;
  /** Milliseconds it really ran: what is left of it on a machine that has nothing else to do. */
  readonly ran: number;
}
export interface TaskWatch {
  /** Ends the watch. Tasks over 20 ms, longest first by the time they ran. */
  stop(): Promise<readonly Task[]>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const WORTH_TELLING_MS = 20;

/**
 * Watches every task of the page from now on, by the browser's own trace. The API for long tasks tells wall time alone,
 * which on a busy machine is mostly the time others had the processor.
 */
export async function watchTasks(page: Page): Promise<TaskWatch> {
  const session = await page.context().newCDPSession(page);
  const kept: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    // The browser's own trace format.
    for (const event of value as unknown as TraceEvent[]) if (isOfInterest(event)) kept.push(event);
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { recordMode: "recordContinuously", includedCategories: ["toplevel"] },
  });
  return { stop: () => stop(session, kept) };
}

async function stop(session: CDPSession, kept: readonly TraceEvent[]): Promise<readonly Task[]> {
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const main = kept.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  if (main === undefined) throw new Error("the trace does not name the page's main thread");
  return kept
    .filter(({ ph, pid, tid }) => ph === "X" && pid === main.pid && tid === main.tid)
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, ran: tdur / 1000 }))
    .toSorted((one, other) => other.ran - one.ran);
}

function isOfInterest({ name, dur = 0 }: TraceEvent): boolean {
  return name === "thread_name" || (name.endsWith("RunTask") && dur > WORTH_TELLING_MS * 1000);
}

/** "longest task 31 ms (62 ms with waiting), 4 over 20 ms" */
export function tasksText(tasks: readonly Task[]): string {
  const [longest] = tasks;
  if (longest === undefined) return `no task over ${WORTH_TELLING_MS} ms`;
  const wall = Math.max(...tasks.map((task) => task.wall));
  return `longest task ran ${longest.ran.toFixed(1)} ms, ${wall.toFixed(1)} ms with waiting for the processor; ${tasks.length} over ${WORTH_TELLING_MS} ms`;
}
