import { raise } from "../base/fault.ts";
import type { Container } from "../containers/container.ts";
import { type ExpandContext, expandSource, type Leaf } from "./expand.ts";
import type { SourceFile } from "./read.ts";

/**
 * Goes to any member of a source by its place among all of them. What lies behind is reached by going through the
 * container again, because some can be read only from front to back.
 */
export class LeafCursor {
  readonly #container: Container;
  readonly #file: SourceFile;
  readonly #context: ExpandContext;
  #leaves: AsyncGenerator<Leaf> | undefined;
  #next = 0;
  #passes = 0;

  constructor(container: Container, file: SourceFile, context: ExpandContext) {
    this.#container = container;
    this.#file = file;
    this.#context = context;
  }

  /** How often the container was begun. */
  get passes(): number {
    return this.#passes;
  }

  /** The member that follows; undefined at the end. Its bytes must be read or left before the next is asked for. */
  async next(): Promise<Leaf | undefined> {
    if (this.#leaves === undefined) {
      this.#leaves = expandSource(this.#container, this.#file, this.#context);
      this.#next = 0;
      this.#passes++;
    }
    const { done, value } = await this.#leaves.next();
    if (done === true) {
      this.#leaves = undefined;
      return undefined;
    }
    this.#next++;
    return value;
  }

  /** The member at a place from 0. Fault: source.changed, when it is another than the first time. */
  async seek(place: number, path: string): Promise<Leaf> {
    if (this.#leaves === undefined || place < this.#next) await this.rewind();
    for (;;) {
      const leaf = await this.next();
      if (leaf === undefined) break;
      if (this.#next <= place) continue;
      if (leaf.path === path) return leaf;
      break;
    }
    return raise(
      "source.changed",
      `${this.#file.name} changed while it was read: ${path} is not where it was.`,
      "Copy the file to a place where nothing writes to it, and import the copy.",
      { source: this.#file.path, member: path },
    );
  }

  /** Leaves the pass that is under way. */
  async rewind(): Promise<void> {
    const leaves = this.#leaves;
    this.#leaves = undefined;
    this.#next = 0;
    await leaves?.return(undefined);
  }
}
