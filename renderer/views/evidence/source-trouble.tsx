import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Fault, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { useCommands, useServices } from "../../app/services.tsx";
import {
  isInterrupted,
  isLocked,
  isNotice,
  lacksPassword,
  metLimit,
  ownProblems,
  standingOf,
} from "../../app/source-standing.ts";
import { CarePanel, FaultPanel } from "../../app/trouble.tsx";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LimitChoice } from "../import/limit-choice.tsx";
import { SourcePassword } from "./source-password.tsx";

/** What keeps a source from being whole, what it has to say, and what can be done about it. */
export function SourceTrouble({
  source,
  member,
}: {
  readonly source: SourceInfo;
  readonly member: MemberInfo | undefined;
}) {
  const standing = standingOf(source);
  return (
    <div className="source-trouble">
      {standing === "incomplete" && <Care title="Incomplete.">{incompleteText(source)}</Care>}
      {ownProblems(source).map((fault, index) => (
        <SourceProblem key={index} source={source} fault={fault} />
      ))}
      {member === undefined && <MembersTrouble source={source} />}
      {member?.problem !== undefined && <MemberTrouble member={member} fault={member.problem} />}
      <Ways source={source} member={member} />
    </div>
  );
}

function incompleteText(source: SourceInfo): string {
  const why = isInterrupted(source)
    ? "The import of this source was interrupted before its end."
    : source.state === "cancelled"
      ? "The import of this source was stopped."
      : "The import of this source failed before its end.";
  return `${why} What was read up to then is kept; the case is not sealed while it is part of it.`;
}

/** The words above say what an interruption is; a source that was read whole has notices, not failures. */
function SourceProblem({ source, fault }: { readonly source: SourceInfo; readonly fault: Fault }) {
  if (fault.code === "cancelled") return null;
  if (source.state === "ready")
    return <CarePanel fault={fault} effect="Everything else of this source is in the case." />;
  return <FaultPanel fault={fault} effect={effectOf(source)} />;
}

const MOST_MEMBERS = 5;

/** Beside an archive itself: what its members have to say, a few of many. */
function MembersTrouble({ source }: { readonly source: SourceInfo }) {
  const troubled = source.members.filter(({ problem }) => problem !== undefined);
  const more = troubled.length - MOST_MEMBERS;
  return (
    <>
      {troubled
        .slice(0, MOST_MEMBERS)
        .map(
          (member) =>
            member.problem !== undefined && <MemberTrouble key={member.id} member={member} fault={member.problem} />,
        )}
      {more > 0 && (
        <Care title={more === 1 ? "1 more member." : `${countText(more)} more members.`}>
          What there is to say of each is shown beside it.
        </Care>
      )}
    </>
  );
}

/** A member that is no log, is locked, or was read whole is nothing that failed. */
function MemberTrouble({ member, fault }: { readonly member: MemberInfo; readonly fault: Fault }) {
  if (member.state === "unrecognised" || isNotice(member) || lacksPassword(fault))
    return <CarePanel fault={fault} effect={effectOfMember(member)} />;
  return <FaultPanel fault={fault} effect={effectOfMember(member)} />;
}

function Care({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <p className="evidence-care">
      <Icon of={TriangleAlert} />
      <span className="selectable">
        <b>{title}</b> {children}
      </span>
    </p>
  );
}

/** A member of a source may be gone although the source as such was read. */
function isBroken(source: SourceInfo, member: MemberInfo | undefined): boolean {
  const standing = standingOf(source);
  if (standing === "incomplete" || standing === "failed") return true;
  return member?.state === "failed" || member?.state === "cancelled";
}

interface WaysProps {
  readonly source: SourceInfo;
  readonly member: MemberInfo | undefined;
}

function Ways({ source, member }: WaysProps) {
  const { removeSource, addEvidence } = useCommands();
  const { fault, busy, begin } = useImportAgain(source);
  const broken = isBroken(source, member);
  const locked = isLocked(source);
  const limited = metLimit(source);
  if (source.state === "importing" || !(broken || locked || limited)) return null;
  return (
    <>
      {fault !== undefined && (
        <FaultPanel fault={fault} effect="What is in the case of this source stays as it is.">
          {isGone(fault) && (
            <Button small onPress={() => addEvidence()}>
              Choose the file…
            </Button>
          )}
        </FaultPanel>
      )}
      {locked && (
        <SourcePassword key={source.id} source={source} onOpened={() => begin(false)}>
          <Button small onPress={() => addEvidence()}>
            Add it again with a password file…
          </Button>
        </SourcePassword>
      )}
      <div className="source-ways">
        {broken && (
          <Button small disabled={busy} onPress={() => begin(false)}>
            Import again
          </Button>
        )}
        {limited && <LimitChoice disabled={busy} onContinue={() => begin(true)} />}
        {broken && (
          <Button small disabled={busy} onPress={() => removeSource(source.id)}>
            Remove
          </Button>
        )}
        <span>{waysText(broken)}</span>
      </div>
    </>
  );
}

const waysText = (broken: boolean): string =>
  broken
    ? "Import again reads the same file the same way and replaces this when it is whole. Removing hides it in every view; its bytes stay in the case file."
    : "What is in the case stays until the file has been read whole.";

const isGone = ({ code }: Fault): boolean => code === "source.missing" || code === "source.changed";

/** Reads the source once more; while it begins, nothing here can be begun twice. */
function useImportAgain(source: SourceInfo) {
  const { importAgain } = useCommands();
  const { fail } = useServices();
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const begin = (beyondLimits: boolean): void => {
    setFault(undefined);
    setBusy(true);
    importAgain(source.id, beyondLimits)
      .then(setFault, fail)
      .finally(() => setBusy(false));
  };
  return { fault, busy, begin };
}

function effectOf(source: SourceInfo): string {
  return source.members.length === 0
    ? "Nothing of this source is in the case."
    : "What could be read of this source is in the case; the ledger shows what is missing.";
}

function effectOfMember(member: MemberInfo): string {
  if (isNotice(member)) return "All of its bytes are in the case and accounted for.";
  if (lacksPassword(member.problem)) return "Its name and size are known; nothing of its content is in the case.";
  if (member.state === "refused") return "Nothing of this member is in the case.";
  if (member.state === "unrecognised") return "Its bytes are kept and accounted for, but no entry was read from them.";
  return "Entries read before the trouble are in the case; the ledger shows what is missing.";
}
