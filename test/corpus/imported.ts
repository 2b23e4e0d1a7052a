/** A file of the corpus in a case of its own, imported as a person would: by the engine, over its port. */
import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { EntryDetail, EntryId, GrantId, MemberInfo, ReadingAnswer, SourceInfo } from "../../workers/contract.ts";
import { printUtc } from "../../workers/base/time.ts";
import { Harness, query, value } from "../engine/harness.ts";

export interface ImportOptions {
  readonly password?: string | undefined;
  readonly answer?: ReadingAnswer;
}

export class Imported {
  readonly #h: Harness;
  readonly source: SourceInfo;

  private constructor(h: Harness, source: SourceInfo) {
    this.#h = h;
    this.source = source;
  }

  /** One case, one source for each name that the file is given; without names, its own. */
  static async under(
    names: readonly string[],
    path: string,
    options: ImportOptions = {},
  ): Promise<readonly Imported[]> {
    const h = new Harness();
    await h.newCase();
    const grants: GrantId[] = [];
    for (const name of names) {
      const file = join(h.folder, name);
      copyFileSync(path, file);
      grants.push(h.grant(file));
    }
    if (options.password !== undefined) value(await h.api.unlock(grants[0] as GrantId, options.password));
    const answers = await answersFor(h, grants, options.answer);
    const items = grants.map((grant) => ({ grant, choices: {}, skip: [], answers }));
    await h.finished(value(await h.api.startImport({ items })));
    if (h.bugs.length > 0) throw h.bugs[0];
    return (await h.info()).sources.map((source) => new Imported(h, source));
  }

  static async from(path: string, options: ImportOptions = {}): Promise<Imported> {
    const [only] = await Imported.under([basename(path)], path, options);
    if (only === undefined) throw new Error("nothing was imported");
    return only;
  }

  /** Members that were read as logs. */
  get logs(): readonly MemberInfo[] {
    return this.source.members.filter((member) => member.state === "ready" && member.format !== "");
  }

  sum(count: "records" | "entries" | "rejects" | "ignored" | "undated" | "duplicates"): number {
    return this.logs.reduce((total, member) => total + member[count], 0);
  }

  /** Of all dated entries, cut off to milliseconds as the indexes have it. */
  get reach(): readonly [string | null, string | null] {
    const times = this.logs.flatMap(({ first, last }) => [first, last]).filter((time) => time !== undefined);
    if (times.length === 0) return [null, null];
    return [toMs(Math.min(...times)), toMs(Math.max(...times))];
  }

  async count(text: string): Promise<number> {
    return value(await this.#h.api.open(query(text))).matched;
  }

  /** One row an entry that matches, in the order of time; lists as arrays. */
  async rows(
    text: string,
    ...columns: readonly string[]
  ): Promise<readonly (readonly (string | readonly string[])[])[]> {
    const result = value(await this.#h.api.open(query(text)));
    const page = value(await this.#h.api.rows(result.id, 0, 500, columns));
    return Array.from(page.entries, (_entry, row) => page.cells.map((cells) => cells[row] ?? ""));
  }

  async rejects(): Promise<readonly { readonly line: number; readonly text: string }[]> {
    const page = value(await this.#h.api.rejects(0, 500, undefined, undefined));
    return page.rows.map(({ line, bytes }) => ({ line, text: Buffer.from(bytes).toString() }));
  }

  /** The entry at a place in the order of the file, from 0. */
  async entry(ordinal: number): Promise<EntryDetail> {
    return value(await this.#h.api.entry(ordinal as EntryId));
  }

  /** All entries that match, 500 at most, in the order of time. */
  async entries(text: string): Promise<readonly EntryDetail[]> {
    const result = value(await this.#h.api.open(query(text)));
    const { entries } = value(await this.#h.api.rows(result.id, 0, 500, []));
    return await Promise.all(Array.from(entries, (entry) => this.entry(entry)));
  }

  async found(text: string): Promise<EntryDetail> {
    const result = value(await this.#h.api.open(query(text)));
    if (result.matched !== 1) throw new Error(`${text} matches ${result.matched} entries`);
    const { entries } = value(await this.#h.api.rows(result.id, 0, 1, []));
    return await this.entry(entries[0] as number);
  }
}

async function answersFor(
  h: Harness,
  grants: readonly GrantId[],
  answer: ReadingAnswer | undefined,
): Promise<Readonly<Record<string, ReadingAnswer>>> {
  if (answer === undefined) return {};
  const seen = value(await h.api.inspect(grants));
  return Object.fromEntries(membersOf(seen).map((member) => [member, answer]));
}

function membersOf(items: readonly { readonly members: readonly { readonly path: string }[] }[]): readonly string[] {
  return items.flatMap(({ members }) => members.map(({ path }) => path));
}

export function toMs(at: number): string {
  return printUtc(at as MemberInfo["first"] & number).replace(/\d{3}Z$/, "Z");
}

/** Values of a field of an entry; empty where it has none. */
export function valuesOf(detail: EntryDetail, name: string): readonly string[] {
  return detail.fields.find((field) => field.name === name)?.values ?? [];
}
