import { type ReactNode, useId, useState } from "react";
import type { InspectedItem, MemberQuestion, MemberVerdict, ReadingAnswer } from "../../../workers/contract.ts";
import { AssumptionBadge } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { type DateOrder, fitting, readDate } from "./date-order.ts";
import { type ImportPlan, answerOf, openQuestions, questionsOf, withAnswer } from "./import-plan.ts";

interface QuestionProps<Kind extends MemberQuestion["kind"]> {
  readonly question: Extract<MemberQuestion, { kind: Kind }>;
  readonly answer: ReadingAnswer;
  /** The question was answered, or left open on purpose. */
  readonly settled: boolean;
  readonly onAnswer: (answer: ReadingAnswer) => void;
  readonly onLeave: () => void;
}

/** What Exhibit cannot know by itself, each with the evidence for its answers. */
export function MemberQuestions(props: {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}) {
  const { item, member, plan, onPlan } = props;
  const answer = answerOf(plan, item, member);
  const left = plan.leftOpen[item.grant]?.[member.path] ?? [];
  const open = openQuestions(plan, item, member);
  return questionsOf(plan, item, member).map((question) => {
    const { kind } = question;
    const own = {
      answer,
      settled: !open.includes(kind),
      onAnswer: (part: ReadingAnswer) =>
        onPlan(
          withAnswer(
            plan,
            item,
            member.path,
            { ...answer, ...part },
            left.filter((other) => other !== kind),
          ),
        ),
      onLeave: () => onPlan(withAnswer(plan, item, member.path, without(answer, kind), [...left, kind])),
    };
    switch (question.kind) {
      case "time-field":
        return <TimeField key={kind} question={question} {...own} />;
      case "date-order":
        return <DateOrderQuestion key={kind} question={question} {...own} />;
      case "year":
        return <Year key={kind} question={question} {...own} />;
    }
  });
}

function without(answer: ReadingAnswer, kind: MemberQuestion["kind"]): ReadingAnswer {
  const { timeField, dateOrder, year, ...rest } = answer;
  return {
    ...rest,
    ...(kind !== "time-field" && timeField !== undefined && { timeField }),
    ...(kind !== "date-order" && dateOrder !== undefined && { dateOrder }),
    ...(kind !== "year" && year !== undefined && { year }),
  };
}

function Frame(props: {
  readonly title: string;
  readonly reason: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="question">
      <legend className="said">{props.title}</legend>
      <p className="question-text">
        <AssumptionBadge reason={props.reason} />
        <span>{props.text}</span>
      </p>
      {props.children}
    </fieldset>
  );
}

function TimeField({ question, answer, settled, onAnswer, onLeave }: QuestionProps<"time-field">) {
  const name = useId();
  return (
    <Frame
      title="Column of the time"
      reason="no column is known to hold the time"
      text={
        <>
          <b>No column is known to hold the time.</b> Which one does? Without an answer the entries stay undated.
        </>
      }
    >
      <div className="question-answers question-list">
        {question.fields.map((field) => (
          <label key={field.name}>
            <input
              type="radio"
              name={name}
              checked={answer.timeField === field.name}
              onChange={() => onAnswer({ timeField: field.name })}
            />
            <span className="question-name">
              <EvidenceText text={field.name} limit={80} />
            </span>
            <span className="question-samples mono">
              <EvidenceText text={field.samples.join("  ·  ")} limit={160} />
            </span>
          </label>
        ))}
        <LeaveOpen name={name} checked={settled && answer.timeField === undefined} onLeave={onLeave} />
      </div>
    </Frame>
  );
}

const ORDERS: readonly { readonly order: DateOrder; readonly title: string }[] = [
  { order: "day-first", title: "Day first" },
  { order: "month-first", title: "Month first" },
];

function DateOrderQuestion({ question, answer, settled, onAnswer, onLeave }: QuestionProps<"date-order">) {
  const name = useId();
  const { samples } = question;
  return (
    <Frame
      title="Order of the dates"
      reason="the dates can be read in two ways"
      text={
        <>
          <b>These dates can be read in two ways.</b> How is{" "}
          <span className="mono">
            <EvidenceText text={samples[0] ?? ""} limit={60} />
          </span>{" "}
          meant?
        </>
      }
    >
      <div className="question-answers question-list">
        {ORDERS.map(({ order, title }) => (
          <label key={order}>
            <input
              type="radio"
              name={name}
              checked={answer.dateOrder === order}
              onChange={() => onAnswer({ dateOrder: order })}
            />
            <span className="question-name">{title}</span>
            <span className="question-samples">
              {samples
                .map((sample) => readDate(sample, order))
                .filter((text) => text !== undefined)
                .slice(0, 3)
                .join(" · ")}
              <span className="question-fit">
                {" "}
                {fitting(samples, order)} of {samples.length} samples are dates
              </span>
            </span>
          </label>
        ))}
        <LeaveOpen name={name} checked={settled && answer.dateOrder === undefined} onLeave={onLeave} />
      </div>
    </Frame>
  );
}

function Year({ question, answer, settled, onAnswer, onLeave }: QuestionProps<"year">) {
  const name = useId();
  const { guess, samples } = question;
  const isOther = answer.year !== undefined && answer.year !== guess;
  const [other, setOther] = useState(isOther ? String(answer.year) : "");
  const [open, setOpen] = useState(isOther);
  const isBad = open && other !== "" && !isYear(other);
  const write = (text: string): void => {
    setOther(text);
    if (isYear(text)) onAnswer({ year: Number(text) });
  };
  return (
    <Frame
      title="Year of the times"
      reason="no record names the year"
      text={
        <>
          <b>These times carry no year.</b> In which year is{" "}
          <span className="mono">
            <EvidenceText text={samples[0] ?? "the first of them"} limit={60} />
          </span>
          ? Later ones follow it over New Year.
        </>
      }
    >
      <div className="question-answers">
        {guess !== undefined && (
          <label>
            <input
              type="radio"
              name={name}
              checked={!open && answer.year === guess}
              onChange={() => {
                setOpen(false);
                onAnswer({ year: guess });
              }}
            />
            {guess} <span className="question-fit">as the file’s own time says</span>
          </label>
        )}
        <label>
          <input
            type="radio"
            name={name}
            checked={open}
            onChange={() => {
              setOpen(true);
              if (isYear(other)) onAnswer({ year: Number(other) });
            }}
          />
          Another year
        </label>
        {open && (
          <input
            className="input question-year"
            value={other}
            inputMode="numeric"
            aria-label="Year"
            aria-invalid={isBad}
            placeholder="2025"
            spellCheck={false}
            onChange={(event) => write(event.target.value)}
          />
        )}
        {isBad && <span>A year has four digits, 1970 to 2200.</span>}
        <LeaveOpen
          name={name}
          checked={!open && settled && answer.year === undefined}
          title={guess === undefined ? "Keep undated" : `Assume ${guess} and mark it`}
          onLeave={() => {
            setOpen(false);
            onLeave();
          }}
        />
      </div>
    </Frame>
  );
}

function isYear(text: string): boolean {
  return /^\d{4}$/.test(text) && Number(text) >= 1970 && Number(text) <= 2200;
}

function LeaveOpen(props: {
  readonly name: string;
  readonly checked: boolean;
  readonly title?: string;
  readonly onLeave: () => void;
}) {
  return (
    <label>
      <input type="radio" name={props.name} checked={props.checked} onChange={props.onLeave} />
      <span className="question-name">{props.title ?? "Keep undated"}</span>
    </label>
  );
}
