/** Marks and tokens of an unwrapped text, told in bytes of the record that it was unwrapped from. */
import type { ByteMark, RecordToken } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";

type Place = { readonly start: number; readonly end: number };

export class RecordPlaces {
  readonly #records: readonly CarriedRecord[];

  constructor(records: readonly CarriedRecord[]) {
    this.#records = records;
  }

  /** undefined where the text does not tell which bytes it was made of: no mark is better than a wrong one. */
  mark(mark: ByteMark | undefined): ByteMark | undefined {
    if (mark === undefined) return undefined;
    const place = this.#place(mark.record, mark);
    return place === undefined ? undefined : { ...mark, ...place };
  }

  tokens(record: number, tokens: readonly RecordToken[]): readonly RecordToken[] {
    return tokens.flatMap((token) => {
      const place = this.#place(record, token);
      return place === undefined ? [] : [{ ...token, ...place }];
    });
  }

  #place(at: number, { start, end }: Place): Place | undefined {
    const record = this.#records[at];
    if (record === undefined || record.body.kind !== "text" || record.body.derived === undefined) return { start, end };
    const { placeOf } = record.body.derived;
    if (placeOf === undefined || end <= start) return undefined;
    const place = { start: placeOf(start), end: placeOf(end) };
    const isInside = place.start >= 0 && place.start < place.end && place.end <= record.length;
    return isInside ? place : undefined;
  }
}
