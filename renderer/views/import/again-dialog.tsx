import { ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";
import type { AgainLook, MemberId, MemberInfo, SourceId, SourceInfo } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCase, useCommands, useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useRequest } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { EMPTY_PLAN, type ImportPlan, isImported, memberRequestOf } from "./import-plan.ts";
import { MemberPanel } from "./member-panel.tsx";
import { LookContext, useInspection, useNewLook } from "./use-inspection.ts";
import "./import-dialog.css";
import "./import-questions.css";

const ABOUT = "The file is opened read-only where it was. What is in the case stays until the new is whole.";

/** One member of the case, to be read otherwise: what it is now, every choice, and its rows as they would be. */
export function AgainDialog(props: {
  readonly source: SourceId;
  readonly member: MemberId;
  readonly onClose: () => void;
}) {
  const { engine } = useServices();
  const { info } = useCase();
  const look = useNewLook();
  const loaded = useRequest(`inspect ${look} again ${props.source}`, () => engine.api.lookAgain(props.source));
  // As it was when the dialog opened: the case may change beneath it.
  const kept = useRef<{ readonly source: SourceInfo; readonly member: MemberInfo } | undefined>(undefined);
  kept.current ??= memberOf(info?.sources ?? [], props.member);
  if (kept.current !== undefined && loaded.state === "ready") {
    return <Again look={look} seen={loaded.value} member={kept.current.member} onClose={props.onClose} />;
  }
  return (
    <Dialog title="Import again" about={ABOUT} onClose={props.onClose} width={980} height={744} className="import">
      {loaded.state === "fault" ? (
        <FaultPanel fault={loaded.fault} effect="What is in the case stays as it is." onClose={props.onClose} />
      ) : (
        <p className="import-looking" role="status">
          Reading the first bytes of <EvidenceText text={kept.current?.source.name ?? "the file"} limit={200} />
        </p>
      )}
    </Dialog>
  );
}

function memberOf(sources: readonly SourceInfo[], id: MemberId) {
  const source = sources.find(({ members }) => members.some((member) => member.id === id));
  const member = source?.members.find((each) => each.id === id);
  return source === undefined || member === undefined ? undefined : { source, member };
}

function Again(props: {
  readonly look: number;
  readonly seen: AgainLook;
  readonly member: MemberInfo;
  readonly onClose: () => void;
}) {
  const { look, seen, member, onClose } = props;
  const { importMemberAgain } = useCommands();
  const inspection = useInspection(look, `again ${seen.item.grant}`, () =>
    Promise.resolve({ ok: true, value: [seen.item] }),
  );
  const [plan, setPlan] = useState<ImportPlan>(() => planOf(seen));
  const right = useRef<HTMLDivElement>(null);
  const item = inspection.items?.[0] ?? seen.item;
  const verdict = item.members.find(({ path }) => path === member.path);
  const isReady = verdict !== undefined && isImported(plan, item, verdict);
  const confirm = (): void => {
    if (verdict === undefined || !isReady) return;
    importMemberAgain(member, memberRequestOf(plan, item, verdict));
    onClose();
  };
  return (
    <LookContext value={look}>
      <Dialog
        title="Import again"
        about={ABOUT}
        onClose={onClose}
        onConfirm={confirm}
        width={980}
        height={744}
        className="import"
        footer={
          <>
            <span className="dialog-foot-text">
              <Icon of={ShieldCheck} />
              <span>replaced in one step when all of it was read; cancelled or failed, nothing changes</span>
            </span>
            <Button onPress={onClose}>Cancel</Button>
            <Button kind="primary" keys={keysText("Ctrl+Enter")} disabled={!isReady} onPress={confirm}>
              {replaceText(member)}
            </Button>
          </>
        }
      >
        <div className="import-right import-alone" ref={right} tabIndex={-1}>
          <MemberPanel
            item={item}
            member={verdict}
            plan={plan}
            onPlan={setPlan}
            inspection={inspection}
            onOpened={() => right.current?.focus()}
          />
        </div>
      </Dialog>
    </LookContext>
  );
}

function replaceText({ entries }: MemberInfo): string {
  if (entries === 0) return "Import again";
  return entries === 1 ? "Replace 1 entry" : `Replace ${countText(entries)} entries`;
}

/** What was said at the last import stands, until it is said otherwise. */
function planOf({ item, said }: AgainLook): ImportPlan {
  const all = Object.entries(said);
  const choices = Object.fromEntries(
    all.flatMap(([path, { choice }]) => (choice === undefined ? [] : [[path, choice]])),
  );
  const answers = Object.fromEntries(all.map(([path, { answer }]) => [path, answer]));
  return { ...EMPTY_PLAN, choices: { [item.grant]: choices }, answers: { [item.grant]: answers } };
}
