/** The rows of one result, loaded by pages as they come into sight; the oldest pages are forgotten. */
import type { Cell, EntryId, Fault, ResultId, RowPage } from "../../workers/contract.ts";
import { EngineGoneError, type EngineConnection } from "./client.ts";
import { unexpected } from "./request-cache.ts";

const PAGE = 200;
const MOST_PAGES = 60;

export interface Row {
  readonly id: EntryId;
  /** NaN = undated. */
  readonly time: number;
  readonly precision: number;
  readonly flags: number;
  readonly member: number;
  /** In the order of the columns asked for. */
  readonly cells: readonly Cell[];
}

export class RowPages {
  readonly result: ResultId;
  readonly columns: readonly string[];
  /** Grows with every page that arrives. */
  version = 0;
  fault: Fault | undefined;
  private readonly engine: EngineConnection;
  private readonly pages = new Map<number, RowPage | "loading">();
  private readonly listeners = new Set<() => void>();

  constructor(engine: EngineConnection, result: ResultId, columns: readonly string[]) {
    this.engine = engine;
    this.result = result;
    this.columns = columns;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Undefined until its page is there. */
  row(index: number): Row | undefined {
    const page = this.pages.get(Math.floor(index / PAGE));
    if (page === undefined || page === "loading") return undefined;
    const at = index - page.first;
    const id = page.entries[at];
    if (id === undefined) return undefined;
    return {
      id: id as EntryId,
      time: page.time[at] as number,
      precision: page.precision[at] as number,
      flags: page.flags[at] as number,
      member: page.member[at] as number,
      cells: page.cells.map((column) => column[at] ?? ""),
    };
  }

  /** Asks for the pages of these rows. To be called in an effect. */
  want(first: number, count: number): void {
    for (let page = Math.floor(first / PAGE); page * PAGE < first + count; page += 1) {
      const known = this.pages.get(page);
      if (known === undefined) this.load(page);
      else this.keep(page, known);
    }
  }

  private load(page: number): void {
    this.keep(page, "loading");
    this.engine.api.rows(this.result, page * PAGE, PAGE, this.columns).then(
      (answer) => {
        if (answer.ok) this.keep(page, answer.value);
        else this.fail(page, answer.fault);
        this.tell();
      },
      (error: unknown) => {
        if (error instanceof EngineGoneError) this.pages.delete(page);
        else this.fail(page, unexpected(error));
        this.tell();
      },
    );
  }

  private fail(page: number, fault: Fault): void {
    this.pages.delete(page);
    // A result that was replaced meanwhile is no trouble: its rows are not shown any more.
    if (fault.code !== "request.stale") this.fault = fault;
  }

  private keep(page: number, value: RowPage | "loading"): void {
    this.pages.delete(page);
    this.pages.set(page, value);
    for (const [oldest, held] of this.pages) {
      if (this.pages.size <= MOST_PAGES) return;
      if (held !== "loading") this.pages.delete(oldest);
    }
  }

  private tell(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
