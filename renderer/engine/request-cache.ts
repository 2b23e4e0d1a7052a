/**
 * Answers of the engine by what was asked. Results are snapshots, so an answer about one never goes stale: the key
 * carries the result's id and nothing is ever invalidated, only forgotten when there are too many.
 */
import type { Fault, Result } from "../../workers/contract.ts";
import { EngineGoneError } from "./client.ts";

export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "fault"; readonly fault: Fault };

const LOADING = { state: "loading" } as const;
const MOST_KEPT = 400;

export class RequestCache {
  private readonly answers = new Map<string, Loaded<unknown>>();
  private readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What is known now; the same object until it changes. */
  peek<T>(key: string): Loaded<T> | undefined {
    return this.answers.get(key) as Loaded<T> | undefined;
  }

  /** Asks unless it was asked. A lost engine's questions are forgotten, to be asked of the next one. */
  ask<T>(key: string, run: () => Promise<Result<T>>): void {
    if (this.answers.has(key)) return;
    this.keep(key, LOADING);
    run().then(
      (answer) =>
        this.keep(key, answer.ok ? { state: "ready", value: answer.value } : { state: "fault", fault: answer.fault }),
      (error: unknown) => {
        if (error instanceof EngineGoneError) this.answers.delete(key);
        else this.keep(key, { state: "fault", fault: unexpected(error) });
      },
    );
  }

  forget(prefix: string): void {
    for (const key of this.answers.keys()) if (key.startsWith(prefix)) this.answers.delete(key);
    this.tell();
  }

  private keep(key: string, answer: Loaded<unknown>): void {
    this.answers.delete(key);
    this.answers.set(key, answer);
    if (this.answers.size > MOST_KEPT) this.dropOldest();
    this.tell();
  }

  private dropOldest(): void {
    for (const [key, answer] of this.answers) {
      if (answer.state === "loading") continue;
      this.answers.delete(key);
      return;
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** A bug of the engine, as something that can be shown where its answer was expected. */
export function unexpected(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "engine.gone",
    message: `Exhibit could not answer this: ${message}`,
    next: "Copy the details and report them; the case file is unchanged.",
  };
}
