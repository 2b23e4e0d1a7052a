/** Worker threads of the engine, spoken to by guarded RPC. */
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { Fault } from "../contract.ts";
import { type Connection, connect } from "./rpc/connect.ts";
import { fromNodePort } from "./rpc/port.ts";

export type ThreadName = "import-worker" | "query-worker" | "export-worker";

/**
 * Where the entry files of threads lie. Built, they lie beside the entry that starts them; from source they lie in
 * `workers/engine`, wherever the caller does. `entry` is the caller's `import.meta.url`.
 */
export function threadFolder(entry: string): URL {
  return new URL(entry.endsWith(".ts") ? "../engine/" : "./", entry);
}

export function threadFile(folder: URL, name: ThreadName): URL {
  return new URL(`${name}${folder.pathname.endsWith("/engine/") ? ".ts" : ".js"}`, folder);
}

const GONE: Fault = {
  code: "engine.gone",
  message: "A part of the engine ended unexpectedly.",
  next: "Try again; the case itself is unharmed.",
};

export class Thread<Api extends object> {
  readonly api: Api;
  /** How it ended: the error it died of, or undefined when it was stopped. */
  readonly ended: Promise<Error | undefined>;
  readonly #worker: Worker;
  readonly #connection: Connection<Api>;

  constructor(file: URL, options: WorkerOptions) {
    this.#worker = new Worker(file, options);
    this.#connection = connect<Api>(fromNodePort(this.#worker), GONE);
    this.api = this.#connection.api;
    this.ended = new Promise((resolve) => {
      let died: Error | undefined;
      this.#worker.on("error", (error: unknown) => {
        died = error instanceof Error ? error : new Error(String(error));
      });
      this.#worker.on("exit", (code) =>
        resolve(died ?? (code === 0 || code === 1 ? undefined : new Error(`exit ${code}`))),
      );
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
