/** Equal neighbours of a byte map joined, so that a map is a few boxes and not thousands. */
import type { ByteMap } from "../../../workers/contract.ts";

const MAP_KINDS = ["entries", "rejects", "ignored", "blank", "unread"] as const;
export type MapKind = (typeof MAP_KINDS)[number];

export interface MapRun {
  readonly kind: MapKind;
  /** Cells `from … to`, the end excluded. */
  readonly from: number;
  readonly to: number;
}

export function mapRuns(kinds: Uint8Array): readonly MapRun[] {
  const runs: { kind: MapKind; from: number; to: number }[] = [];
  kinds.forEach((code, cell) => {
    const kind = MAP_KINDS[code] ?? "unread";
    const last = runs.at(-1);
    if (last?.kind === kind) last.to = cell + 1;
    else runs.push({ kind, from: cell, to: cell + 1 });
  });
  return runs;
}

/** First byte of a cell. */
export function cellOffset(map: ByteMap, cell: number): number {
  return Math.floor((cell / map.kinds.length) * map.bytes);
}

/** The first stretch of a kind, as bytes; undefined where the map shows none. */
export function firstOf(map: ByteMap, kind: MapKind): number | undefined {
  const cell = map.kinds.indexOf(MAP_KINDS.indexOf(kind));
  return cell < 0 ? undefined : cellOffset(map, cell);
}
