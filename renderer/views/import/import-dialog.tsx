import { KeyRound, ShieldCheck } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { GrantId, InspectedItem } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands, useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { Button } from "../../ui/button.tsx";
import { countText, sizeText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EMPTY_PLAN, type ImportPlan, importedItems, requestOf } from "./import-plan.ts";
import { ItemList, type ListProps, type Place } from "./item-list.tsx";
import { importText } from "./item-verdict.ts";
import { MemberPanel } from "./member-panel.tsx";
import { missingText, takenText } from "./password-words.ts";
import { type Inspection, LookContext, type PasswordsTaken, useInspection, useNewLook } from "./use-inspection.ts";
import { useProfiles } from "./use-profiles.ts";
import "./import-dialog.css";
import "./import-questions.css";

const ABOUT = "Opened read-only; nothing on disk is changed or unpacked.";

/** What the chosen files are, why Exhibit thinks so, and how they will appear: before anything is imported. */
export function ImportDialog({ grants, onClose }: { readonly grants: readonly Grant[]; readonly onClose: () => void }) {
  const { startImport } = useCommands();
  const { engine } = useServices();
  const look = useNewLook();
  const ids = grants.map(({ grant }) => grant as GrantId);
  const inspection = useInspection(look, ids.join(" "), () => engine.api.inspect(ids));
  const { items, loaded } = inspection;
  const [plan, setPlan] = useState<ImportPlan>(EMPTY_PLAN);
  useProfiles(items, setPlan);
  const [at, setAt] = useState<Place>({ item: 0, member: 0 });
  const isEmpty = items === undefined || importedItems(plan, items).length === 0;
  const confirm = (): void => {
    if (items === undefined || isEmpty) return;
    startImport(requestOf(plan, items));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const number = Number(event.key);
    if (!event.altKey || !(number >= 1 && number <= (items?.length ?? 0))) return;
    event.preventDefault();
    setAt({ item: number - 1, member: 0 });
  };
  return (
    <LookContext value={look}>
      <Dialog
        title="Add evidence"
        about={items === undefined ? ABOUT : `${itemsText(items.length)}, ${sizeText(sum(items))} as found. ${ABOUT}`}
        onClose={onClose}
        onConfirm={confirm}
        onKeyDown={onKeyDown}
        width={1180}
        height={744}
        className="import"
        {...(items && {
          footer: <Foot text={importText(plan, items)} disabled={isEmpty} onCancel={onClose} onImport={confirm} />,
        })}
      >
        {loaded.state === "loading" && <Looking grants={grants} />}
        {loaded.state === "fault" && <FaultPanel fault={loaded.fault} onClose={onClose} />}
        {items && (
          <Inspected items={items} plan={plan} onPlan={setPlan} at={at} onSelect={setAt} inspection={inspection} />
        )}
      </Dialog>
    </LookContext>
  );
}

function Inspected({ inspection, ...props }: ListProps & { readonly inspection: Inspection }) {
  const { items, at, plan, onPlan } = props;
  const item = items[at.item];
  const right = useRef<HTMLDivElement>(null);
  return (
    <div className="import-body">
      <ItemList {...props} />
      {item === undefined ? (
        <p className="slot">Nothing here can be opened: no file was found in what was chosen.</p>
      ) : (
        <div className="import-right" ref={right} tabIndex={-1}>
          {inspection.taken !== undefined && <TakenNote taken={inspection.taken} />}
          <MemberPanel
            key={`${at.item} ${at.member}`}
            item={item}
            member={item.members[at.member]}
            plan={plan}
            onPlan={onPlan}
            inspection={inspection}
            onOpened={() => right.current?.focus()}
          />
        </div>
      )}
    </div>
  );
}

/** What became of a password file, whichever item is looked at. */
function TakenNote({ taken }: { readonly taken: PasswordsTaken }) {
  return (
    <p className="import-taken" role="status" data-missing={taken.missing.length > 0 ? "" : undefined}>
      <Icon of={KeyRound} />
      <span>
        {takenText(taken)} {taken.missing.length > 0 && missingText(taken.missing)}
      </span>
    </p>
  );
}

const itemsText = (count: number): string => (count === 1 ? "1 item" : `${countText(count)} items`);

function Looking({ grants }: { readonly grants: readonly Grant[] }) {
  return (
    <div className="import-looking" role="status">
      <p>Reading the first bytes of {itemsText(grants.length)}</p>
      <ul>
        {grants.slice(0, 12).map((grant) => (
          <li key={grant.grant}>
            <EvidenceText text={grant.name} limit={160} /> {grant.kind === "folder" ? "folder" : sizeText(grant.bytes)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Foot(props: {
  readonly text: string;
  readonly disabled: boolean;
  readonly onCancel: () => void;
  readonly onImport: () => void;
}) {
  const { text, disabled, onCancel, onImport } = props;
  return (
    <>
      <span className="dialog-foot-text">
        <Icon of={ShieldCheck} />
        <span>sha256 of every file is taken on import and shown with its source</span>
      </span>
      <Button onPress={onCancel}>Cancel</Button>
      <Button kind="primary" autoFocus keys={keysText("Ctrl+Enter")} disabled={disabled} onPress={onImport}>
        {text}
      </Button>
    </>
  );
}

const sum = (items: readonly InspectedItem[]): number => items.reduce((total, item) => total + item.bytes, 0);
