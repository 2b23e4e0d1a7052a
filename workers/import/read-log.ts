/** Imports one log: a member, or the members of a rotated set one after another. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportMessage, MemberEnd } from "../base/batch.ts";
import { throwIfCancelled } from "../base/abort.ts";
import { fault } from "../base/fault.ts";
import { cutterOf } from "../carriers/encoded.ts";
import type { Fault } from "../contract.ts";
import type { Chosen } from "./choose.ts";
import { Defect } from "./defect.ts";
import { beginMember, endMember } from "./leaf-import.ts";
import { LogImport } from "./log-import.ts";
import { brokenOff, type OpenLeaf, placed, pump, type Pumped } from "./pump.ts";
import { readContext } from "./read-context.ts";
import type { RunContext, SourceRun } from "./source-run.ts";

/** A member of a log. */
export interface LogMember {
  readonly source: SourceRun;
  readonly place: number;
  readonly path: string;
  readonly choice: Chosen;
}
interface Begun {
  readonly member: LogMember;
  readonly leaf: OpenLeaf;
  readonly number: number;
  pumped: Pumped;
  /** Counted to its source already. */
  entries: number;
  rejects: number;
}

const NOT_READ: Pumped = {
  isBroken: false,
  outcome: { state: "failed", bytes: 0, sha256: undefined, problem: undefined, flags: 0 },
};

/**
 * Imports the members of a log, oldest first. Troubles of a member stay its own: the rest of its set is read all the
 * same. After a defect of Exhibit the members that follow are begun anew, as a log of their own. Throws only when the
 * whole run must stop.
 */
export async function importLog(members: readonly LogMember[]): Promise<void> {
  for (let rest = members; rest.length > 0; ) rest = rest.slice(await new LogReading(rest, members).run());
}

class LogReading {
  readonly #members: readonly LogMember[];
  readonly #set: readonly LogMember[];
  readonly #work: LogImport;
  readonly #run: RunContext;
  #begun: Begun[] = [];

  /** `set`: all that are one log, those that were read before included. */
  constructor(members: readonly LogMember[], set: readonly LogMember[]) {
    const first = members[0];
    if (first === undefined) throw new Error("a log has one member at least");
    this.#members = members;
    this.#set = set;
    this.#run = first.source.run;
    this.#work = new LogImport(first.choice.format, this.#run.columns);
  }

  /** Returns how many members it has dealt with. */
  async run(): Promise<number> {
    let taken = 0;
    for (const member of this.#members) {
      taken++;
      await member.source.attempt(() => this.#read(member));
      if (this.#run.signal.aborted) return await this.#cancel();
      if (this.#begun.at(-1)?.pumped.isBroken === true) break;
    }
    const isBroken = this.#begun.at(-1)?.pumped.isBroken === true || !(await this.#finish());
    if (this.#run.signal.aborted) return await this.#cancel();
    if (isBroken) await this.#send(this.#work.cutOff());
    for (const begun of this.#begun) await this.#end(begun, isBroken);
    return taken;
  }

  async #read(member: LogMember): Promise<void> {
    const { source, place, path, choice } = member;
    const leaf = await source.cursor.seek(place, path);
    const { content } = leaf;
    if (content.kind === "refused") throw new Error(`${path} could be opened before and cannot now`);
    const reading = source.readingOf(path, choice);
    const number = await beginMember(source, leaf, place, { ...choice, reading }, this.#readWith(member));
    const begun: Begun = { member, leaf: { ...leaf, content }, number, pumped: NOT_READ, entries: 0, rejects: 0 };
    this.#begun.push(begun);
    await this.#contain(begun, async () => {
      const context = readContext(path, source.zoneOf(path), reading);
      Defect.guard(() => this.#work.begin(number, cutterOf(choice.carrier, reading), context));
      begun.pumped = await pump(begun.leaf, source, async (slice) => {
        await this.#send(Defect.guard(() => this.#work.push(slice)));
        this.#tally();
      });
      if (begun.pumped.isBroken || begun.pumped.outcome.state === "cancelled") return;
      await this.#send(Defect.guard(() => this.#work.endMember()));
      await this.#endSettled();
    });
  }

  /** What a format holds back to the end may be a lot, so a cancel is seen in between. False = a defect showed. */
  async #finish(): Promise<boolean> {
    const last = this.#begun.at(-1);
    if (last === undefined) return true;
    const next = (): ImportMessage[] | undefined => Defect.guard(() => this.#work.drain());
    await this.#contain(last, async () => {
      for (let messages = next(); messages !== undefined; messages = next()) {
        await this.#send(messages);
        await nextTurn();
        if (this.#run.signal.aborted) return;
      }
      await this.#send(Defect.guard(() => this.#work.finish()));
    });
    return !last.pumped.isBroken;
  }

  /** A defect costs the member that was being read. */
  async #contain(begun: Begun, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Defect)) throw error;
      const { bytes } = begun.pumped.outcome;
      begun.pumped = brokenOff(begun.leaf, begun.member.source, error, bytes, bytes);
    }
  }

  async #cancel(): Promise<never> {
    await this.#send(this.#work.cutOff());
    for (const begun of this.#begun) {
      const { bytes } = begun.pumped.outcome;
      begun.pumped = { ...NOT_READ, outcome: { ...NOT_READ.outcome, state: "cancelled", bytes } };
      await this.#end(begun, false);
    }
    throwIfCancelled(this.#run.signal);
    throw new Error("a log was cancelled without a cancel");
  }

  /** Members of which nothing can come any more end before the log does. */
  async #endSettled(): Promise<void> {
    for (let settled = this.#work.settle(); settled !== undefined; settled = this.#work.settle()) {
      await this.#send(settled.messages);
      const begun = this.#begun.shift();
      if (begun?.number !== settled.number) throw new Error("a member ended out of order");
      await this.#end(begun, false);
    }
  }

  async #end(begun: Begun, isBroken: boolean): Promise<void> {
    this.#tally();
    await endMember(begun.member.source, begun.number, this.#endOf(begun, isBroken));
    if (begun.pumped.outcome.state !== "cancelled") begun.member.source.report();
  }

  #endOf({ member, number, pumped }: Begun, isBroken: boolean): MemberEnd {
    const { isWhole, note, ...counts } = this.#work.counts(number);
    const { outcome } = pumped;
    const end = { ...outcome, ...counts, ledger: { ...counts.ledger, total: outcome.bytes } };
    if (pumped.isBroken || outcome.state === "cancelled") return end;
    if (isWhole) return { ...end, problem: outcome.problem ?? placed(note, member.path) };
    const problem = isBroken ? takenAlong(member.path) : unaccounted(member);
    return { ...end, sha256: undefined, state: "failed", problem };
  }

  #readWith(member: LogMember): readonly string[] {
    const others = this.#set.filter((other) => other !== member);
    if (others.length === 0) return [];
    return [`read as one log with ${others.map((other) => nameOf(other)).join(", ")}`];
  }

  #tally(): void {
    for (const begun of this.#begun) {
      const { entries, rejects } = this.#work.tally(begun.number);
      begun.member.source.entries += entries - begun.entries;
      begun.member.source.rejects += rejects - begun.rejects;
      begun.entries = entries;
      begun.rejects = rejects;
    }
  }

  async #send(messages: readonly ImportMessage[]): Promise<void> {
    for (const message of messages) await this.#run.sink.accept(message);
  }
}

/** A plain file by its own name, a member of an archive by its path in it. */
function nameOf({ source, path }: LogMember): string {
  return source.isPlain ? source.file.name : path;
}

/** The open events of a member are lost with the file of its set in which a defect showed. */
function takenAlong(member: string): Fault {
  return fault(
    "format.unfit",
    `Events at the end of ${member} go on in the next file of its log, where Exhibit broke off; they were not read. This is a defect of Exhibit.`,
    "Import the file by itself, and report the defect with the name of the format.",
    { member },
  );
}

/** Seen only when a carrier or format has a defect; better said than sealed. */
function unaccounted({ path, choice }: LogMember): Fault {
  return fault(
    "format.unfit",
    `Exhibit could not account for every byte of ${path} as ${choice.carrier.id}+${choice.format.id}; this is a defect of Exhibit.`,
    "Import it again as plain text lines, and report the defect with the name of the format.",
    { member: path },
  );
}
