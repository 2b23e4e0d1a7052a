/** Looks at files before they are imported, in a thread of its own so that a running import does not hold it up. */
import { basename } from "node:path";
import { MessageChannel } from "node:worker_threads";
import type { Fault, FormatChoice, GrantId, InspectedItem, Preview, ReadingAnswer, SourceInfo } from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import type { ImportThreadApi, ImportThreadData } from "./import-protocol.ts";
import { Thread, threadFile } from "./thread.ts";

/**
 * A thread that reads hostile input dies alone. Importing keeps little alive; without limits V8 would let garbage grow
 * to several times that before it collects.
 */
const READER_LIMITS = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 16 } as const;

export function startReader(folder: URL, data: ImportThreadData): Thread<ImportThreadApi> {
  const options = { workerData: data, transferList: [data.data], resourceLimits: READER_LIMITS };
  return new Thread<ImportThreadApi>(threadFile(folder, "import-worker"), options);
}

export class Inspector {
  readonly #folder: URL;
  #thread: Thread<ImportThreadApi> | undefined;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** Never throws for what is wrong with the file: that is the answer. */
  async inspect(grant: GrantId, path: string, sources: readonly SourceInfo[]): Promise<InspectedItem> {
    try {
      const { sha256, ...seen } = await this.#api().inspect(
        path,
        sources.map((source) => source.bytes),
      );
      const alreadyIn = sources.find((source) => sha256 !== undefined && source.sha256 === sha256)?.id;
      return { grant, ...seen, alreadyIn };
    } catch (error) {
      const problem = faultOf(error) ?? died(path);
      return {
        grant,
        name: basename(path),
        bytes: 0,
        container: "",
        members: [],
        problem,
        alreadyIn: undefined,
        password: "none",
      };
    }
  }

  preview(path: string, member: string, choice: FormatChoice, answer: ReadingAnswer): Promise<Preview> {
    return this.#api().preview(path, member, choice, answer);
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

function died(path: string): Fault {
  return fault(
    "source.unreadable",
    `Looking at ${basename(path)} failed.`,
    "Import it to see how far it can be read.",
    { source: path },
  );
}
