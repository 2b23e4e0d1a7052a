/** What passes between the engine and its import thread, apart from calls: batches one way, room for more the other. */
import type { MessagePort } from "node:worker_threads";
import type { ImportMessage } from "../base/batch.ts";
import type { Fault, FormatChoice, InspectedItem, Preview, ReadingAnswer, Sha256 } from "../contract.ts";

/** Batches under way that the writer has not taken yet; the thread waits when there are as many. */
export const UNACKNOWLEDGED = 8;

export interface ImportThreadData {
  readonly data: MessagePort;
}

export type ToEngine =
  | { readonly kind: "batch"; readonly message: ImportMessage }
  | { readonly kind: "progress"; readonly done: number; readonly total: number };
/** `fault`: the writer cannot go on, and neither should the thread. */
export type ToThread = { readonly kind: "taken"; readonly fault: Fault | undefined } | { readonly kind: "cancel" };

export interface ImportOrder {
  readonly path: string;
  /** What the source is called. */
  readonly name: string;
  readonly choices: Readonly<Record<string, FormatChoice>>;
  readonly skip: readonly string[];
  readonly zone: string | undefined;
  readonly answers: Readonly<Record<string, ReadingAnswer>>;
  readonly beyondLimits: boolean;
  /** To be tried in this order; in memory only. */
  readonly passwords: readonly string[];
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
  /** Resolves when the last batch was taken. Faults of the source itself are in its `source-end` batch. */
  importSource(order: ImportOrder): Promise<void>;
}
