import { isAscii } from "../base/bytes.ts";
import { SeenTokens, standsIn } from "../base/shown-words.ts";
import type { CarriedRecord } from "../formats/format.ts";

/** Tells whether words of an entry's values can be seen in its own bytes. */
export class WordFinder {
  readonly #seen = new SeenTokens();

  /** Whether each of the words stands in the records' own bytes. */
  shows(records: readonly CarriedRecord[], words: readonly string[]): boolean {
    const hidden = words.filter((word) => !stands(records, word));
    if (hidden.length === 0) return true;
    this.#seen.clear();
    for (const { body } of records) {
      if (body.text === undefined || isDerived(body)) return false;
      this.#seen.add(body.text);
    }
    return this.#seen.hasAll(Buffer.from(hidden.join("\n")).toString("latin1"));
  }
}

function stands(records: readonly CarriedRecord[], word: string): boolean {
  return (
    isAscii(word) &&
    records.some(({ body }) => body.text !== undefined && !isDerived(body) && standsIn(body.text, word))
  );
}

/** Such text is not the bytes as they lie in the member. */
function isDerived(body: CarriedRecord["body"]): boolean {
  return body.kind === "text" && body.derived !== undefined;
}
