/** Looks at files before they are imported, in a thread of its own so that a running import does not hold it up. */
import { MessageChannel } from "node:worker_threads";
import type {
  Fault,
  FormatChoice,
  GrantId,
  InspectedItem,
  MemberVerdict,
  Preview,
  ReadingAnswer,
  Sha256,
  SourceInfo,
} from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import type { ImportThreadApi, ImportThreadData, NamedFile } from "./import-protocol.ts";
import { Thread, threadFile } from "./thread.ts";

/**
 * A thread that reads hostile input dies alone. Importing keeps little alive; without limits V8 would let garbage grow
 * to several times that before it collects.
 */
const READER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 } as const;

export function startReader(folder: URL, data: ImportThreadData): Thread<ImportThreadApi> {
  const options = { workerData: data, transferList: [data.data], resourceLimits: READER_LIMITS };
  return new Thread<ImportThreadApi>(threadFile(folder, "import-worker"), options);
}

export interface Inspected {
  readonly grant: GrantId;
  readonly path: string;
  /** As the item is called. */
  readonly name: string;
  readonly passwords: readonly string[];
}

export class Inspector {
  readonly #folder: URL;
  #thread: Thread<ImportThreadApi> | undefined;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** Never throws for what is wrong with the file: that is the answer. */
  async inspect(file: Inspected, sources: readonly SourceInfo[]): Promise<InspectedItem> {
    const { grant, path, name, passwords } = file;
    const sizes = sources.map((source) => source.bytes);
    try {
      const { sha256, ...seen } = await this.#api().inspect({ path, name }, sizes, passwords);
      const alreadyIn = sources.find((source) => sha256 !== undefined && source.sha256 === sha256)?.id;
      return { grant, ...seen, name, alreadyIn };
    } catch (error) {
      return unread(grant, name, faultOf(error) ?? died(name, path));
    }
  }

  preview(
    file: NamedFile,
    member: string,
    choice: FormatChoice,
    answer: ReadingAnswer,
    passwords: readonly string[],
  ): Promise<Preview> {
    return this.#api().preview(file, member, choice, answer, passwords);
  }

  /** SHA-256 of a file as it is now. Faults: those of opening and reading it. */
  digest(path: string): Promise<Sha256> {
    return this.#api().digest(path);
  }

  async stop(): Promise<void> {
    await this.#thread?.stop();
    this.#thread = undefined;
  }

  #api(): ImportThreadApi {
    if (this.#thread !== undefined) return this.#thread.api;
    const thread = startReader(this.#folder, { data: new MessageChannel().port2 });
    this.#thread = thread;
    void thread.ended.then(() => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    return thread.api;
  }
}

/** An item that is listed with what stands against it. */
export function unread(grant: GrantId, name: string, problem: Fault): InspectedItem {
  return {
    grant,
    name,
    bytes: 0,
    container: "",
    members: [],
    problem,
    alreadyIn: undefined,
    password: "none",
  };
}

/** Members of one kind have the same choices: held once, they are sent once, however many files a folder has. */
export function sharingChoices(items: readonly InspectedItem[]): readonly InspectedItem[] {
  const known = new Map<string, MemberVerdict["choices"]>();
  const shared = (choices: MemberVerdict["choices"]): MemberVerdict["choices"] => {
    const key = choices.map(({ choice }) => choice).join(" ");
    const held = known.get(key) ?? choices;
    known.set(key, held);
    return held;
  };
  return items.map((item) => ({
    ...item,
    members: item.members.map((member) => ({ ...member, choices: shared(member.choices) })),
  }));
}

function died(name: string, path: string): Fault {
  return fault("source.unreadable", `Looking at ${name} failed.`, "Import it to see how far it can be read.", {
    source: path,
  });
}
