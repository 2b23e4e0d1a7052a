import { X } from "lucide-react";
import type { MemberInfo, RejectPage } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { reasonText } from "./reason-text.ts";

interface ReasonFilterProps {
  readonly reasons: RejectPage["byReason"];
  readonly member: MemberInfo | undefined;
  readonly code: string | undefined;
}

/** Reasons with their counts; a pressed one narrows the list, pressed again it widens it. */
export function ReasonFilter({ reasons, member, code }: ReasonFilterProps) {
  const { openView } = useCommands();
  const all = reasons.reduce((sum, reason) => sum + reason.count, 0);
  const narrow = (next: string | undefined): void => openView("rejects", { member: member?.id, code: next });
  return (
    <div className="reasons" role="group" aria-label="Reasons">
      <Reason title="all reasons" count={all} chosen={code === undefined} onPress={() => narrow(undefined)} />
      {reasons.map((reason) => (
        <Reason
          key={reason.code}
          title={reasonText(reason.code)}
          count={reason.count}
          chosen={reason.code === code}
          onPress={() => narrow(reason.code === code ? undefined : reason.code)}
        />
      ))}
      {member !== undefined && (
        <span className="reasons-member">
          <span>member</span>
          <EvidenceText text={member.path} limit={80} />
          <IconButton
            icon={X}
            size={13}
            label="Show the rejects of every member"
            onPress={() => openView("rejects", { code })}
          />
        </span>
      )}
    </div>
  );
}

function Reason(props: {
  readonly title: string;
  readonly count: number;
  readonly chosen: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className="reason" aria-pressed={props.chosen} onClick={props.onPress}>
      {props.title} <Count value={props.count} />
    </button>
  );
}
