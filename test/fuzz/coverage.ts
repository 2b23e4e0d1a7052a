import { carriers } from "../../workers/carriers/registry.ts";
import { containers } from "../../workers/containers/registry.ts";
import { formats } from "../../workers/formats/registry.ts";
import type { Reached } from "./trial.ts";

/** How often each container, carrier and format was entered; those that are registered and never were stand at 0. */
export class Coverage {
  readonly #counts = new Map<string, number>();
  entries = 0;
  rejects = 0;

  constructor() {
    for (const { id } of containers) this.#counts.set(`container ${id}`, 0);
    for (const { id } of carriers) this.#counts.set(`carrier ${id}`, 0);
    for (const { id } of formats) this.#counts.set(`format ${id}`, 0);
  }

  add(reached: Reached): void {
    this.entries += reached.entries;
    this.rejects += reached.rejects;
    for (const id of reached.containers) this.#count(`container ${id}`);
    for (const id of reached.carriers) this.#count(`carrier ${id}`);
    for (const id of reached.formats) this.#count(`format ${id}`);
  }

  #count(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  missed(): readonly string[] {
    return [...this.#counts].filter(([, count]) => count === 0).map(([key]) => key);
  }

  text(): string {
    const kinds = ["container", "carrier", "format"].map((kind) => {
      const own = [...this.#counts].filter(([key]) => key.startsWith(`${kind} `));
      return `${kind}s: ${own.map(([key, count]) => `${key.slice(kind.length + 1)} ${count}`).join(", ")}`;
    });
    return [...kinds, `entries: ${this.entries}, rejects: ${this.rejects}`].join("\n");
  }
}
