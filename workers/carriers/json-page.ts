/** What the envelope of an API says of the page that it holds: how many records there are in all, and whether more follow. */
import { parseJson } from "../base/json-parse.ts";
import { ExactNumber, isJsonObject, type JsonValue } from "../base/json.ts";
import { KeptBytes } from "./kept-bytes.ts";

/** What an envelope says of its page. */
export interface Page {
  /** Records of all pages of the member. */
  readonly records: number;
  /** How many there are where the page comes from. */
  readonly total: number | undefined;
  /** It names a page that follows. */
  readonly hasNext: boolean;
  /** The member ends before its last array or envelope does. */
  readonly isCut: boolean;
  /** What went wrong where the page comes from, each once, in words that go on from "the search". */
  readonly troubles: readonly string[];
}

/** Names, totals and links of an envelope are longer than this only by accident. */
const MOST_CAPTURED = 4096;

const TOTAL_NAME = /^(?:totalEntityCount|total_?count|total|total_?results|total_?records|total_?hits|@odata\.count)$/i;
const NEXT_NAME = /^(?:@odata\.nextLink|next_?link|next_?token|next_?cursor|next_?page|next)$/i;

export class PageReader {
  total: number | undefined;
  hasNext = false;
  readonly troubles = new Set<string>();
  readonly #captured = new KeptBytes(MOST_CAPTURED);
  /** The totals are of different searches, and add up. */
  readonly #addsUp: boolean;

  constructor(addsUp = false) {
    this.#addsUp = addsUp;
  }

  start(): void {
    this.#captured.clear();
  }
  add(bytes: Buffer, from: number, to: number): void {
    this.#captured.add(bytes, from, to);
  }

  /** The name that was added. */
  name(): string {
    const value = this.#value();
    return typeof value === "string" && value !== "" ? value : "?";
  }

  /** The value that was added is that of `name`. */
  note(name: string): void {
    const value = this.#value();
    if (TOTAL_NAME.test(name)) {
      // Elasticsearch counts in an object: {"value":10000,"relation":"gte"}.
      const counted = isJsonObject(value) ? value["value"] : value;
      if (typeof counted === "number") {
        this.total = this.#addsUp ? counted + (this.total ?? 0) : Math.max(counted, this.total ?? 0);
      }
    } else if (NEXT_NAME.test(name) && typeof value === "string" && value !== "") {
      this.hasNext = true;
    } else if (name === "timed_out" && value === true) {
      this.troubles.add("ran out of time");
    } else if (
      name === "_shards" &&
      isJsonObject(value) &&
      typeof value["failed"] === "number" &&
      value["failed"] > 0
    ) {
      this.troubles.add("failed on a part of the index (shard)");
    }
  }

  #value(): JsonValue | undefined {
    const text = this.#captured.takeText();
    const parsed = text === undefined ? undefined : parseJson(text);
    if (parsed?.ok !== true) return undefined;
    return parsed.value instanceof ExactNumber ? Number(parsed.value.text) : parsed.value;
  }
}
