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
import { type KeyboardEvent, useState } from "react";
import type { InspectedItem, MemberVerdict } from "../../../workers/contract.ts";
import { Lane } from "../../ui/badges.tsx";
import { countText, sizeText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { choiceOf, type ImportPlan, isImported, isSkipped, withSkip } from "./import-plan.ts";
import { type ItemVerdict, type ListPart, itemVerdict, memberWord, partOf } from "./item-verdict.ts";
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

/** Each item that is shown is looked into for its zone: a folder of thousands is listed by and by. */
const STEP = 60;
/** From here on the list can be narrowed. */
const LONG = 12;

/** The files as found, each with one word; an archive lists its members beneath. */
export function ItemList(props: ListProps) {
  const { items, plan } = props;
  const [part, setPart] = useState<ListPart>("all");
  const [most, setMost] = useState(STEP);
  const places = items.flatMap((item, index) => (part === "all" || partOf(plan, item) === part ? [index] : []));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    stops[stops.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  };
  return (
    <div className="import-items">
      {items.length > LONG && <Parts items={items} plan={plan} part={part} onPart={setPart} />}
      {/* The arrows walk the buttons; Tab does so too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <nav aria-label="Items" onKeyDown={onKeyDown}>
        {places.slice(0, most).map((index) => (
          <ItemWithMembers key={items[index]?.grant} {...props} index={index} />
        ))}
        {places.length === 0 && <p className="import-items-none">No item is of this kind.</p>}
        {places.length > most && (
          <button type="button" className="link import-more" onClick={() => setMost(most + STEP)}>
            Show {countText(Math.min(STEP, places.length - most))} more of {countText(places.length)}
          </button>
        )}
      </nav>
    </div>
  );
}

function Parts(props: {
  readonly items: readonly InspectedItem[];
  readonly plan: ImportPlan;
  readonly part: ListPart;
  readonly onPart: (part: ListPart) => void;
}) {
  const { items, plan, part, onPart } = props;
  const parts = items.map((item) => partOf(plan, item));
  const count = (wanted: ListPart): string => countText(parts.filter((own) => own === wanted).length);
  return (
    <div className="import-parts">
      <Segmented
        label="Items shown"
        options={[
          { id: "all", title: `All ${countText(items.length)}` },
          { id: "asking", title: `Asking ${count("asking")}` },
          { id: "password", title: `Locked ${count("password")}` },
          { id: "refused", title: `Refused ${count("refused")}` },
        ]}
        selected={part}
        onSelect={(id) => onPart(id as ListPart)}
      />
    </div>
  );
}

function ItemWithMembers({ items, plan, at, onSelect, onPlan, index }: ListProps & { readonly index: number }) {
  const [most, setMost] = useState(STEP);
  const item = items[index];
  if (item === undefined) return null;
  const { members } = item;
  return (
    <div>
      <Item
        item={item}
        plan={plan}
        index={index}
        selected={at.item === index && (members.length <= 1 || at.member === 0)}
        onSelect={onSelect}
      />
      {members.length > 1 && (
        <ul className="import-members">
          {members.slice(0, most).map((member, position) => (
            <Member
              key={position}
              item={item}
              member={member}
              plan={plan}
              selected={at.item === index && at.member === position}
              onSelect={() => onSelect({ item: index, member: position })}
              onPlan={onPlan}
            />
          ))}
          {members.length > most && (
            <li>
              <button type="button" className="link import-more" onClick={() => setMost(most + STEP)}>
                Show {countText(Math.min(STEP, members.length - most))} more of {countText(members.length)} members
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Member(props: {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly plan: ImportPlan;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onPlan: (plan: ImportPlan) => void;
}) {
  const { item, member, plan, selected, onSelect, onPlan } = props;
  const isOffered = member.verdict !== "refused" && (member.choice ?? plan.choices[item.grant]?.[member.path]);
  return (
    <li className="import-member" data-selected={selected ? "" : undefined}>
      <input
        type="checkbox"
        aria-label={`Import ${shownText(member.path)}`}
        checked={isImported(plan, item, member)}
        disabled={!isOffered}
        onChange={() => onPlan(withSkip(plan, item, member.path, !isSkipped(plan, item, member)))}
      />
      <button type="button" className="import-member-name" onClick={onSelect}>
        <EvidenceText text={member.path} limit={200} />
        <span className="import-member-verdict">
          {member.bytes !== undefined && <span className="import-member-size">{sizeText(member.bytes)}</span>}
          {memberWord(plan, item, member)}
        </span>
      </button>
    </li>
  );
}

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
      <TitleLine item={item} plan={plan} />
    </button>
  );
}

function sizeLine(item: InspectedItem): string {
  const facts = [sizeText(item.bytes)];
  if (item.container !== "plain" && item.container !== "") {
    facts.unshift(item.members.length === 1 ? "1 member" : `${countText(item.members.length)} members`);
    facts.unshift(item.container);
  }
  if (item.password === "open") facts.push("opened with a password");
  if (item.alreadyIn !== undefined) facts.push("already in this case");
  return facts.join(", ");
}

/** What it is read as, or what keeps it from being read whole. */
function TitleLine({ item, plan }: { readonly item: InspectedItem; readonly plan: ImportPlan }) {
  if (item.problem !== undefined) {
    return (
      <span className="import-item-line import-item-problem" data-tone={item.members.length > 0 ? "care" : "fail"}>
        <EvidenceText text={item.problem.message} limit={300} />
      </span>
    );
  }
  const isOpen = item.password === "none" || item.password === "open";
  const text = isOpen ? titlesOf(item, plan) : "names readable, content locked";
  return <span className="import-item-line import-item-title">{text}</span>;
}

function titlesOf(item: InspectedItem, plan: ImportPlan): string {
  const titles = item.members.map((member) => titleOf(plan, item, member));
  return [...new Set(titles.filter((title) => title !== ""))].join(", ");
}

function titleOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): string {
  const choice = choiceOf(plan, item, member);
  if (choice === member.choice) return member.title;
  return member.choices.find((each) => each.choice === choice)?.title ?? member.title;
}
