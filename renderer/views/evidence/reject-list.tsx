import type { MemberInfo, RejectRow } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useKept, useRejects } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { lenientText } from "../detail/utf8.ts";
import { reasonText } from "../rejects/reason-text.ts";

const SHOWN = 6;

/** The first rejects of a member; each opens where it can be read whole. */
export function RejectList({ member }: { readonly member: MemberInfo }) {
  const { openView } = useCommands();
  const loaded = useRejects(0, SHOWN, member.rejects === 0 ? undefined : member.id, undefined);
  const page = useKept(loaded);
  if (member.rejects === 0) return null;
  const rows = page?.rows.filter((row) => row.member === member.id) ?? [];
  const open = (code?: string): void => openView("rejects", { member: member.id, code });
  return (
    <section className="reject-list" aria-label="Rejects">
      <h3 className="evidence-view-subhead">
        Rejects{" "}
        <span>
          <Count value={member.rejects} />
        </span>
      </h3>
      {loaded.state === "fault" && <FaultPanel fault={loaded.fault} />}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <RejectLine row={row} onOpen={() => open(row.code)} />
          </li>
        ))}
      </ul>
      {member.rejects > rows.length && rows.length > 0 && (
        <Button kind="link" small onPress={() => open()}>
          {countText(member.rejects - rows.length)} more
        </Button>
      )}
    </section>
  );
}

function RejectLine({ row, onOpen }: { readonly row: RejectRow; readonly onOpen: () => void }) {
  return (
    <button type="button" className="reject-line" onClick={onOpen}>
      <Count value={row.offset} className="reject-line-offset" />
      <span className="reject-line-reason">{reasonText(row.code)}</span>
      <span className="reject-line-raw mono">
        <EvidenceText text={lenientText(row.bytes.subarray(0, 160)).trimEnd()} limit={120} />
      </span>
    </button>
  );
}
