import "../rejects/rejects.css";
import { ListFilter } from "lucide-react";
import { type KeyboardEvent, useEffect, useId } from "react";
import type { MatchRole, MatchState, WorklistPage, WorklistPair } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useWorklist } from "../../engine/use-identities.ts";
import { useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { type TallScroll, useTallScroll } from "../grid/use-tall-scroll.ts";
import { REJECTS_A_PAGE as PAGE, pagesFor, rejectTarget } from "../rejects/reject-window.ts";
import { ROLE_WORDS, STATE_REASONS, STATE_WORDS } from "./identity-words.ts";

const ROW = 24;
const HEAD = 28;

/** The distinct names of one state: one goes through them by keys, Enter shows the entries of one. */
export function Worklist() {
  const { role, state, at } = useView((view) => view.worklist);
  return <Pairs key={`${role} ${state}`} role={role} state={state} at={at} />;
}

function Pairs(props: { readonly role: MatchRole; readonly state: MatchState; readonly at: number }) {
  const { role, state } = props;
  const { chooseWorklist, showPair } = useCommands();
  const head = useWorklist(role, state, 0, PAGE);
  const total = useKept(head)?.total ?? 0;
  // A list gets shorter when a table is added or the policy changes.
  const at = Math.max(0, Math.min(props.at, total - 1));
  const scroll = useTallScroll(total, ROW, HEAD);
  const [one, other] = pagesFor(scroll.first);
  const first = useKept(useWorklist(role, state, one, PAGE));
  const second = useKept(useWorklist(role, state, other < total ? other : one, PAGE));
  const chosen = useKept(useWorklist(role, state, pagesFor(at)[0], PAGE));
  const pairAt = (index: number): WorklistPair | undefined => pairIn([first, second, chosen], index);
  const pair = pairAt(at);
  if (head.state === "fault") return <FaultPanel fault={head.fault} effect="The entries are unchanged." />;
  return (
    <section className="worklist" aria-label={`${ROLE_WORDS[role]}, ${STATE_WORDS[state]}`}>
      <header className="worklist-head">
        <h2>
          {ROLE_WORDS[role]}, {STATE_WORDS[state]}
        </h2>
        <span className="worklist-about">
          <Count value={total} /> {total === 1 ? "name" : "names"}, {STATE_REASONS[state]}
        </span>
        <Button
          small
          icon={ListFilter}
          keys="Enter"
          disabled={pair === undefined}
          onPress={() => pair && showPair(pair.query)}
        >
          {pair === undefined ? "Show entries" : `Show ${countText(pair.entries)} entries`}
        </Button>
      </header>
      {total === 0 ? (
        <p className="evidence-view-none">Nobody is in this list.</p>
      ) : (
        <PairTable
          role={role}
          total={total}
          scroll={scroll}
          pairAt={pairAt}
          at={at}
          onChoose={(to) => chooseWorklist(role, state, to)}
          onEnter={() => pair && showPair(pair.query)}
        />
      )}
      {pair !== undefined && pair.candidates.length > 1 && <Candidates pair={pair} />}
      <p className="worklist-keys">
        {keysText("F4")} and {keysText("Shift+F4")} lead through the names from among the entries, too.
      </p>
    </section>
  );
}

function pairIn(pages: readonly (WorklistPage | undefined)[], index: number): WorklistPair | undefined {
  for (const page of pages) {
    const pair = page?.rows[index - page.first];
    if (pair !== undefined) return pair;
  }
  return undefined;
}

function Candidates({ pair }: { readonly pair: WorklistPair }) {
  return (
    <section className="candidates" aria-label="Candidates">
      <h3>
        Rule {pair.rule} found {pair.candidates.length}; none is chosen
      </h3>
      <ul>
        {pair.candidates.map((candidate, at) => (
          <li key={at}>
            <EvidenceText text={candidate} limit={600} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PairTableProps {
  readonly role: MatchRole;
  readonly total: number;
  readonly scroll: TallScroll;
  readonly pairAt: (index: number) => WorklistPair | undefined;
  readonly at: number;
  readonly onChoose: (index: number) => void;
  readonly onEnter: () => void;
}

function PairTable({ role, total, scroll, pairAt, at, onChoose, onEnter }: PairTableProps) {
  const id = useId();
  const { showRow, attach } = scroll;
  useEffect(() => showRow(at, "nearest"), [showRow, at]);
  const page = Math.max(1, Math.floor(scroll.viewport / ROW) - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const to = rejectTarget(LETTERS[event.key] ?? event.key, at, total, page);
    if (to !== undefined) onChoose(to);
    else if (event.key === "Enter") onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isActor = role === "actor";
  const titles = isActor ? ["Entries", "Login", "Repository"] : ["Entries", "Name", "Parent", "Type"];
  const indexes = Array.from({ length: Math.max(0, scroll.end - scroll.first) }, (_, index) => scroll.first + index);
  return (
    <div
      className="reject-table worklist-table"
      role="grid"
      aria-label="Names"
      aria-rowcount={total + 1}
      aria-activedescendant={at >= scroll.first && at < scroll.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      data-region-start
      ref={attach}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: scroll.spacer + HEAD }}>
        <div className="reject-pane" role="presentation" style={{ height: scroll.viewport + HEAD }}>
          <div className="worklist-row reject-row-head" role="row" aria-rowindex={1}>
            {titles.map((title, column) => (
              <span key={column} role="columnheader">
                {title}
              </span>
            ))}
          </div>
          <div className="reject-rows" role="presentation" style={{ height: scroll.viewport }}>
            <div role="presentation" style={{ transform: `translateY(${scroll.shift}px)` }}>
              {indexes.map((index) => (
                <Row
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  pair={pairAt(index)}
                  isTyped={!isActor}
                  isCurrent={index === at}
                  onChoose={() => onChoose(index)}
                  onEnter={onEnter}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

const LETTERS: Readonly<Record<string, string>> = { j: "ArrowDown", k: "ArrowUp" };

function Row(props: {
  readonly id: string;
  readonly index: number;
  readonly pair: WorklistPair | undefined;
  readonly isTyped: boolean;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
  readonly onEnter: () => void;
}) {
  const { id, index, pair, isTyped, isCurrent, onChoose, onEnter } = props;
  return (
    // Keys are the table's: it is the one tab stop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className="worklist-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      onClick={onChoose}
      onDoubleClick={onEnter}
    >
      {pair !== undefined && (
        <>
          <span role="gridcell">
            <Count value={pair.entries} />
          </span>
          {[pair.name, pair.parent, ...(isTyped ? [pair.type] : [])].map((text, column) => (
            <span role="gridcell" key={column}>
              <EvidenceText text={text} limit={200} />
            </span>
          ))}
        </>
      )}
    </div>
  );
}
