/** Rows of a hex view, aligned to the offset in the member. */
import type { ByteSpan } from "./raw-layout.ts";

interface HexCell {
  readonly hex: string;
  /** As ASCII; a dot for what has no glyph there. */
  readonly text: string;
  readonly marked: boolean;
}
export interface HexRow {
  /** Offset of the first cell in the member. */
  readonly offset: number;
  /** Undefined where the bytes are not known here: before the first or after the last. */
  readonly cells: readonly (HexCell | undefined)[];
}

export interface HexView {
  readonly bytes: Uint8Array;
  /** Offset of `bytes[0]` in the member. */
  readonly offset: number;
  /** Places in `bytes`. */
  readonly mark: ByteSpan | undefined;
  readonly perRow: number;
  readonly rows: number;
}

/** `rows` rows around the mark: one before the row it begins in, where there is one. Without a mark, the first ones. */
export function hexRows({ bytes, offset, mark, perRow, rows }: HexView): readonly HexRow[] {
  if (bytes.length === 0) return [];
  const align = (at: number): number => Math.floor(at / perRow) * perRow;
  const first = align(offset);
  const last = align(offset + bytes.length - 1);
  const wanted = mark === undefined ? first : align(offset + mark.start) - perRow;
  const from = Math.max(first, Math.min(wanted, last - (rows - 1) * perRow));
  const count = Math.min(rows, (last - from) / perRow + 1);
  return Array.from({ length: count }, (_, row) => {
    const at = from + row * perRow;
    return { offset: at, cells: Array.from({ length: perRow }, (__, cell) => cellAt(bytes, at + cell - offset, mark)) };
  });
}

function cellAt(bytes: Uint8Array, at: number, mark: ByteSpan | undefined): HexCell | undefined {
  const byte = at < 0 ? undefined : bytes[at];
  if (byte === undefined) return undefined;
  return {
    hex: hexByte(byte),
    text: byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·",
    marked: mark !== undefined && at >= mark.start && at < mark.end,
  };
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, "0");

/** "65 78 69 74" */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, hexByte).join(" ");
}

/** Eight digits, more where a member is larger than 4 GiB. */
export function hexOffset(offset: number): string {
  return offset.toString(16).padStart(8, "0");
}
