/**
 * Cuts a member as its reading says: a carrier sees UTF-8 whatever the member is written in, and the units it makes are
 * told in bytes of the member.
 */
import type { Reading } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";

export interface Cutter {
  readonly carrier: Carrier;
  split(output: UnitOutput): Splitter;
  /** As `Carrier.reread`. */
  reread(bytes: Uint8Array, offset: number, line: number, near: number | undefined): CarriedRecord | undefined;
}

export function cutterOf(carrier: Carrier, reading: Reading): Cutter {
  return {
    carrier,
    split: (output) => carrier.split(output, reading),
    reread: (bytes, offset, line, near) => carrier.reread(bytes, offset, line, reading, near),
  };
}
