/**
 * The times of RadiantOne: fourteen digits without a zone (documented for the log target; elsewhere the vendor calls them
 * LDAP), eight digits for a day, and what generalised time adds (RFC 4517, 3.3.13). An export that was edited on the way
 * may hold dates as people write them.
 */
import { parseIso, type ParsedTime } from "../../base/time.ts";
import { type DateOrder, parseWritten } from "../../base/written-time.ts";

const LDAP = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** undefined: no date, none that exists, or one of which day and month could be either. */
export function parseVendorDate(text: string, order: DateOrder | undefined): ParsedTime | undefined {
  const trimmed = text.trim();
  const found = LDAP.exec(trimmed);
  if (found === null) return parseWritten(trimmed, order);
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction, zone = ""] = found;
  const clock = `${hour}:${minute}:${second}${fraction === undefined ? "" : `.${fraction}`}`;
  return parseIso(`${year}-${month}-${day}T${clock}${zone}`);
}
