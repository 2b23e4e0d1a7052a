import {
  CircleCheck,
  CircleDot,
  CircleX,
  FileText,
  KeyRound,
  type LucideIcon,
  Minus,
  TriangleAlert,
} from "lucide-react";
import type { KeyboardEvent } from "react";
import type { InspectedItem, MemberVerdict } from "../../../workers/contract.ts";
import { Lane } from "../../ui/badges.tsx";
import { countText, sizeText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type ImportPlan, type ItemVerdict, isImported, isSkipped, itemVerdict, withSkip } from "./import-plan.ts";
import { useAsksZone } from "./use-preview.ts";

export interface Place {
  readonly item: number;
  readonly member: number;
}
export interface ListProps {
  readonly items: readonly InspectedItem[];
  readonly plan: ImportPlan;
  readonly at: Place;
  readonly onSelect: (at: Place) => void;
  readonly onPlan: (plan: ImportPlan) => void;
}

/** The files as found, each with one word; an archive lists its members beneath. */
export function ItemList({ items, plan, at, onSelect, onPlan }: ListProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    stops[stops.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  };
  return (
    // The arrows walk the buttons; Tab does so too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav className="import-items" aria-label="Items" onKeyDown={onKeyDown}>
      {items.map((item, index) => (
        <div key={item.grant}>
          <Item
            item={item}
            plan={plan}
            index={index}
            selected={at.item === index && (item.members.length === 1 || at.member === 0)}
            onSelect={onSelect}
          />
          {item.members.length > 1 && (
            <ul className="import-members">
              {item.members.map((member, position) => (
                <li
                  key={member.path}
                  className="import-member"
                  data-selected={at.item === index && at.member === position ? "" : undefined}
                >
                  <input
                    type="checkbox"
                    aria-label={`Import ${member.path}`}
                    checked={isImported(plan, item, member)}
                    disabled={member.choice === undefined && plan.choices[item.grant]?.[member.path] === undefined}
                    onChange={() => onPlan(withSkip(plan, item, member.path, !isSkipped(plan, item, member)))}
                  />
                  <button
                    type="button"
                    className="import-member-name"
                    onClick={() => onSelect({ item: index, member: position })}
                  >
                    <EvidenceText text={member.path} limit={200} />
                    <span className="import-member-verdict">{memberWord(member)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </nav>
  );
}

const memberWord = (member: MemberVerdict): string => (member.verdict === "text" ? "text only" : member.verdict);

const GLYPHS: Readonly<Record<ItemVerdict["kind"], LucideIcon>> = {
  certain: CircleCheck,
  likely: CircleCheck,
  chosen: CircleDot,
  question: TriangleAlert,
  text: FileText,
  password: KeyRound,
  refused: CircleX,
  out: Minus,
};

function Item(props: {
  readonly item: InspectedItem;
  readonly plan: ImportPlan;
  readonly index: number;
  readonly selected: boolean;
  readonly onSelect: (at: Place) => void;
}) {
  const { item, plan, index, selected, onSelect } = props;
  const verdict = itemVerdict(plan, item, useAsksZone(item, plan));
  return (
    <button
      type="button"
      className="import-item"
      aria-current={selected ? "true" : undefined}
      onClick={() => onSelect({ item: index, member: 0 })}
      onFocus={() => onSelect({ item: index, member: 0 })}
    >
      <Lane lane={index} />
      <span className="import-item-name">
        <EvidenceText text={item.name} limit={160} />
      </span>
      <span className="import-verdict" data-verdict={verdict.kind}>
        <Icon of={GLYPHS[verdict.kind]} /> {verdict.word}
      </span>
      <span className="import-item-line">{sizeLine(item)}</span>
      <span className="import-item-line import-item-title">{titleLine(item)}</span>
    </button>
  );
}

function sizeLine(item: InspectedItem): string {
  const size = sizeText(item.bytes);
  const in_ = item.alreadyIn === undefined ? "" : ", already in this case";
  if (item.container === "plain") return `${size}${in_}`;
  return `${item.container}, ${item.members.length === 1 ? "1 member" : `${countText(item.members.length)} members`}, ${size}${in_}`;
}

function titleLine(item: InspectedItem): string {
  if (item.problem !== undefined) return item.problem.message;
  const titles = [...new Set(item.members.map((member) => member.title).filter((title) => title !== ""))];
  return titles.join(", ");
}
