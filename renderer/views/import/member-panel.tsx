import { Check, ChevronDown, FileText, Minus, Table2 } from "lucide-react";
import { useState } from "react";
import type { InspectedItem, MemberVerdict } from "../../../workers/contract.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MenuButton } from "../../ui/menu.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { type ImportPlan, choiceOf, withChoice, withZone } from "./import-plan.ts";
import { type PreviewMode, PreviewTable } from "./preview-table.tsx";
import { assumesZone, usePreview } from "./use-preview.ts";
import { ZoneQuestion } from "./zone-question.tsx";

interface PanelProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict | undefined;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}

/** One member: what it was found to be and why, its open question, and its first entries. */
export function MemberPanel({ item, member, plan, onPlan }: PanelProps) {
  if (member === undefined) {
    return (
      <section className="import-panel" aria-label={item.name}>
        <PanelHead item={item} path={item.name} />
        {item.problem && <FaultPanel fault={item.problem} effect="The other items are imported." />}
      </section>
    );
  }
  return (
    <section className="import-panel" aria-label={member.path}>
      <PanelHead item={item} path={member.path} />
      <Verdict item={item} member={member} plan={plan} onPlan={onPlan} />
      {member.problem && (
        <FaultPanel fault={member.problem} effect="Its bytes are not read; everything else is imported." />
      )}
      <PreviewPart item={item} member={member} plan={plan} onPlan={onPlan} />
    </section>
  );
}

function PanelHead({ item, path }: { readonly item: InspectedItem; readonly path: string }) {
  return (
    <h3 className="import-panel-head">
      <EvidenceText text={path} limit={300} />
      {path !== item.name && (
        <span className="import-panel-in">
          in <EvidenceText text={item.name} limit={160} />
        </span>
      )}
    </h3>
  );
}

function Verdict({ item, member, plan, onPlan }: PanelProps & { readonly member: MemberVerdict }) {
  const choice = choiceOf(plan, item, member);
  const chosen = choice !== member.choice;
  const title = chosen ? member.choices.find((other) => other.choice === choice)?.title : member.title;
  const entries = member.choices.map((other) => ({
    id: other.choice,
    title: other.title,
    chosen: other.choice === choice,
    run: () => onPlan(withChoice(plan, item, member.path, other.choice)),
  }));
  return (
    <div className="verdict">
      <div className="verdict-head">
        <Icon of={member.verdict === "text" ? FileText : Table2} />
        <b>{title ?? "No format"}</b>
        {chosen && <span className="verdict-chosen">chosen by hand; found: {member.title}</span>}
        {entries.length > 0 && (
          <MenuButton label="Format" groups={[{ entries }]}>
            <Button small className="verdict-change">
              Change format <Icon of={ChevronDown} />
            </Button>
          </MenuButton>
        )}
      </div>
      <ul className="verdict-reasons">
        {member.reasons.map((reason) => (
          <li key={reason}>
            <Icon of={choice === undefined ? Minus : Check} /> <EvidenceText text={reason} limit={400} />
          </li>
        ))}
        {member.alsoTried.length > 0 && (
          <li className="verdict-tried">
            <Icon of={Minus} />
            <span>
              also tried: <EvidenceText text={member.alsoTried.join("; ")} limit={600} />
            </span>
          </li>
        )}
      </ul>
    </div>
  );
}

function PreviewPart({ item, member, plan, onPlan }: PanelProps & { readonly member: MemberVerdict }) {
  const [mode, setMode] = useState<PreviewMode>("mapped");
  const choice = choiceOf(plan, item, member);
  const preview = usePreview(item, member, choice);
  if (choice === undefined) {
    return <p className="import-left-out">It is left out unless a format is chosen; the other items are imported.</p>;
  }
  if (preview.state === "fault") return <FaultPanel fault={preview.fault} />;
  const ready = preview.state === "ready" ? preview.value : undefined;
  const zone = plan.zones[item.grant] ?? "UTC";
  const first = ready?.rows[0];
  return (
    <>
      {ready && first && assumesZone(ready) && (
        <ZoneQuestion row={first} zone={zone} onZone={(next) => onPlan(withZone(plan, item, next))} />
      )}
      <div className="preview-head">
        <b>Preview</b>
        <span>{ready === undefined ? "reading" : `first ${countText(ready.rows.length)}, as they will appear`}</span>
        {ready !== undefined && ready.rejects > 0 && (
          <span className="preview-rejects">
            {countText(ready.rejects)} {ready.rejects === 1 ? "reject" : "rejects"} in the part that was read
          </span>
        )}
        <span className="preview-mode">
          <Segmented
            label="Preview as"
            options={[
              { id: "mapped", title: "Mapped" },
              { id: "raw", title: "Raw" },
              { id: "columns", title: "Columns" },
            ]}
            selected={mode}
            onSelect={(id) => setMode(id as PreviewMode)}
          />
        </span>
      </div>
      <PreviewTable preview={ready} mode={mode} zone={zone} />
    </>
  );
}
