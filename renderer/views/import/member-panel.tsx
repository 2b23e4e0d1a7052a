import { type ReactNode, useEffect, useState } from "react";
import type { Fault, InspectedItem, MemberVerdict, Preview } from "../../../workers/contract.ts";
import { Boundary } from "../../app/boundary.tsx";
import { lacksPassword } from "../../app/source-standing.ts";
import { CarePanel, FaultPanel } from "../../app/trouble.tsx";
import { useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { shownText } from "../../ui/text-runs.ts";
import {
  type ImportPlan,
  answerOf,
  choiceOf,
  foundOf,
  isLocked,
  withBeyondLimits,
  withFound,
  withMapping,
  withZone,
  withZoneOf,
  zoneOf,
} from "./import-plan.ts";
import { MappingChoice } from "../mapping/mapping-choice.tsx";
import { LimitChoice } from "./limit-choice.tsx";
import { MemberQuestions } from "./member-questions.tsx";
import { ProfileBar } from "./profile-bar.tsx";
import { PasswordBox } from "./password-box.tsx";
import { type PreviewMode, PreviewTable } from "./preview-table.tsx";
import type { Inspection } from "./use-inspection.ts";
import { assumesZone, usePreview } from "./use-preview.ts";
import { VerdictBox } from "./verdict-box.tsx";
import { ZoneQuestion } from "./zone-question.tsx";

interface PanelProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict | undefined;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
  readonly inspection: Pick<Inspection, "unlock" | "usePasswordFile">;
  /** A password fits: what asked for it goes away, and the focus needs another place. */
  readonly onOpened: () => void;
}

/** One member: what it was found to be and why, its open questions, and its first entries. */
export function MemberPanel(props: PanelProps) {
  const { item, member, plan, onPlan } = props;
  const path = member?.path ?? item.name;
  return (
    <section className="import-panel" aria-label={shownText(path)}>
      <PanelHead item={item} path={path} />
      <Boundary what="this file" of={`${item.grant} ${path}`} effect="It can be imported all the same.">
        <ItemTrouble {...props} />
        {member !== undefined && <MemberPart item={item} member={member} plan={plan} onPlan={onPlan} />}
      </Boundary>
    </section>
  );
}

/** What concerns the file as a whole: its password, its limits, what keeps it from being read to its end. */
function ItemTrouble({ item, plan, onPlan, inspection, onOpened }: PanelProps) {
  const { problem } = item;
  const limit = <Beyond item={item} plan={plan} onPlan={onPlan} />;
  const isPart = item.members.length > 0;
  return (
    <>
      {isLocked(item) && <PasswordBox key={item.grant} item={item} inspection={inspection} onOpened={onOpened} />}
      {problem !== undefined &&
        (isPart || isLimit(problem) ? (
          <CarePanel
            fault={problem}
            effect={isPart ? "What is listed here is imported." : "The other items are imported."}
          >
            {isLimit(problem) && limit}
          </CarePanel>
        ) : (
          <FaultPanel fault={problem} effect="The other items are imported." />
        ))}
      {!isLimit(problem) && item.members.some((member) => isLimit(member.problem)) && (
        <CarePanel fault={MEMBER_LIMIT}>{limit}</CarePanel>
      )}
    </>
  );
}

const isLimit = (problem: Fault | undefined): boolean => problem?.code === "container.too-large";

const MEMBER_LIMIT: Fault = {
  code: "container.too-large",
  message: "A member of this archive passes a limit that guards against archives made to harm.",
  next: "It is read up to the limit, unless you continue past it.",
};

function Beyond({ item, plan, onPlan }: Pick<PanelProps, "item" | "plan" | "onPlan">): ReactNode {
  if (!plan.beyondLimits.includes(item.grant))
    return <LimitChoice onContinue={() => onPlan(withBeyondLimits(plan, item, true))} />;
  return (
    <span className="limit-chosen">
      It is read past the limit.
      <Button small kind="link" onPress={() => onPlan(withBeyondLimits(plan, item, false))}>
        Keep the limit
      </Button>
    </span>
  );
}

interface MemberProps extends Pick<PanelProps, "item" | "plan" | "onPlan"> {
  readonly member: MemberVerdict;
}

function MemberPart({ item, member, plan, onPlan }: MemberProps) {
  return (
    <>
      <VerdictBox item={item} member={member} plan={plan} onPlan={onPlan} />
      <MappingChoice
        item={item}
        member={member}
        choice={choiceOf(plan, item, member)}
        answer={answerOf(plan, item, member)}
        onMapping={(choice, mapping) => onPlan(withMapping(plan, item, member, choice, mapping))}
      />
      <MemberTrouble member={member} />
      <ProfileBar key={member.path} item={item} member={member} plan={plan} onPlan={onPlan} />
      <MemberQuestions item={item} member={member} plan={plan} onPlan={onPlan} />
      <PreviewPart item={item} member={member} plan={plan} onPlan={onPlan} />
    </>
  );
}

/** A password is asked above; a notice about a member that is read is no failure. */
function MemberTrouble({ member: { problem, verdict } }: { readonly member: MemberVerdict }) {
  if (problem === undefined || lacksPassword(problem)) return null;
  if (verdict === "refused")
    return <FaultPanel fault={problem} effect="Its bytes are not read; everything else is imported." />;
  return <CarePanel fault={problem} effect="What can be read of it is imported; the ledger shows what is missing." />;
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

function PreviewPart({ item, member, plan, onPlan }: MemberProps) {
  const [mode, setMode] = useState<PreviewMode>("mapped");
  const choice = choiceOf(plan, item, member);
  const answer = answerOf(plan, item, member);
  const preview = usePreview(plan, item, member);
  const kept = useKept(preview);
  const told = preview.state === "ready" ? preview.value : undefined;
  const isNews = told !== undefined && choice !== undefined && foundOf(plan, item, member) === undefined;
  useEffect(() => {
    if (!isNews) return;
    const { reading, questions } = told;
    onPlan(
      withFound(plan, item, member.path, {
        choice,
        encoding: answer.encoding,
        delimiter: answer.delimiter,
        reading,
        questions,
      }),
    );
  });
  if (lacksPassword(member.problem)) return <p className="import-left-out">Its entries are shown once it is open.</p>;
  if (member.verdict === "refused") return null;
  if (choice === undefined) {
    return <p className="import-left-out">It is left out unless a format is chosen; the other items are imported.</p>;
  }
  if (preview.state === "fault") return <FaultPanel fault={preview.fault} />;
  const zone = zoneOf(plan, item, member) ?? "UTC";
  const first = kept?.rows.find((row) => !Number.isNaN(row.time));
  const isShared = answer.zone === undefined && item.members.length > 1;
  const sayZone = (next: string, forAll: boolean): void =>
    onPlan(forAll ? withZone(plan, item, member.path, next) : withZoneOf(plan, item, member.path, next));
  return (
    <>
      {kept && first && assumesZone(kept) && (
        <ZoneQuestion
          row={first}
          zone={zone}
          others={item.members.length - 1}
          shared={isShared || item.members.length === 1}
          onZone={sayZone}
        />
      )}
      <div className="preview-head">
        <b>Preview</b>
        <span role="status">{kept === undefined ? "reading" : rowsText(kept)}</span>
        {kept !== undefined && kept.rejects > 0 && (
          <span className="preview-rejects">
            {countText(kept.rejects)} {kept.rejects === 1 ? "reject" : "rejects"}
            {kept.isWhole ? "" : " in the part that was read"}
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
      <PreviewTable preview={kept} mode={mode} zone={zone} />
    </>
  );
}

function rowsText({ rows, isWhole }: Preview): string {
  const count = countText(rows.length);
  return isWhole ? `all ${count} rows, as they will appear` : `first ${count} rows, as they will appear`;
}
