import { ArrowDown, ArrowUp, FileJson } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { IdentityInfo, IdentityPolicy, MatchRole, MatchRule } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { ROLE_WORDS, ruleWords } from "./identity-words.ts";

/** The rules in the order in which they are tried; each change is matched at once, and can be undone. */
export function PolicyEditor({ info }: { readonly info: IdentityInfo }) {
  const { choosePolicy, setPolicy } = useCommands();
  const { policy, isDefaultPolicy, problems, roles } = info;
  const list = useRef<HTMLOListElement>(null);
  const follow = useFocusOfMoved(list, policy);
  const change = (rules: readonly MatchRule[]): void => setPolicy(edited(policy, isDefaultPolicy, rules));
  const move = (from: number, by: 1 | -1): void => {
    const rule = policy.rules[from];
    if (rule === undefined) return;
    follow(from + by, by);
    change(policy.rules.toSpliced(from, 1).toSpliced(from + by, 0, rule));
  };
  return (
    <section className="policy" aria-label="Matching policy">
      <header className="identities-head">
        <h2>Matching policy</h2>
        <span className="policy-name">
          <EvidenceText text={policy.name} limit={80} />
        </span>
        <Button small icon={FileJson} onPress={choosePolicy}>
          Use a file
        </Button>
      </header>
      <p className="policy-about">The first rule with a candidate ends the search. Names compare without case.</p>
      <ol ref={list}>
        {policy.rules.map((rule, at) => (
          <li key={at} className="policy-rule" data-off={rule.isOff ? "" : undefined}>
            <Rule
              rule={rule}
              place={at + 1}
              isLast={at === policy.rules.length - 1}
              problem={problems.find((problem) => problem.rule === at + 1)?.text}
              found={roles.flatMap(({ role, byRule }) => {
                const own = byRule.find((each) => each.rule === at + 1);
                return own === undefined ? [] : [{ role, entries: own.entries }];
              })}
              onChange={(changes) => change(policy.rules.with(at, { ...rule, ...changes }))}
              onMove={(by) => move(at, by)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** An edited default policy is one of the case's own. */
function edited(policy: IdentityPolicy, isDefault: boolean, rules: readonly MatchRule[]): IdentityPolicy {
  return { name: isDefault ? "edited" : policy.name, rules };
}

/** After a rule was moved, the focus goes with it: to the button that was pressed, or to its sibling where there is no further. */
function useFocusOfMoved(list: RefObject<HTMLOListElement | null>, policy: IdentityPolicy) {
  const moved = useRef<{ readonly pressed: Element | null; readonly to: number; readonly by: 1 | -1 }>(undefined);
  useEffect(() => {
    const now = moved.current;
    moved.current = undefined;
    if (now === undefined || document.activeElement !== now.pressed || !list.current?.contains(now.pressed)) return;
    const buttons = list.current.children[now.to]?.querySelectorAll<HTMLButtonElement>(".policy-move button");
    const [earlier, later] = buttons ?? [];
    const [same, other] = now.by === 1 ? [later, earlier] : [earlier, later];
    (same?.disabled === true ? other : same)?.focus();
  }, [list, policy]);
  return (to: number, by: 1 | -1): void => {
    moved.current = { pressed: document.activeElement, to, by };
  };
}

interface RuleProps {
  readonly rule: MatchRule;
  /** From 1. */
  readonly place: number;
  readonly isLast: boolean;
  readonly problem: string | undefined;
  readonly found: readonly { readonly role: MatchRole; readonly entries: number }[];
  readonly onChange: (changes: Partial<MatchRule>) => void;
  readonly onMove: (by: 1 | -1) => void;
}

function Rule({ rule, place, isLast, problem, found, onChange, onMove }: RuleProps) {
  const { showMatched } = useCommands();
  return (
    <>
      <label className="policy-switch">
        <input type="checkbox" checked={!rule.isOff} onChange={(event) => onChange({ isOff: !event.target.checked })} />
        <span>
          <b>{place}</b> <EvidenceText text={ruleWords(rule)} limit={200} />
        </span>
      </label>
      <span className="policy-move">
        <IconButton
          icon={ArrowUp}
          size={14}
          label={`Try rule ${place} earlier`}
          disabled={place === 1}
          onPress={() => onMove(-1)}
        />
        <IconButton
          icon={ArrowDown}
          size={14}
          label={`Try rule ${place} later`}
          disabled={isLast}
          onPress={() => onMove(1)}
        />
      </span>
      <div className="policy-display">
        <span aria-hidden>shows</span>
        <DisplayMethod place={place} display={rule.display} onChange={(display) => onChange({ display })} />
      </div>
      {problem !== undefined && (
        <p className="policy-problem">
          Finds nothing: <EvidenceText text={problem} limit={200} />
        </p>
      )}
      {found.map(({ role, entries }) => (
        <button
          key={role}
          type="button"
          className="link policy-found"
          onClick={() => showMatched(role, "rule", `rule ${place}`)}
        >
          <Count value={entries} /> entries, {ROLE_WORDS[role].toLowerCase()}
          <span className="said"> found by rule {place}: show them</span>
        </button>
      ))}
    </>
  );
}

/** Taken over with Enter or on leaving; Esc brings back what was. What is changed elsewhere takes the place of what is typed. */
function DisplayMethod(props: {
  readonly place: number;
  readonly display: string;
  readonly onChange: (display: string) => void;
}) {
  const { place, display, onChange } = props;
  const [text, setText] = useState(display);
  const [known, setKnown] = useState(display);
  if (known !== display) {
    setKnown(display);
    setText(display);
  }
  const commit = (): void => {
    if (text !== display) onChange(text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape" && text !== display) setText(display);
    else return;
    event.preventDefault();
  };
  return (
    <input
      className="input mono"
      value={text}
      aria-label={`Display method of rule ${place}`}
      placeholder="the recorded name"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
