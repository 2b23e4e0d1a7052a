import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type {
  FormatChoice,
  InspectedItem,
  MemberVerdict,
  Preview,
  Reading,
  ReadingAnswer,
  TextEncoding,
} from "../../../workers/contract.ts";
import { DELIMITERS, ENCODINGS } from "../../app/reading-words.ts";
import { useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MenuButton, type MenuEntry, type MenuGroup } from "../../ui/menu.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { carrierGroups, carrierTitle, formatGroups, formatTitle } from "./choice-menus.ts";
import {
  type ImportPlan,
  TABLE,
  answerOf,
  choiceOf,
  foundOf,
  profileNameOf,
  saidBy,
  withAnswer,
  withChoice,
} from "./import-plan.ts";
import { usePreview } from "./use-preview.ts";

interface ControlsProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}

/** Each part of how a member is read, as it is now, and a menu to say otherwise. The zone is asked where it matters. */
export function ReadingControls({ item, member, plan, onPlan }: ControlsProps) {
  const choice = choiceOf(plan, item, member);
  const preview = useKept(usePreview(plan, item, member));
  const answer = answerOf(plan, item, member);
  const choose = (next: FormatChoice | undefined): void => onPlan(withChoice(plan, item, member.path, next));
  const say = (said: ReadingAnswer): void =>
    onPlan(withAnswer(plan, item, member.path, said, plan.leftOpen[item.grant]?.[member.path] ?? []));
  const reading: Reading = foundOf(plan, item, member)?.reading ?? {};
  const isChosen = choice !== member.choice;
  const by = saidBy(profileNameOf(plan, item, member.path), "said");
  return (
    <div className="reading-controls" role="group" aria-label="Read as">
      <Control
        label="Format"
        value={formatTitle(member, choice)}
        said={isChosen}
        by={by}
        groups={formatGroups(member, choice, choose)}
      />
      <Control
        label="Carrier"
        value={carrierTitle(member, choice)}
        said={isChosen}
        by={by}
        groups={carrierGroups(member, choice, choose)}
      />
      {choice !== undefined && (
        <>
          <Encoding
            member={member}
            said={answer.encoding}
            by={by}
            onSay={(encoding) => say(saying(answer, "encoding", encoding))}
          />
          {choice.startsWith(TABLE) && (
            <Delimiter
              found={reading.table?.delimiter}
              said={answer.delimiter}
              by={by}
              // Split otherwise, the columns have other names.
              onSay={(delimiter) => say(saying(saying(answer, "timeField", undefined), "delimiter", delimiter))}
            />
          )}
          <TimeColumn
            preview={preview}
            said={answer.timeField}
            by={by}
            onSay={(timeField) => say(saying(answer, "timeField", timeField))}
          />
        </>
      )}
    </div>
  );
}

/** `value` undefined: nothing is said of it any more. */
function saying<Part extends keyof ReadingAnswer>(
  answer: ReadingAnswer,
  part: Part,
  value: ReadingAnswer[Part] | undefined,
): ReadingAnswer {
  const { [part]: _, ...rest } = answer;
  return value === undefined ? rest : { ...rest, [part]: value };
}

function Control(props: {
  readonly label: string;
  readonly value: string;
  readonly said: boolean;
  /** In words: who said it. */
  readonly by: string;
  readonly groups: readonly MenuGroup[];
  readonly children?: ReactNode;
}) {
  const { label, value, said, by, groups, children } = props;
  const id = useId();
  return (
    <span className="reading-control" data-said={said ? "" : undefined}>
      <span className="reading-label" id={id}>
        {label}
      </span>
      <MenuButton label={label} groups={groups}>
        <Button small label={shownText(`${label}: ${value}${said ? `, ${by}` : ""}`)}>
          <span className="reading-value">
            <EvidenceText text={value} limit={60} />
          </span>
          <Icon of={ChevronDown} />
        </Button>
      </MenuButton>
      {children}
    </span>
  );
}

function Encoding(props: {
  readonly member: MemberVerdict;
  readonly said: TextEncoding | undefined;
  readonly by: string;
  readonly onSay: (encoding: TextEncoding | undefined) => void;
}) {
  const { member, said, by, onSay } = props;
  const found = ENCODINGS[member.reading.encoding ?? "utf-8"];
  const entries: readonly MenuEntry[] = [
    { id: "found", title: `As found: ${found}`, chosen: said === undefined, run: () => onSay(undefined) },
    ...(Object.entries(ENCODINGS) as [TextEncoding, string][]).map(([id, title]) => ({
      id,
      title,
      chosen: said === id,
      run: () => onSay(id),
    })),
  ];
  return (
    <Control
      label="Encoding"
      value={said === undefined ? found : ENCODINGS[said]}
      said={said !== undefined}
      by={by}
      groups={[{ entries }]}
    />
  );
}

const OFFERED = [",", ";", "\t", "|", " "] as const;

function Delimiter(props: {
  readonly found: string | undefined;
  readonly said: string | undefined;
  readonly by: string;
  readonly onSay: (delimiter: string | undefined) => void;
}) {
  const { found, said, by, onSay } = props;
  const isOther = said !== undefined && !OFFERED.some((each) => each === said);
  const [open, setOpen] = useState(isOther);
  const choose = (delimiter: string | undefined): void => {
    setOpen(false);
    onSay(delimiter);
  };
  const entries: readonly MenuEntry[] = [
    { id: "found", title: "As found", chosen: said === undefined && !open, run: () => choose(undefined) },
    ...OFFERED.map((delimiter) => ({
      id: `d${delimiter}`,
      title: DELIMITERS[delimiter] ?? delimiter,
      chosen: said === delimiter,
      run: () => choose(delimiter),
    })),
    { id: "other", title: "Another character", chosen: open || isOther, run: () => setOpen(true) },
  ];
  const now = said ?? found;
  return (
    <Control
      label="Delimiter"
      value={now === undefined ? "none" : (DELIMITERS[now] ?? now)}
      said={said !== undefined}
      by={by}
      groups={[{ entries }]}
    >
      {open && (
        <input
          className="input reading-character mono"
          aria-label="Delimiter character"
          autoFocus
          maxLength={1}
          spellCheck={false}
          value={isOther ? said : ""}
          onChange={(event) => {
            if (/^[!#-~]$/.test(event.target.value)) onSay(event.target.value);
          }}
        />
      )}
    </Control>
  );
}

/** Where a record has several fields of times, or one is said; a format of text has its time in one place. */
function TimeColumn(props: {
  readonly preview: Preview | undefined;
  readonly said: string | undefined;
  readonly by: string;
  readonly onSay: (field: string | undefined) => void;
}) {
  const { preview, said, by, onSay } = props;
  const fields = preview?.timeFields ?? [];
  if (fields.length === 0 && said === undefined) return null;
  const found = preview?.timeFrom?.replace(/^field /, "") ?? "none";
  const entries: readonly MenuEntry[] = [
    { id: "found", title: "As found", chosen: said === undefined, run: () => onSay(undefined) },
    ...fields.map(({ name, samples }) => ({
      id: `f${name}`,
      title: shownText(`${name}  ·  ${samples[0] ?? ""}`, 120),
      chosen: said === name,
      run: () => onSay(name),
    })),
  ];
  return <Control label="Time column" value={said ?? found} said={said !== undefined} by={by} groups={[{ entries }]} />;
}
