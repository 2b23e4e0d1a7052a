/** What passes between the engine and its import thread, apart from calls: batches one way, room for more the other. */
import type { MessagePort } from "node:worker_threads";
import type { ImportMessage } from "../base/batch.ts";
import type { BesideFile } from "../import/settings-file.ts";
import type { Fault, FormatChoice, InspectedItem, Preview, ReadingAnswer, Sha256 } from "../contract.ts";

/** Batches under way that the writer has not taken yet; the thread waits when there are as many. */
export const UNACKNOWLEDGED = 8;

export interface ImportThreadData {
  readonly data: MessagePort;
}

export type ToEngine =
  | { readonly kind: "batch"; readonly message: ImportMessage }
  /** `source`: the place of its order among those of the call. */
  | { readonly kind: "progress"; readonly source: number; readonly done: number; readonly total: number }
  /** A defect of a carrier or format, which cost one member. */
  | { readonly kind: "bug"; readonly error: unknown };
/** `fault`: the writer cannot go on, and neither should the thread. */
export type ToThread = { readonly kind: "taken"; readonly fault: Fault | undefined } | { readonly kind: "cancel" };

export interface ImportOrder {
  readonly path: string;
  /** What the source is called. */
  readonly name: string;
  readonly choices: Readonly<Record<string, FormatChoice>>;
  readonly skip: readonly string[];
  /** As of `ImportSourceRequest`. */
  readonly only?: readonly string[];
  readonly zone: string | undefined;
  readonly answers: Readonly<Record<string, ReadingAnswer>>;
  readonly beyondLimits: boolean;
  /** To be tried in this order; in memory only. */
  readonly passwords: readonly string[];
  /** Account names that lie beside the file. */
  readonly names: readonly BesideFile[];
}
type Inspection = Pick<InspectedItem, "name" | "bytes" | "container" | "members" | "problem" | "password"> & {
  /** Taken only where the size makes it possible that the file is in the case already. */
  readonly sha256: string | undefined;
};

export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

export interface ImportThreadApi {
  /** `name`: what the source will be called. `sizes`: bytes of the sources that the case has. */
  inspect(file: NamedFile, sizes: readonly number[], passwords: readonly string[]): Promise<Inspection>;
  preview(
    file: NamedFile,
    member: string,
    choice: FormatChoice,
    answer: ReadingAnswer,
    passwords: readonly string[],
  ): Promise<Preview>;
  /** SHA-256 of a file as it is now. */
  digest(path: string): Promise<Sha256>;
  /** Those of the files that hold account names: passwd and group files by their content. Others are not read. */
  identities(paths: readonly string[]): Promise<readonly BesideFile[]>;
  /**
   * Imports files in one run. Resolves when the last batch was taken. Faults of a source itself are in its `source-end`
   * batch.
   */
  importSources(orders: readonly ImportOrder[]): Promise<void>;
}
