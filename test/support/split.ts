import type { Splitter, UnitOutput } from "../../workers/carriers/carrier.ts";
import type { Reading } from "../../workers/contract.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";

export type Unit =
  | { readonly kind: "record"; readonly record: CarriedRecord }
  | {
      readonly kind: "reject";
      readonly offset: number;
      readonly length: number;
      readonly line: number;
      readonly code: string;
      readonly detail: string;
    }
  | { readonly kind: "ignored" | "mark" | "blank"; readonly offset: number; readonly length: number };

/** All units of a member whose chunks end where `sizes` say (in turn, then round again). */
export function unitsOf(
  split: (output: UnitOutput, reading: Reading) => Splitter,
  bytes: Uint8Array,
  sizes: readonly number[],
  reading: Reading = {},
): readonly Unit[] {
  const units: Unit[] = [];
  const splitter = split(
    {
      record: (record) => void units.push({ kind: "record", record }),
      reject: (offset, length, line, code, detail) =>
        void units.push({ kind: "reject", offset, length, line, code, detail }),
      ignore: (offset, length, lines = 1) =>
        void units.push({ kind: lines === 0 ? "mark" : "ignored", offset, length }),
      blank: (offset, length) => void units.push({ kind: "blank", offset, length }),
      note: () => undefined,
    },
    reading,
  );
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    const chunk = bytes.slice(at, at + size);
    splitter.push(chunk);
    // A carrier must not count on the chunk once `push` has returned.
    chunk.fill(0x2a);
    at += size;
  }
  splitter.finish();
  return units;
}

export function placeOf(unit: Unit): { readonly offset: number; readonly length: number } {
  return unit.kind === "record" ? unit.record : unit;
}

/** The first byte that no unit or two units hold, in order; undefined when the units partition `[0, total)`. */
export function firstHole(units: readonly Unit[], total: number): number | undefined {
  let end = 0;
  for (const unit of units) {
    const { offset, length } = placeOf(unit);
    if (offset !== end || length <= 0) return end;
    end += length;
  }
  return end === total ? undefined : end;
}
