import { Check, ChevronDown, FileText, Minus, Table2 } from "lucide-react";
import type { InspectedItem, MemberVerdict, RunnerUp, TextEncoding } from "../../../workers/contract.ts";
import { ENCODINGS, readingLines } from "../../app/reading-words.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MenuButton, type MenuEntry } from "../../ui/menu.tsx";
import { type ImportPlan, answerOf, choiceOf, foundOf, withAnswer, withChoice } from "./import-plan.ts";
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
        {entries.length > 0 && member.verdict !== "refused" && (
          <MenuButton label="Format" groups={[{ entries }]}>
            <Button small className="verdict-change">
              Change format <Icon of={ChevronDown} />
            </Button>
          </MenuButton>
        )}
      </div>
      <ul className="verdict-reasons" data-unread={choice === undefined ? "" : undefined}>
        {member.reasons.map((reason) => (
          <li key={reason}>
            <Icon of={choice === undefined ? Minus : Check} /> <EvidenceText text={reason} limit={400} />
          </li>
        ))}
        {member.runnerUp !== undefined && <RunnerUpLine runnerUp={member.runnerUp} />}
        {member.alsoTried.length > 0 && (
          <li className="verdict-tried">
            <Icon of={Minus} />
            <span>also tried:</span>
            <ul>
              {member.alsoTried.map((tried) => (
                <li key={tried}>
                  <EvidenceText text={tried} limit={160} />
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
      {choice !== undefined && <ReadAs item={item} member={member} plan={plan} onPlan={onPlan} />}
    </div>
  );
}

/** What it would have been taken for next, what spoke for that, and why it lost. */
function RunnerUpLine({ runnerUp }: { readonly runnerUp: RunnerUp }) {
  const { title, carrier, reasons, lost } = runnerUp;
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

/** How the bytes are read beside the format: what was found, what was said, and the encoding to change. */
function ReadAs({ item, member, plan, onPlan }: VerdictProps) {
  const answer = answerOf(plan, item, member);
  const { zone: _, ...said } = answer;
  const { reading } = foundOf(plan, item, member) ?? { reading: {} };
  const lines = readingLines(reading, said);
  const choose = (encoding: TextEncoding | undefined): void => {
    const { encoding: __, ...rest } = answer;
    const left = plan.leftOpen[item.grant]?.[member.path] ?? [];
    onPlan(withAnswer(plan, item, member.path, encoding === undefined ? rest : { ...rest, encoding }, left));
  };
  const found = member.reading.encoding === undefined ? "UTF-8" : ENCODINGS[member.reading.encoding];
  const entries: readonly MenuEntry[] = [
    { id: "found", title: `As found: ${found}`, chosen: answer.encoding === undefined, run: () => choose(undefined) },
    ...(Object.entries(ENCODINGS) as [TextEncoding, string][]).map(([id, title]) => ({
      id,
      title,
      chosen: answer.encoding === id,
      run: () => choose(id),
    })),
  ];
  return (
    <div className="verdict-reading">
      <dl>
        {lines.every(({ kind }) => kind !== "encoding") && (
          <div>
            <dt>encoding</dt>
            <dd>UTF-8</dd>
          </div>
        )}
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
      <MenuButton label="Encoding" groups={[{ entries }]}>
        <Button small className="verdict-change">
          Change encoding <Icon of={ChevronDown} />
        </Button>
      </MenuButton>
    </div>
  );
}
