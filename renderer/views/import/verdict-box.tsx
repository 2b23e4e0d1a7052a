import { Check, FileText, Minus, Table2 } from "lucide-react";
import type { InspectedItem, MemberVerdict, RunnerUp } from "../../../workers/contract.ts";
import { readingLines } from "../../app/reading-words.ts";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { carrierTitle, formatTitle } from "./choice-menus.ts";
import { type ImportPlan, answerOf, choiceOf, foundOf, profileNameOf, saidBy } from "./import-plan.ts";
import { ReadingControls } from "./reading-controls.tsx";
import "./verdict-box.css";

interface VerdictProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}

/** What a member was found to be and why, how it is read, and the ways to say otherwise. */
export function VerdictBox({ item, member, plan, onPlan }: VerdictProps) {
  const choice = choiceOf(plan, item, member);
  const chosen = choice !== member.choice;
  const profile = profileNameOf(plan, item, member.path);
  const title = chosen ? member.choices.find((other) => other.choice === choice)?.title : member.title;
  // The runner-up has a line of its own.
  const runner = member.runnerUp === undefined ? undefined : `${formatTitle(member, member.runnerUp.choice)}: `;
  const tried = member.alsoTried.filter((line) => runner === undefined || !line.startsWith(runner));
  return (
    <div className="verdict">
      <div className="verdict-head">
        <Icon of={member.verdict === "text" ? FileText : Table2} />
        <b>{title ?? "No format"}</b>
        {!chosen && choice !== undefined && <span className="verdict-carrier">{carrierTitle(member, choice)}</span>}
        {chosen && (
          <span className="verdict-chosen">
            <EvidenceText text={saidBy(profile, "chosen")} limit={120} />; found: {member.title}
          </span>
        )}
      </div>
      <ul className="verdict-reasons" data-unread={choice === undefined ? "" : undefined}>
        {member.reasons.map((reason) => (
          <li key={reason}>
            <Icon of={choice === undefined ? Minus : Check} /> <EvidenceText text={reason} limit={400} />
          </li>
        ))}
        {member.runnerUp !== undefined && <RunnerUpLine runnerUp={member.runnerUp} />}
        {member.runnerUp === undefined && member.choice !== undefined && (
          <li className="verdict-runner">
            <Icon of={Minus} /> no runner-up: nothing else fits its first bytes
          </li>
        )}
        {tried.length > 0 && (
          <li className="verdict-tried">
            <Icon of={Minus} />
            <span>also tried:</span>
            <ul>
              {tried.map((line) => (
                <li key={line}>
                  <EvidenceText text={line} limit={160} />
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
      {member.comment !== undefined && (
        <p className="verdict-comment">
          <span>comment in the archive</span> <EvidenceText text={member.comment} limit={2000} className="selectable" />
        </p>
      )}
      {member.choices.length > 0 && member.verdict !== "refused" && (
        <ReadAs item={item} member={member} plan={plan} onPlan={onPlan} />
      )}
    </div>
  );
}

/** What it would have been taken for next, what spoke for that, and why it lost. */
function RunnerUpLine({ runnerUp }: { readonly runnerUp: RunnerUp }) {
  const { title, carrier, lost } = runnerUp;
  const reasons = runnerUp.reasons.filter((reason) => !lost.includes(reason));
  return (
    <li className="verdict-runner">
      <Icon of={Minus} />
      <span>
        runner-up: <b>{title}</b>, {carrier}. It lost: <EvidenceText text={lost} limit={400} />
        {reasons.length > 0 && (
          <span className="verdict-runner-for">
            {" "}
            For it: <EvidenceText text={reasons.join("; ")} limit={400} />
          </span>
        )}
      </span>
    </li>
  );
}

/** How the bytes are read: what was found and what was said, and each part of it to be said otherwise. */
function ReadAs({ item, member, plan, onPlan }: VerdictProps) {
  const { zone: _, ...said } = answerOf(plan, item, member);
  const { reading } = foundOf(plan, item, member) ?? { reading: {} };
  const lines = readingLines(reading, said, saidBy(profileNameOf(plan, item, member.path), "chosen"));
  return (
    <div className="verdict-reading">
      <ReadingControls item={item} member={member} plan={plan} onPlan={onPlan} />
      {lines.length > 0 && (
        <dl>
          {lines.map(({ kind, title, text, assumed }) => (
            <div key={kind} data-assumed={assumed ? "" : undefined}>
              <dt>{title}</dt>
              <dd>
                {assumed && "≈ "}
                <EvidenceText text={text} limit={400} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
