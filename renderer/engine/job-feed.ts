import type { Fault, JobId, JobState } from "../../workers/contract.ts";
import { type Observable, observable } from "../state/observable.ts";
import type { EngineConnection } from "./client.ts";

/** Every job this window started, oldest first, finished ones included until dismissed. */
export interface JobFeed extends Observable<readonly JobState[]> {
  /** Resolves with the last state when the job has ended; rejects only when the engine is gone. */
  follow(job: JobId): Promise<JobState>;
  dismiss(job: JobId): void;
}

export function followJobs(engine: EngineConnection): JobFeed {
  const jobs = observable<readonly JobState[]>([]);
  const put = (state: JobState): void => {
    const known = jobs.get().some((other) => other.job === state.job);
    jobs.set(known ? jobs.get().map((other) => (other.job === state.job ? state : other)) : [...jobs.get(), state]);
  };
  const dismiss = (job: JobId): void => jobs.set(jobs.get().filter((other) => other.job !== job));
  engine.subscribe(() => {
    if (engine.state() === "gone") jobs.set(jobs.get().map(cutOff));
  });

  const follow = async (job: JobId): Promise<JobState> => {
    let seen = -1;
    for (;;) {
      const answer = await engine.api.watch(job, seen);
      if (!answer.ok) throw new Error(answer.fault.message);
      put(answer.value);
      if (answer.value.state !== "running") return answer.value;
      seen = answer.value.revision;
    }
  };
  return { get: jobs.get, subscribe: jobs.subscribe, follow, dismiss };
}

const CUT_OFF: Fault = {
  code: "engine.gone",
  message: "The engine ended before this did.",
  next: "What was read is kept and marked incomplete: import it again, or remove it.",
};

/** A job that ran in an engine that is gone has failed; what it had finished stays finished. */
function cutOff(job: JobState): JobState {
  if (job.state !== "running") return job;
  const fault = job.kind === "import" ? CUT_OFF : { ...CUT_OFF, next: "Export again: the file was not finished." };
  const items = job.items.map((item) =>
    item.state === "running"
      ? { ...item, state: "failed" as const, fault }
      : item.state === "waiting"
        ? { ...item, state: "cancelled" as const, fault: NOT_BEGUN }
        : item,
  );
  return { ...job, state: "failed", items, fault: job.items.length === 0 ? fault : undefined };
}

const NOT_BEGUN: Fault = {
  code: "engine.gone",
  message: "Its import had not begun when the engine ended.",
  next: "Add it again.",
};
