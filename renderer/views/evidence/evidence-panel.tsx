import { RotateCcw } from "lucide-react";
import { useState } from "react";
import type { CaseInfo, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { Button } from "../../ui/button.tsx";
import { SourceCode } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { CheckPanel } from "./check-panel.tsx";
import type { EvidenceRow } from "./evidence-rows.ts";
import { LedgerPanel } from "./ledger-panel.tsx";
import { MemberBytes } from "./member-bytes.tsx";
import { OriginPanel } from "./origin-panel.tsx";
import { RejectList } from "./reject-list.tsx";
import { OverlapList } from "../sources/overlap-list.tsx";
import { TimesPanel } from "../times/times-panel.tsx";
import { SourceTrouble } from "./source-trouble.tsx";

/** Opens every choice of how the member is read, with its rows as they would be. */
function AgainButton({ source, member }: { readonly source: SourceInfo; readonly member: MemberInfo }) {
  const { openDialog } = useCommands();
  return (
    <div className="evidence-panel-ways">
      <Button
        small
        icon={RotateCcw}
        onPress={() => openDialog({ kind: "again", source: source.id, member: member.id })}
      >
        Import again with other choices…
      </Button>
    </div>
  );
}

/** The chosen member, or the archive it lies in: what proves that it was read whole. */
export function EvidencePanel({ info, row }: { readonly info: CaseInfo; readonly row: EvidenceRow }) {
  const { source, member } = row;
  const [bytesAt, setBytesAt] = useState<number | undefined>(undefined);
  return (
    <div className="evidence-panel">
      <h2 className="evidence-panel-title selectable">
        <span className="mono">
          <EvidenceText text={row.name} limit={300} />
        </span>
        <span className="evidence-panel-about">
          <SourceCode code={source.code} lane={source.lane} />
          {member !== undefined && member.path !== source.name && <EvidenceText text={source.name} limit={160} />}
        </span>
      </h2>
      {member !== undefined && source.state !== "importing" && <AgainButton source={source} member={member} />}
      <SourceTrouble source={source} member={member} />
      {member !== undefined && member.state !== "refused" && (
        <LedgerPanel info={info} source={source} member={member} onOpenBytes={setBytesAt} />
      )}
      {member !== undefined && <RejectList member={member} />}
      {member !== undefined && <OverlapList info={info} only={member.id} />}
      {member !== undefined && member.entries > 0 && <TimesPanel source={source} member={member} />}
      <OriginPanel source={source} member={member} />
      <CheckPanel source={source} member={member} />
      {member !== undefined && bytesAt !== undefined && (
        <MemberBytes source={source} member={member} start={bytesAt} onClose={() => setBytesAt(undefined)} />
      )}
    </div>
  );
}
