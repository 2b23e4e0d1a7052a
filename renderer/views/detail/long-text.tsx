import { type ReactNode, memo, useMemo, useRef, useState } from "react";
import { useCommands } from "../../app/services.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { LongList } from "./long-list.tsx";
import { type LongValue, type TextPiece, longValue, textPieces, valueHead } from "./long-value.ts";

/** The beginning of a long value, at most three lines. */
export const ValueHead = memo(function ValueHead({ text }: { readonly text: string }) {
  return (
    <span className="long-head mono">
      {valueHead(text).map((line, index) => (
        <span key={index} className="long-line">
          <EvidenceText text={line} />
        </span>
      ))}
    </span>
  );
});

/** "812 lines, 66 010 characters" */
export function LongSize({ lines, characters }: LongValue) {
  return (
    <span className="long-size">
      <Count value={lines} /> {lines === 1 ? "line" : "lines"}, <Count value={characters} /> characters
    </span>
  );
}

/** One line of an opened value, or a piece of a very long one. */
export const PieceLine = memo(function PieceLine({ text, continued }: TextPiece) {
  return (
    <span className="long-line mono" data-continued={continued ? "" : undefined}>
      <EvidenceText text={text} limit={text.length} />
    </span>
  );
});

/** A value outside of a list: short as it stands, long folded to its first lines with buttons to open and copy it. */
export function FoldedText({ text, label }: { readonly text: string; readonly label: string }) {
  const long = useMemo(() => longValue(text), [text]);
  const [open, setOpen] = useState(false);
  const { copy } = useCommands();
  if (long === undefined) {
    return (
      <span className="long-plain mono">
        <EvidenceText text={text} />
      </span>
    );
  }
  return (
    <div className="long">
      {open ? <OpenText text={text} label={label} /> : <ValueHead text={text} />}
      <p className="long-foot">
        <LongSize {...long} />
        <LinkButton expanded={open} label={`${open ? "Fold" : "Show"} ${label}`} onPress={() => setOpen(!open)}>
          {open ? "Fold" : "Show"}
        </LinkButton>
        <LinkButton label={`Copy ${label}`} onPress={() => copy(text)}>
          Copy
        </LinkButton>
      </p>
    </div>
  );
}

export function LinkButton(props: {
  readonly children: ReactNode;
  readonly label?: string;
  readonly expanded?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="link-button"
      aria-label={props.label}
      aria-expanded={props.expanded}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** CSS pixels of a line, and characters that the detail usually has room for. */
const LINE = 17;
const USUAL_WIDTH = 42;

/** The whole text in place; of a huge one only the lines in sight are laid out. */
function OpenText({ text, label }: { readonly text: string; readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const pieces = useMemo(() => textPieces(text), [text]);
  return (
    <div
      className="long-open selectable"
      role="group"
      aria-label={label}
      // It scrolls by keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      ref={scroller}
    >
      <LongList
        scroller={scroller}
        count={pieces.length}
        usual={(index) => LINE * Math.max(1, Math.ceil((pieces[index]?.text.length ?? 0) / USUAL_WIDTH))}
        current={undefined}
        line={(index) => <PieceLine {...(pieces[index] as TextPiece)} />}
      />
    </div>
  );
}
