import { Check, CircleX, Minus } from "lucide-react";
import { Icon } from "./icon.tsx";

/** The letters of a source. Its lane is a colour beside it, never of the letters. */
export function SourceCode({
  code,
  lane,
  bar = false,
}: {
  readonly code: string;
  readonly lane: number;
  readonly bar?: boolean;
}) {
  return (
    <>
      {bar && <Lane lane={lane} />}
      <span className="source-code">{code}</span>
    </>
  );
}

/** 3 px in the colour of the source; a ninth source repeats the first with a diagonal. */
export function Lane({ lane }: { readonly lane: number }) {
  return <span className="lane" data-lane={lane % 8} data-again={lane >= 8 ? "" : undefined} aria-hidden />;
}

/** How an outcome reads: "ok" stays quiet, a failed one is the only coloured word of a row. */
export function outcomeOf(value: string): { readonly kind: "ok" | "failed" | "none"; readonly word: string } {
  const text = value.toLowerCase();
  if (text === "") return { kind: "none", word: "" };
  if (/^(success|succeeded|ok|yes|allowed|granted)$/.test(text)) return { kind: "ok", word: "ok" };
  if (/^(fail|failed|failure|error|no)$/.test(text)) return { kind: "failed", word: "fail" };
  if (/^(denied|deny|blocked|refused)$/.test(text)) return { kind: "failed", word: "denied" };
  return { kind: "none", word: value };
}

/** `solid` is the badge of the detail header; in rows it is a glyph and a word. */
export function OutcomeBadge({
  value,
  solid = false,
  more,
}: {
  readonly value: string;
  readonly solid?: boolean;
  readonly more?: string;
}) {
  const { kind, word } = outcomeOf(value);
  const shape = kind === "ok" ? Check : kind === "failed" ? CircleX : Minus;
  return (
    <span className={`outcome outcome-${kind}${solid ? " outcome-solid" : ""}`}>
      <Icon of={shape} size={solid ? 14 : 13} />
      {word !== "" && <span>{more === undefined ? word : `${word}, ${more}`}</span>}
    </span>
  );
}

/** Exhibit assumed something here; the reason is said and shown on hover. */
export function AssumptionBadge({ reason }: { readonly reason: string }) {
  return (
    <span className="assumption" title={reason} role="img" aria-label={`assumed: ${reason}`}>
      ≈
    </span>
  );
}
