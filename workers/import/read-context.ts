import type { Reading } from "../contract.ts";
import type { ReadContext } from "../formats/format.ts";
import { fileName } from "./choose.ts";

/** What a format may depend on beside the bytes of a member: the same at import, in a preview and on rereading. */
export function readContext(path: string, zone: string | undefined, reading: Reading): ReadContext {
  const { timeField, dateOrder, names, mapping } = reading;
  return {
    zone,
    memberName: fileName(path),
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(names === undefined ? {} : { names }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}
