import "./times.css";
import { useState } from "react";
import type { Fault, MemberId, MemberTimes, TimeAssumptions } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { resolveZone, timeParts } from "../../app/time-format.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useKept, useTimeAssumptions } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ChangeList } from "./change-list.tsx";
import { draftOf } from "./clock-draft.ts";
import { type ReadTimes, readTimes, type ScopeChoice, scopesOf, type TimesDraft } from "./times-draft.ts";
import { TimesForm } from "./times-form.tsx";

interface TimesDialogProps {
  readonly member: MemberId | undefined;
  readonly onClose: () => void;
}

/** What is assumed about the times of one member, to be changed without importing again. One dialog, whatever is picked or changed. */
export function TimesDialog({ member, onClose }: TimesDialogProps) {
  const { changeTimes } = useCommands();
  const assumptions = useKept(useTimeAssumptions());
  const chosen = useView((view) => view.member);
  const [picked, setPicked] = useState(member ?? chosen);
  const [fault, setFault] = useState<Fault | undefined>(undefined);
  const times = assumptions?.members.find((each) => each.member === picked) ?? assumptions?.members[0];
  const [isApplying, setApplying] = useState(false);
  const form = useTimes(assumptions, times, isApplying);
  const { changes, trouble } = form?.read ?? NOTHING;
  const isReady = changes.length > 0 && Object.keys(trouble).length === 0;
  const apply = (): void => {
    if (!isReady || isApplying) return;
    setApplying(true);
    void changeTimes(changes)
      .then(setFault)
      .finally(() => setApplying(false));
  };
  const foot = (
    <>
      <span className="times-effect">{effectText(changes.length)}</span>
      <Button onPress={onClose}>Close</Button>
      <Button kind="primary" disabled={!isReady} onPress={apply}>
        Apply
      </Button>
    </>
  );
  return (
    <Dialog
      title="Times"
      about="what was recorded stays as it is"
      onClose={onClose}
      onConfirm={apply}
      width={680}
      footer={form && foot}
    >
      {fault !== undefined && <FaultPanel fault={fault} effect="Nothing was changed by it." />}
      {assumptions === undefined || times === undefined || form === undefined ? (
        <p className="times-none">No entries are in the case yet, or evidence is still arriving.</p>
      ) : (
        <>
          <TimesForm
            {...form}
            times={times}
            members={assumptions.members.map((each) => each.member)}
            trouble={trouble}
            onPick={(next) => {
              setPicked(next);
              setFault(undefined);
            }}
          />
          <ChangeList changes={assumptions.changes} />
        </>
      )}
    </Dialog>
  );
}

const NOTHING: ReadTimes = { changes: [], trouble: {} };

/**
 * What is being written about a member. It begins anew when another is picked, or when what is in force was changed, but
 * not between the changes of one press.
 */
function useTimes(assumptions: TimeAssumptions | undefined, times: MemberTimes | undefined, isApplying: boolean) {
  const zone = resolveZone(useView((view) => view.zone));
  const scopes = assumptions === undefined || times === undefined ? [] : scopesOf(times, assumptions);
  const inForce = JSON.stringify([times, assumptions?.hosts]);
  const [written, setWritten] = useState<{ readonly inForce: string; readonly draft: TimesDraft } | undefined>();
  const clockOf = (scope: ScopeChoice | undefined) => draftOf(scope?.clock, (at) => wallText(at, zone));
  if (times === undefined) return undefined;
  const begin = (): TimesDraft => {
    const start = scopes.find(({ clock }) => clock !== undefined) ?? scopes[0];
    const year = times.year === undefined ? "" : String(times.year);
    return { zone: times.zone ?? "UTC", year, scope: start?.key ?? "member", clock: clockOf(start) };
  };
  const isCurrent = isApplying || written?.inForce === inForce;
  const draft = written !== undefined && isCurrent ? written.draft : begin();
  const scope = scopes.find(({ key }) => key === draft.scope);
  const onDraft = (next: TimesDraft): void => setWritten({ inForce, draft: next });
  const onScope = (key: string): void =>
    onDraft({ ...draft, scope: key, clock: clockOf(scopes.find((each) => each.key === key)) });
  const read = scope === undefined ? NOTHING : readTimes(draft, times, scope, zone);
  return { zone, scopes, draft, read, onDraft, onScope };
}

function effectText(changes: number): string {
  if (changes === 0) return "Nothing is changed yet.";
  return changes === 1 ? "One change; it can be undone." : `${countText(changes)} changes; each can be undone.`;
}

/** As `readWallTime` reads it. */
function wallText(at: Parameters<typeof timeParts>[0], zone: string): string {
  const { date, clock, fraction } = timeParts(at, at % 1_000_000 === 0 ? 0 : 6, zone);
  return `${date} ${clock}${fraction}`;
}
