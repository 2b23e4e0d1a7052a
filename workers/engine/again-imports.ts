/** Imports that take the place of what is in the case: a source as a whole, or a member as a person says now. */
import { FaultError, fault, raise } from "../base/fault.ts";
import type { CaseInfo, Fault, JobId, MemberId, MemberInfo, MemberRequest, SourceId, SourceInfo } from "../contract.ts";
import type { Replacement } from "../store/replacement.ts";
import type { TimeInForce } from "../store/time-in-force.ts";
import type { AgainTools } from "./again-tools.ts";
import {
  type LoggedAction,
  MEMBER_AGAIN_ACTION,
  requestOf,
  type SourceRequest,
  sameFile,
  stillThere,
  wentBeyond,
  withChangedTimes,
  withMember,
} from "./import-again.ts";
import type { ImportExtras, PathItem } from "./import-job.ts";
import type { Job } from "./jobs.ts";
import { besidePaths, oneLogWith } from "./one-log.ts";

/** What the open case does for it. */
export interface AgainHost {
  info(): CaseInfo;
  actions(): readonly LoggedAction[];
  timeInForce(): TimeInForce;
  log(kind: string, payload: unknown): void;
  newImport(names: readonly string[]): Job;
  enqueue(job: Job, run: () => Promise<void>): JobId;
  /** `replacing`: what the items take the place of. */
  importInPlace(
    job: Job,
    items: readonly PathItem[],
    replacing: readonly Replacement[],
    extras: ImportExtras,
  ): Promise<void>;
}

export class AgainImports {
  readonly #host: AgainHost;
  readonly #tools: AgainTools;

  constructor(host: AgainHost, tools: AgainTools) {
    this.#host = host;
    this.#tools = tools;
  }

  /** Reads a source's file again, the way it was read. Faults: request.stale, source.missing. */
  async source(id: SourceId, beyondLimits: boolean): Promise<JobId> {
    const { name } = await this.#standing(id);
    return this.#enqueue([name], async (job) => {
      const source = await this.#standing(id);
      await this.#whole(job, source, { ...this.#requestOf(source), beyondLimits });
    });
  }

  /**
   * Reads a member again as `as` says, together with those that it was read as one log with. Of a source without a digest
   * all is read: nobody knows whether the rest of the file is what it was. Faults: request.stale, source.missing.
   */
  async member(id: MemberId, as: MemberRequest): Promise<JobId> {
    const { sources } = await this.#together(id);
    const names = sources.map(({ name }) => name);
    return this.#enqueue(names, async (job) => {
      // What was queued before it may have changed all of it.
      const { set, sources: now } = await this.#together(id);
      if (now.length !== names.length) {
        raise("request.stale", "What it was read with was changed meanwhile.", "Look at the list again.");
      }
      const [{ source, member }] = set;
      const said = withMember(this.#requestOf(source), source, member.path, as);
      if (isDigested(source)) await this.#members(job, set, said, { source: source.id, path: member.path, as });
      else await this.#whole(job, source, { ...said, beyondLimits: wentBeyond(source, this.#host.actions()) });
    });
  }

  /** A member, and what is to be read with it. */
  async #together(id: MemberId) {
    const info = this.#host.info();
    const { source, member } = memberIn(info, id);
    await this.#standing(source.id);
    const others = isDigested(source) ? oneLogWith(info, source, member) : [];
    const set: readonly [Placed, ...Placed[]] = [{ source, member }, ...others];
    return { set, sources: [...new Map(set.map((each) => [each.source.id, each.source])).values()] };
  }

  async #standing(id: SourceId): Promise<SourceInfo> {
    const source = this.#host.info().sources.find((known) => known.id === id && known.state !== "replaced");
    if (source === undefined) raise("request.stale", "This source is not in the case.", "Look at the list again.");
    if (source.state === "importing") {
      raise("request.stale", `${source.name} is still being imported.`, "Wait for it, or cancel it first.");
    }
    await stillThere(source);
    return source;
  }

  /** How it was read, and what was changed of its times since. */
  #requestOf(source: SourceInfo): SourceRequest {
    return withChangedTimes(requestOf(source, this.#host.actions()), source.members, this.#host.timeInForce());
  }

  async #whole(job: Job, source: SourceInfo, request: SourceRequest): Promise<void> {
    const { id } = source;
    const change = await sameFile(source, this.#tools.digest);
    const { beyondLimits = false } = request;
    this.#host.log("source.again", { source: id, beyondLimits, ...(change === undefined ? {} : { change }) });
    const replacing = [{ old: id, path: source.path, members: undefined }];
    await this.#inPlace(job, [this.#itemOf(source, request)], replacing, () => this.#isGone(id));
  }

  async #members(
    job: Job,
    set: readonly Placed[],
    said: SourceRequest,
    told: { readonly source: SourceId; readonly path: string; readonly as: MemberRequest },
  ): Promise<void> {
    const actions = this.#host.actions();
    const sources = [...new Map(set.map(({ source }) => [source.id, source])).values()];
    const ids = set.map(({ member }) => member.id);
    const items = sources.map((source) => {
      const request = source.id === told.source ? said : this.#requestOf(source);
      const only = pathsOf(set, source);
      return { ...this.#itemOf(source, { ...request, beyondLimits: wentBeyond(source, actions) }), only };
    });
    for (const source of sources) await sameFile(source, this.#tools.digest);
    this.#host.log(MEMBER_AGAIN_ACTION, { ...told, members: ids });
    const replacing = sources.map((source) => ({ old: source.id, path: source.path, members: pathsOf(set, source) }));
    await this.#inPlace(job, items, replacing, () => ids.every((id) => !this.#isShown(id)));
  }

  #enqueue(names: readonly string[], run: (job: Job) => Promise<void>): JobId {
    const job = this.#host.newImport(names);
    job.change({ inPlace: true });
    return this.#host.enqueue(job, () => run(job));
  }

  #itemOf(source: SourceInfo, request: SourceRequest): PathItem {
    const { path, name } = source;
    return { ...request, grant: this.#tools.grant(path, name), path, name, passwords: this.#tools.passwords(name) };
  }

  async #inPlace(
    job: Job,
    items: readonly PathItem[],
    replacing: readonly Replacement[],
    isDone: () => boolean,
  ): Promise<void> {
    const had = new Set(this.#host.info().sources.map(({ id }) => id));
    await this.#host.importInPlace(job, items, replacing, {
      beside: besidePaths(this.#host.info()),
      refused: () => (isDone() ? undefined : this.#whyNot(had, replacing)),
    });
  }

  #isGone(id: SourceId): boolean {
    return this.#host.info().sources.some((source) => source.id === id && source.state === "replaced");
  }

  #isShown(id: MemberId): boolean {
    return this.#host
      .info()
      .sources.some(({ state, members }) => state !== "replaced" && members.some((member) => member.id === id));
  }

  /** What was read is out of sight; what it has to say of itself is the reason. */
  #whyNot(had: ReadonlySet<SourceId>, replacing: readonly Replacement[]): Fault {
    const read = this.#host.info().sources.filter(({ id }) => !had.has(id));
    const [problem] = read.flatMap(({ members, problems }) => [
      ...problems,
      ...members.flatMap((each) => each.problem ?? []),
    ]);
    const what = replacing.flatMap(({ members, path }) => members ?? [path]).join(", ");
    return fault(
      "format.unfit",
      `${what} could not be read whole this way${problem === undefined ? "" : `: ${problem.message}`} Nothing was replaced.`,
      "What is in the case stays as it was; choose another way to read it.",
    );
  }
}

interface Placed {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}

/** Its file can be told from another that lies in its place now. */
const isDigested = ({ state, sha256 }: SourceInfo): boolean => state === "ready" && sha256 !== undefined;

function memberIn(info: CaseInfo, id: MemberId): Placed {
  for (const source of info.sources) {
    const member = source.state === "replaced" ? undefined : source.members.find((each) => each.id === id);
    if (member !== undefined) return { source, member };
  }
  throw new FaultError(fault("request.stale", "This member is not in the case.", "Look at the list again."));
}

function pathsOf(set: readonly Placed[], { id }: SourceInfo): readonly string[] {
  return [...new Set(set.filter(({ source }) => source.id === id).map(({ member }) => member.path))];
}
