import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Fault, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

/** What keeps a source from being whole, and what can be done about it. */
export function SourceTrouble({
  source,
  member,
}: {
  readonly source: SourceInfo;
  readonly member: MemberInfo | undefined;
}) {
  const broken = source.state === "cancelled" || source.state === "failed" || isBroken(source, member);
  return (
    <div className="source-trouble">
      {source.state === "cancelled" && (
        <Care>
          The import of this source was stopped. What was read up to then is kept and marked incomplete; the case is not
          sealed while it is part of it.
        </Care>
      )}
      {source.problems.map((fault, index) => (
        <FaultPanel key={index} fault={fault} effect={effectOf(source)} />
      ))}
      {member?.problem !== undefined && <MemberTrouble member={member} fault={member.problem} />}
      {broken && <Ways source={source} />}
    </div>
  );
}

function isBroken(source: SourceInfo, member: MemberInfo | undefined): boolean {
  if (member === undefined) return source.problems.length > 0;
  return (
    member.state === "failed" ||
    member.state === "cancelled" ||
    (member.state === "importing" && source.state !== "importing")
  );
}

/** A member that is no log is nothing that failed: it asks for a choice. */
function MemberTrouble({ member, fault }: { readonly member: MemberInfo; readonly fault: Fault }) {
  if (member.state !== "unrecognised") return <FaultPanel fault={fault} effect={effectOfMember(member)} />;
  return (
    <Care>
      {fault.message} {effectOfMember(member)} {fault.next}
    </Care>
  );
}

function Care({ children }: { readonly children: ReactNode }) {
  return (
    <p className="evidence-care">
      <Icon of={TriangleAlert} />
      <span className="selectable">{children}</span>
    </p>
  );
}

/** Removing takes the source out of every view; its bytes stay in the case and the step is written down. */
function Ways({ source }: { readonly source: SourceInfo }) {
  const { removeSource, addEvidence } = useCommands();
  return (
    <p className="source-ways">
      <Button small onPress={() => removeSource(source.id)}>
        Remove this source
      </Button>
      <Button small onPress={() => addEvidence()}>
        Import again
      </Button>
      <span>Removing hides it in every view; its bytes stay in the case file.</span>
    </p>
  );
}

function effectOf(source: SourceInfo): string {
  return source.members.length === 0
    ? "Nothing of this source is in the case."
    : "What could be read of this source is in the case; the ledger shows what is missing.";
}

function effectOfMember({ state }: MemberInfo): string {
  if (state === "refused") return "Nothing of this member is in the case.";
  if (state === "unrecognised") return "Its bytes are kept and accounted for, but no entry was read from them.";
  return "Entries read before the trouble are in the case; the ledger shows what is missing.";
}
