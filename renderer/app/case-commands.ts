import type {
  CaseInfo,
  ExportRequest,
  Fault,
  GrantId,
  ImportRequest,
  JobId,
  JobState,
  MemberInfo,
  MemberRequest,
  Result,
  SourceId,
  TimeChange,
} from "../../workers/contract.ts";
import type { Grant, SampleId } from "../engine/bridge.ts";
import type { CommandParts } from "./command-parts.ts";

export interface CaseCommands {
  /** Asks for files or for a folder, then shows what they are. */
  addEvidence(kind?: "files" | "folder"): void;
  /** Files dropped on the window: a case is opened, anything else is shown as evidence to add. */
  addDropped(files: readonly File[]): void;
  addSample(id: SampleId): void;
  /** Asks for a case and opens it. */
  openCase(): void;
  openGrantedCase(grant: string): void;
  /** Asks for a place and makes an empty case there. */
  newCase(): void;
  closeCase(): void;
  /** Imports into the open case, or into a new one in the user's documents. */
  startImport(request: ImportRequest): void;
  /** Resolves when the export has ended. */
  runExport(request: ExportRequest): Promise<Result<JobState>>;
  cancelJob(job: JobId): void;
  dismissJob(job: JobId): void;
  removeSource(source: SourceId): void;
  /** Reads the file of a source once more; resolves with why it could not begin, or when it has ended. */
  importAgain(source: SourceId, beyondLimits: boolean): Promise<Fault | undefined>;
  /** Reads one member once more as is said; what is in the case of it stays until that is whole. */
  importMemberAgain(member: MemberInfo, as: MemberRequest): void;
  /** One after the other; resolves with why one could not be made, or when all are. */
  changeTimes(changes: readonly TimeChange[]): Promise<Fault | undefined>;
  /** Takes the last change of what is assumed about time back. */
  undoTimeChange(): void;
  redoTimeChange(): void;
  restartEngine(): void;
}

export function createCaseCommands(parts: CommandParts): CaseCommands {
  const { bridge, engine, cases, jobs, results, recovery, view, trouble, fail } = parts;
  let lastCase: string | undefined;

  const settled = <T>(answer: Result<T>): T | undefined => {
    if (answer.ok) return answer.value;
    trouble.set(answer.fault);
    return undefined;
  };
  const enter = (answer: Result<CaseInfo>, grant: string): boolean => {
    const info = settled(answer);
    if (info === undefined) return false;
    lastCase = grant;
    cases.accept(info);
    return true;
  };
  const run = (work: Promise<unknown>): void => {
    trouble.set(undefined);
    work.catch(fail);
  };
  const open = async (grant: string | undefined): Promise<void> => {
    if (grant !== undefined) enter(await engine.api.openCase(grant as GrantId), grant);
  };
  const create = async (grant: string | undefined): Promise<boolean> =>
    grant !== undefined && enter(await engine.api.createCase(grant as GrantId), grant);
  const offer = async (grants: readonly Grant[]): Promise<void> => {
    const known = grants.find((grant) => grant.kind === "case");
    const evidence = grants.filter((grant) => grant.kind !== "case");
    // What was dropped beside a case is offered all the same, also where the case turns out to be none.
    if (known !== undefined) await open(known.grant);
    if (evidence.length > 0) view.patch({ dialog: { kind: "import", grants: evidence } });
  };
  const follow = (job: JobId | undefined): Promise<JobState | undefined> =>
    job === undefined ? Promise.resolve(undefined) : jobs.follow(job);
  const importInto = async (request: ImportRequest): Promise<void> => {
    const ready = cases.get().info !== undefined || (await create((await bridge.newTemporaryCase()).grant));
    if (ready) await follow(settled(await engine.api.startImport(request)));
  };
  /** What was looked at is looked at still, under its new number. */
  const readAgain = async (member: MemberInfo, as: MemberRequest): Promise<void> => {
    const ended = await follow(settled(await engine.api.importMemberAgain(member.id, as)));
    if (ended?.state !== "done" || view.get().member !== member.id) return;
    const { sources = [] } = (await engine.api.watchCase(-1)) ?? {};
    const now = sources
      .filter(({ state }) => state !== "replaced")
      .flatMap(({ members }) => members)
      .findLast(({ path, sha256 }) => path === member.path && sha256 === member.sha256);
    if (now !== undefined && view.get().member === member.id) view.patch({ member: now.id });
  };
  engine.onReturn(async (api) => {
    if (lastCase === undefined) return;
    const answer = await api.openCase(lastCase as GrantId);
    cases.accept(settled(answer));
    await results.renew(api);
  });
  return {
    addEvidence: (kind = "files") => run(bridge.chooseEvidence(kind).then(offer)),
    addDropped: (files) => run(bridge.grantDropped(files).then(offer)),
    addSample: (id) => run(bridge.grantSample(id).then((grants) => (grants.length > 0 ? offer(grants) : noSample()))),
    openCase: () => run(bridge.chooseCaseToOpen().then((grant) => open(grant?.grant))),
    openGrantedCase: (grant) => run(open(grant)),
    newCase: () => run(bridge.chooseCaseToCreate("case.exhibit").then((grant) => create(grant?.grant))),
    closeCase: () =>
      run(
        engine.api.closeCase().then((answer) => {
          if (settled(answer) === undefined) return;
          lastCase = undefined;
          cases.accept(undefined);
        }),
      ),
    startImport: (request) => run(importInto(request)),
    runExport: async (request) => {
      const job = await engine.api.startExport(request);
      return job.ok ? { ok: true, value: await jobs.follow(job.value) } : job;
    },
    cancelJob: (job) => run(engine.api.cancel(job)),
    dismissJob: (job) => jobs.dismiss(job),
    removeSource: (source) => run(engine.api.removeSource(source).then(settled)),
    importAgain: async (source, beyondLimits) => {
      const answer = await engine.api.importAgain(source, beyondLimits);
      if (!answer.ok) return answer.fault;
      await jobs.follow(answer.value);
      return undefined;
    },
    importMemberAgain: (member, as) => run(readAgain(member, as)),
    changeTimes: async (changes) => {
      for (const change of changes) {
        const answer = await engine.api.changeTime(change);
        if (!answer.ok) return answer.fault;
      }
      return undefined;
    },
    undoTimeChange: () => run(engine.api.undoTimeChange().then(settled)),
    redoTimeChange: () => run(engine.api.redoTimeChange().then(settled)),
    restartEngine: () => recovery.again(),
  };

  function noSample(): void {
    const missing: Fault = {
      code: "source.missing",
      message: "The sample is not part of this installation.",
      next: "Open your own files, or install Exhibit again.",
    };
    trouble.set(missing);
  }
}
