import "./times.css";
import { useState } from "react";
import type { Fault, MemberId, MemberTimes, TimeAssumptions } from "../../../workers/contract.ts";
import { useCase, useCommands, useView } from "../../app/services.tsx";
import { resolveZone, timeParts } from "../../app/time-format.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useKept, useTimeAssumptions } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ChangeList } from "./change-list.tsx";
import { draftOf } from "./clock-draft.ts";
import { readTimes, scopesOf, type TimesDraft } from "./times-draft.ts";
import { TimesForm } from "./times-form.tsx";

interface TimesDialogProps {
  readonly member: MemberId | undefined;
  readonly onClose: () => void;
}

/** What is assumed about the times of one member, to be changed without importing again. */
export function TimesDialog({ member, onClose }: TimesDialogProps) {
  const assumptions = useKept(useTimeAssumptions());
  const chosen = useView((view) => view.member);
  const [picked, setPicked] = useState(member ?? chosen);
  const times = assumptions?.members.find((each) => each.member === picked) ?? assumptions?.members[0];
  if (assumptions === undefined || times === undefined) {
    return (
      <Dialog title="Times" onClose={onClose} width={640}>
        <p className="times-none">No entries are in the case yet, or evidence is still arriving.</p>
      </Dialog>
    );
  }
  // What was changed elsewhere, or undone, is what the form starts from.
  const key = `${times.member} ${JSON.stringify([times, assumptions.hosts])}`;
  return <Times key={key} assumptions={assumptions} times={times} onPick={setPicked} onClose={onClose} />;
}

interface TimesProps {
  readonly assumptions: TimeAssumptions;
  readonly times: MemberTimes;
  readonly onPick: (member: MemberId) => void;
  readonly onClose: () => void;
}

function Times({ assumptions, times, onPick, onClose }: TimesProps) {
  const { changeTimes } = useCommands();
  const { info } = useCase();
  const zone = resolveZone(useView((view) => view.zone));
  const scopes = scopesOf(times, assumptions);
  const start = scopes.find(({ clock }) => clock !== undefined) ?? scopes[0];
  const [draft, setDraft] = useState<TimesDraft>(() => ({
    zone: times.zone ?? "UTC",
    year: times.year === undefined ? "" : String(times.year),
    scope: start?.key ?? "member",
    clock: draftOf(start?.clock, (at) => wallText(at, zone)),
  }));
  const [fault, setFault] = useState<Fault | undefined>(undefined);
  const scope = scopes.find(({ key }) => key === draft.scope) ?? start;
  if (scope === undefined) return null;
  const { changes, trouble } = readTimes(draft, times, scope, zone);
  const isReady = changes.length > 0 && Object.keys(trouble).length === 0;
  const apply = (): void => {
    if (isReady) void changeTimes(changes).then(setFault);
  };
  const onScope = (key: string): void => {
    const next = scopes.find((each) => each.key === key);
    setDraft({ ...draft, scope: key, clock: draftOf(next?.clock, (at) => wallText(at, zone)) });
  };
  const members = info?.sources.flatMap((source) => source.members) ?? [];
  const names = assumptions.members.map(({ member }) => ({
    member,
    path: members.find(({ id }) => id === member)?.path ?? "",
  }));
  return (
    <Dialog
      title="Times"
      about="what was recorded stays as it is"
      onClose={onClose}
      onConfirm={apply}
      width={680}
      footer={
        <>
          <span className="times-effect">{effectText(changes.length)}</span>
          <Button onPress={onClose}>Close</Button>
          <Button kind="primary" disabled={!isReady} onPress={apply}>
            Apply
          </Button>
        </>
      }
    >
      {fault !== undefined && <FaultPanel fault={fault} effect="Nothing was changed by it." />}
      <TimesForm
        names={names}
        times={times}
        scopes={scopes}
        draft={draft}
        trouble={trouble}
        zone={zone}
        onPick={onPick}
        onScope={onScope}
        onDraft={setDraft}
      />
      <ChangeList changes={assumptions.changes} />
    </Dialog>
  );
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
