import type { MemberInfo, RejectRow, SourceInfo } from "../../../workers/contract.ts";
import { useBytes, useKept } from "../../engine/use-result.ts";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { HexPanel } from "../detail/hex-panel.tsx";
import { RawBytes } from "../detail/raw-record.tsx";
import { wholeEnd } from "../detail/utf8.ts";
import { ddLine } from "../evidence/check-lines.ts";
import { reasonText } from "./reason-text.ts";
import { around } from "./reject-window.ts";

const REACH = 256;
const NO_TOKENS = [] as const;

interface RejectDetailProps {
  readonly reject: RejectRow;
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}

/** Why these bytes are no entry, and the bytes themselves between those around them. */
export function RejectDetail({ reject, source, member }: RejectDetailProps) {
  const place = around(reject, member.bytes, REACH);
  const key = `${place.offset} ${place.length}`;
  const loaded = useBytes(member.id, place.offset, place.length);
  const kept = useKept(
    loaded.state === "ready" ? { state: "ready" as const, value: { key, bytes: loaded.value } } : loaded,
  );
  // Until the surroundings are there, the reject's own bytes are known already.
  const known = kept?.key === key ? { bytes: kept.bytes, offset: place.offset, mark: place.mark } : ownBytes(reject);
  return (
    <div className="reject-detail">
      <header className="reject-detail-head selectable">
        <h2>
          {reasonText(reject.code)}
          {reasonText(reject.code) !== reject.code && <code>{reject.code}</code>}
        </h2>
        <p>
          <EvidenceText text={reject.detail} limit={600} />
        </p>
        <p className="reject-detail-place">
          <EvidenceText text={source.name} limit={160} />
          {member.path !== source.name && (
            <>
              , <EvidenceText text={member.path} limit={200} />
            </>
          )}
          {reject.line > 0 && (
            <>
              , line <Count value={reject.line} />
            </>
          )}
          , bytes <Count value={reject.offset} /> + <Count value={reject.length} />
        </p>
      </header>
      <div className="raw reject-detail-raw">
        <div
          className="raw-scroll mono selectable"
          role="group"
          aria-label="The reject and the bytes around it"
          // It scrolls, so it must be reached by keys.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          <div className="raw-record">
            <span className="raw-offset">
              <Count value={known.offset} />
            </span>
            <div className="raw-text">
              <RawBytes bytes={known.bytes.subarray(0, wholeEnd(known.bytes))} tokens={NO_TOKENS} mark={known.mark} />
            </div>
          </div>
          {reject.length > reject.bytes.length && (
            <p className="reject-detail-note">
              Marked are the first <Count value={reject.bytes.length} /> of <Count value={reject.length} /> bytes.
            </p>
          )}
        </div>
        <HexPanel
          {...known}
          ddOf={() => ddLine(source, member, { offset: reject.offset, length: reject.length })}
          rows={6}
        />
      </div>
    </div>
  );
}

function ownBytes({ bytes, offset }: RejectRow) {
  return { bytes, offset, mark: { start: 0, end: bytes.length } };
}
