import { type ReactNode, useMemo, useState } from "react";
import { useCommands } from "../../app/services.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { type Hunk, foldedSame, hunkWords, hunksOf } from "./change.ts";
import { LinkButton } from "./long-text.tsx";

/** Lines of one hunk that are laid out before somebody asks for the rest. */
const MOST_LINES = 60;

/** Old and new beside each other; what differs is said by glyph and word, and stands out by weight. */
export function ChangePanel(props: { readonly old: string | undefined; readonly new: string | undefined }) {
  const { old, new: next } = props;
  const { copy } = useCommands();
  const hunks = useMemo(() => hunksOf(old ?? "", next ?? ""), [old, next]);
  return (
    <section className="panel change" aria-label="Change">
      <h3 className="panel-head">Change</h3>
      <div className="change-heads" aria-hidden>
        <span>Before</span>
        <span>After</span>
      </div>
      {old === undefined && <p className="change-none">Nothing is recorded of before.</p>}
      {next === undefined && <p className="change-none">Nothing is recorded of after.</p>}
      {hunks.map((hunk, index) => (
        <HunkRows key={index} hunk={hunk} first={index === 0} last={index === hunks.length - 1} />
      ))}
      <p className="long-foot">
        {old !== undefined && <LinkButton onPress={() => copy(old)}>Copy before</LinkButton>}
        {next !== undefined && <LinkButton onPress={() => copy(next)}>Copy after</LinkButton>}
      </p>
    </section>
  );
}

interface HunkProps {
  readonly hunk: Hunk;
  readonly first: boolean;
  readonly last: boolean;
}

function HunkRows({ hunk, first, last }: HunkProps) {
  const [shown, setShown] = useState(false);
  const { glyph, words } = hunkWords(hunk);
  const all = Math.max(hunk.old.length, hunk.new.length);
  const fold = hunk.kind === "same" ? foldedSame(all, first, last) : { head: MOST_LINES, hidden: all - MOST_LINES };
  const isFolded = !shown && fold.hidden > 0;
  const rest = fold.head + fold.hidden;
  return (
    <div className="change-hunk" data-kind={hunk.kind}>
      {hunk.kind !== "same" && (
        <p className="change-words">
          <b aria-hidden>{glyph}</b> {words}
        </p>
      )}
      <Rows hunk={hunk} from={0} to={isFolded ? fold.head : all} />
      {isFolded && (
        <p className="long-foot">
          {hunk.kind === "same" ? `= ${fold.hidden} lines the same` : `${fold.hidden} lines more`}
          <LinkButton expanded={false} onPress={() => setShown(true)}>
            Show
          </LinkButton>
        </p>
      )}
      {isFolded && rest < all && <Rows hunk={hunk} from={rest} to={all} />}
    </div>
  );
}

function Rows({ hunk, from, to }: { readonly hunk: Hunk; readonly from: number; readonly to: number }) {
  const rows: ReactNode[] = [];
  for (let at = from; at < to; at += 1) {
    rows.push(
      <div key={at} className="change-row mono selectable">
        <Side text={hunk.old[at]} side="before" kind={hunk.kind} />
        <Side text={hunk.new[at]} side="after" kind={hunk.kind} />
      </div>,
    );
  }
  return rows;
}

function Side(props: {
  readonly text: string | undefined;
  readonly side: "before" | "after";
  readonly kind: Hunk["kind"];
}) {
  const { text, side, kind } = props;
  if (text === undefined) return <span className="change-side" data-empty="" />;
  const glyph = kind === "same" ? "" : side === "before" ? "−" : "+";
  return (
    <span className="change-side" data-side={side}>
      <span className="change-glyph" aria-hidden>
        {glyph}
      </span>
      {kind !== "same" && <span className="said">{side}: </span>}
      <EvidenceText text={text} />
    </span>
  );
}
