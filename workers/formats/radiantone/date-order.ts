/** The order of day and month in the one date column of these tables: told by the dates themselves or asked, never guessed. */
import { jsonText } from "../../base/json.ts";
import { isEitherOrder, orderOf } from "../../base/written-time.ts";
import type { MemberQuestion, Reading } from "../../contract.ts";
import type { CarriedRecord } from "../format.ts";
import { Mapping } from "../mapper.ts";

const MOST_SAMPLES = 5;

export function studyOrder(records: readonly CarriedRecord[], column: readonly string[], reading: Reading): Reading {
  const dateOrder = reading.dateOrder ?? orderOf(datesOf(records, column));
  return dateOrder === undefined ? reading : { ...reading, dateOrder };
}

export function orderQuestions(
  records: readonly CarriedRecord[],
  column: readonly string[],
  reading: Reading,
): readonly MemberQuestion[] {
  const samples = reading.dateOrder === undefined ? datesOf(records, column).filter(isEitherOrder) : [];
  return samples.length === 0 ? [] : [{ kind: "date-order", samples: samples.slice(0, MOST_SAMPLES) }];
}

function datesOf(records: readonly CarriedRecord[], column: readonly string[]): readonly string[] {
  return records.flatMap(({ body }) => {
    const found = body.kind === "object" ? new Mapping(body.value, () => {}).find(column) : undefined;
    return found === undefined ? [] : [jsonText(found.value)];
  });
}
