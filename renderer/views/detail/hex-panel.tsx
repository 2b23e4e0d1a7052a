import { type ReactNode, useRef } from "react";
import { useCommands } from "../../app/services.tsx";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { useSize } from "../timeline/use-size.ts";
import { type HexRow, hexOffset, hexRows, hexText } from "./hex-rows.ts";
import type { ByteSpan } from "./raw-layout.ts";
import { lenientText } from "./utf8.ts";

interface HexPanelProps {
  readonly bytes: Uint8Array;
  /** Offset of `bytes[0]` in the member. */
  readonly offset: number;
  readonly mark: ByteSpan | undefined;
  /** Cuts bytes out of the evidence file in a terminal; undefined where no such line is known. */
  readonly ddOf: ((span: { readonly offset: number; readonly length: number }) => string) | undefined;
  readonly rows?: number;
  /** The file, where it is not the one that stands above. */
  readonly where?: ReactNode;
}

/** The marked bytes, or all of them, with their place, as hex, and to take along. */
export function HexPanel({ bytes, offset, mark, ddOf, rows = 3, where }: HexPanelProps) {
  const host = useRef<HTMLDivElement>(null);
  const { width } = useSize(host);
  const perRow = width === 0 || width >= 560 ? 16 : width >= 300 ? 8 : 4;
  const from = mark?.start ?? 0;
  const length = (mark?.end ?? bytes.length) - from;
  return (
    <div className="hex" ref={host}>
      <div className="hex-head">
        <span className="hex-place selectable">
          {countText(length)} {length === 1 ? "byte" : "bytes"} at{" "}
          <b>
            <Count value={offset + from} />
          </b>
          <span className="hex-address mono">0x{hexOffset(offset + from)}</span>
          {where !== undefined && <span className="hex-where"> in {where}</span>}
        </span>
        <CopyLinks bytes={bytes.subarray(from, from + length)} dd={ddOf?.({ offset: offset + from, length })} />
      </div>
      <HexTable rows={hexRows({ bytes, offset, mark, perRow, rows })} />
    </div>
  );
}

export function CopyLinks({ bytes, dd }: { readonly bytes: Uint8Array; readonly dd: string | undefined }) {
  const { copy } = useCommands();
  return (
    <span className="hex-copy">
      copy as
      <Button kind="link" small label="Copy the bytes as text" onPress={() => copy(lenientText(bytes))}>
        text
      </Button>
      <Button kind="link" small label="Copy the bytes as hex" onPress={() => copy(hexText(bytes))}>
        hex
      </Button>
      {dd !== undefined && (
        <Button kind="link" small label="Copy the dd command that cuts these bytes out" onPress={() => copy(dd)}>
          dd
        </Button>
      )}
    </span>
  );
}

export function HexTable({ rows }: { readonly rows: readonly HexRow[] }) {
  return (
    <div className="hex-rows mono selectable" role="presentation">
      {rows.map((row) => (
        <div key={row.offset} className="hex-row">
          <span className="hex-offset">{hexOffset(row.offset)}</span>
          <span className="hex-cells">
            {row.cells.map((cell, index) => (
              <span key={index} className="hex-cell" data-marked={cell?.marked ? "" : undefined}>
                {cell?.hex ?? "  "}
              </span>
            ))}
          </span>
          <span className="hex-text" aria-hidden>
            {row.cells.map((cell, index) => (
              <span key={index} data-marked={cell?.marked ? "" : undefined}>
                {cell?.text ?? " "}
              </span>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}
