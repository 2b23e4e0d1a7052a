import { useMemo } from "react";
import type { ByteMap, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { Count } from "../../ui/count.tsx";
import { mapRuns } from "./map-runs.ts";

interface ByteMapProps {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
  readonly map: ByteMap;
  /** Opens the bytes at an offset. */
  readonly onOpen: (offset: number) => void;
}

/** The whole member from its first byte to its last. The table below says the same in figures. */
export function ByteMapView({ source, member, map, onOpen }: ByteMapProps) {
  const runs = useMemo(() => mapRuns(map.kinds), [map]);
  const share = (cell: number): string => `${(cell / map.kinds.length) * 100}%`;
  return (
    <figure className="bytemap" data-lane={source.lane % 8}>
      {/* For the mouse: the table's links open the same places by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        className="bytemap-bar"
        title="Show the bytes here"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onOpen(Math.floor(((event.clientX - box.left) / box.width) * member.bytes));
        }}
      >
        {runs.map(({ kind, from, to }) => (
          <span
            key={from}
            className={`bytemap-run${kind === "ignored" ? " hatched" : ""}`}
            data-kind={kind}
            style={{ left: share(from), width: `calc(${share(to)} - ${share(from)})` }}
          >
            {kind === "rejects" && <span className="bytemap-reject">◆</span>}
          </span>
        ))}
      </div>
      <figcaption className="bytemap-scale">
        <span>0</span>
        <span>byte offset</span>
        <Count value={member.bytes} />
      </figcaption>
    </figure>
  );
}
