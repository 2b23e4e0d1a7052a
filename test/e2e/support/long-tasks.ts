import type { CDPSession, Page } from "@playwright/test";

/** One task of the page's main thread. */
export interface Task {
  /** Milliseconds from its start to its end, waiting for the processor included. */
  readonly wall: number;
  /** Milliseconds it really ran: what is left of it on a machine that has nothing else to do. */
  readonly ran: number;
  /** The longest parts of it, by the browser's names. */
  readonly parts: readonly string[];
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
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly ipc_hash?: number };
  };
}

const WORTH_TELLING_MS = 20;
const WORTH_NAMING_MS = 10;
const BUSY_MS = 30;
const BUSY = `{ const end = performance.now() + ${BUSY_MS}; while (performance.now() < end); }`;

/**
 * Watches every task of the page from now on, by the browser's own trace. The API for long tasks tells wall time alone,
 * which on a busy machine is mostly the time others had the processor. What the test itself asks of the page, as when it
 * looks for an element by its role, is no task of the page: it is left out.
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
    traceConfig: { recordMode: "recordContinuously", includedCategories: ["toplevel", "devtools.timeline", "v8"] },
  });
  await session.send("Runtime.evaluate", { expression: BUSY });
  return { stop: () => stop(session, kept) };
}

async function stop(session: CDPSession, kept: readonly TraceEvent[]): Promise<readonly Task[]> {
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const main = kept.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  if (main === undefined) throw new Error("the trace does not name the page's main thread");
  const events = kept.filter(({ ph, pid, tid }) => ph === "X" && pid === main.pid && tid === main.tid);
  const ours = commandHash(events);
  const commands = events.filter((event) => ours !== undefined && hashOf(event) === ours);
  const isOurs = (task: TraceEvent): boolean =>
    commands.some((command) => contains(task, command) && (command.dur ?? 0) > (task.dur ?? 0) / 2);
  return events
    .filter((event) => isTask(event) && (event.dur ?? 0) > WORTH_TELLING_MS * 1000 && !isOurs(event))
    .map((task) => ({ wall: (task.dur ?? 0) / 1000, ran: (task.tdur ?? 0) / 1000, parts: partsOf(task, events) }))
    .toSorted((one, other) => other.ran - one.ran);
}

const isTask = ({ name }: TraceEvent): boolean => name.endsWith("RunTask");

function isOfInterest({ name, dur = 0 }: TraceEvent): boolean {
  return name === "thread_name" || dur > WORTH_NAMING_MS * 1000;
}

const hashOf = ({ args }: TraceEvent): number | undefined => args.chrome_mojo_event_info?.ipc_hash;

/** By which message a command of the test reaches the page: the busy one at the start of the watch carried it. */
function commandHash(events: readonly TraceEvent[]): number | undefined {
  const messages = events.filter((event) => hashOf(event) !== undefined && (event.dur ?? 0) >= BUSY_MS * 1000);
  const [first] = messages.toSorted((one, other) => one.ts - other.ts);
  return first && hashOf(first);
}

const contains = (task: TraceEvent, part: TraceEvent): boolean =>
  part.ts >= task.ts && part.ts + (part.dur ?? 0) <= task.ts + (task.dur ?? 0);

function partsOf(task: TraceEvent, events: readonly TraceEvent[]): readonly string[] {
  return events
    .filter((part) => !isTask(part) && contains(task, part))
    .toSorted((one, other) => (other.dur ?? 0) - (one.dur ?? 0))
    .slice(0, 6)
    .map(({ name, dur = 0 }) => `${name} ${(dur / 1000).toFixed(0)}`);
}

/** "longest task 31 ms (62 ms with waiting), 4 over 20 ms" */
export function tasksText(tasks: readonly Task[]): string {
  const [longest] = tasks;
  if (longest === undefined) return `no task over ${WORTH_TELLING_MS} ms`;
  const wall = Math.max(...tasks.map((task) => task.wall));
  const figures = `longest task ran ${longest.ran.toFixed(1)} ms, ${wall.toFixed(1)} ms with waiting for the processor`;
  return `${figures}; ${tasks.length} over ${WORTH_TELLING_MS} ms; the longest was ${longest.parts.join(", ")}`;
}
