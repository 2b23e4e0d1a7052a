import { useState } from "react";
import type { MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useBytes, useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { CopyLinks, HexTable } from "../detail/hex-panel.tsx";
import { hexRows } from "../detail/hex-rows.ts";
import { ddLine } from "./check-lines.ts";

const PAGE = 1024;
const PER_ROW = 16;

interface MemberBytesProps {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
  readonly start: number;
  readonly onClose: () => void;
}

/** Any bytes of a member as they lie there, a page at a time. */
export function MemberBytes({ source, member, start, onClose }: MemberBytesProps) {
  const [offset, setOffset] = useState(Math.floor(start / PER_ROW) * PER_ROW);
  const length = Math.max(0, Math.min(PAGE, member.bytes - offset));
  const loaded = useBytes(member.id, offset, length);
  const bytes = useKept(loaded);
  const last = Math.max(0, Math.floor((member.bytes - 1) / PER_ROW) * PER_ROW - PAGE + PER_ROW);
  const go = (to: number): void => setOffset(Math.max(0, Math.min(last, to)));
  return (
    <Dialog
      title="Bytes"
      about={<EvidenceText text={member.path} limit={200} />}
      onClose={onClose}
      width={700}
      onKeyDown={(event) => {
        if (event.key === "PageDown") go(offset + PAGE);
        else if (event.key === "PageUp") go(offset - PAGE);
        else return;
        event.preventDefault();
      }}
      footer={
        <>
          <span className="dialog-foot-text">
            <OffsetField offset={offset} onGo={(to) => go(Math.floor(to / PER_ROW) * PER_ROW)} />
            <span>
              of <Count value={member.bytes} />
            </span>
          </span>
          <Button small keys="PgUp" disabled={offset === 0} onPress={() => go(offset - PAGE)}>
            Before
          </Button>
          <Button small keys="PgDn" disabled={offset >= last} onPress={() => go(offset + PAGE)}>
            After
          </Button>
        </>
      }
    >
      {loaded.state === "fault" && <FaultPanel fault={loaded.fault} />}
      {bytes !== undefined && (
        <div className="member-bytes">
          <div className="hex-head">
            <span>
              {countText(length)} bytes at <Count value={offset} />
            </span>
            <CopyLinks bytes={bytes} dd={ddLine(source, member, { offset, length })} />
          </div>
          <HexTable rows={hexRows({ bytes, offset, mark: undefined, perRow: PER_ROW, rows: PAGE / PER_ROW })} />
        </div>
      )}
    </Dialog>
  );
}

function OffsetField({ offset, onGo }: { readonly offset: number; readonly onGo: (to: number) => void }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const submit = (): void => {
    const wanted = Number((typed ?? "").replaceAll(/[\s\u202f]/g, ""));
    if (typed !== undefined && typed !== "" && Number.isSafeInteger(wanted) && wanted >= 0) onGo(wanted);
    setTyped(undefined);
  };
  return (
    <label className="member-bytes-offset">
      Offset
      <input
        className="input figures"
        inputMode="numeric"
        value={typed ?? String(offset)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={submit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.ctrlKey) submit();
        }}
      />
    </label>
  );
}
