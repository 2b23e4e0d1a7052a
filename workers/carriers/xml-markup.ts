/** What stands between the events of an export and is no log: declarations, the root element, comments. */

/** A declaration or comment between events is longer than this only by accident; then events may stand in it. */
export const MAX_MARKUP_BYTES = 65_536;

export type Markup =
  | { readonly kind: "around" | "doctype"; readonly length: number }
  /** The next bytes will tell. */
  | { readonly kind: "waiting" }
  | { readonly kind: "none" };

/** What begins so and ends so. */
const KNOWN: readonly (readonly [start: RegExp, end: string])[] = [
  [/^<\?/, "?>"],
  [/^<!--/, "-->"],
  [/^<\/?(?:[A-Za-z_][\w.-]{0,62}:)?Events(?=[\s/>])/, ">"],
];
const DOCTYPE = /^<!DOCTYPE(?=[\s>[])/;
/** Longer than the start of anything that is known. */
const START_LENGTH = 80;

/** The markup at the start of a text that begins with `<`; `isLast`: no bytes follow. */
export function markupOf(text: string, isLast: boolean): Markup {
  const start = text.slice(0, START_LENGTH);
  const isWaiting = !isLast && text.length < MAX_MARKUP_BYTES;
  if (isWaiting && start.length < START_LENGTH && !start.includes(">")) return { kind: "waiting" };
  const isDoctype = DOCTYPE.test(start);
  const known = KNOWN.find(([pattern]) => pattern.test(start));
  if (!isDoctype && known === undefined) return { kind: "none" };
  const end = isDoctype ? doctypeEnd(text) : endOf(text, known?.[1] ?? ">");
  if (end === 0 && isWaiting) return { kind: "waiting" };
  if (end === 0 || end > MAX_MARKUP_BYTES) return { kind: "none" };
  return { kind: isDoctype ? "doctype" : "around", length: end };
}

/** 0: it does not end. */
function endOf(text: string, end: string): number {
  const at = text.indexOf(end, 2);
  return at === -1 ? 0 : at + end.length;
}

/** Up to the `>` behind the internal subset, where there is one: entities are declared in it. */
function doctypeEnd(text: string): number {
  const subset = text.indexOf("[");
  const plain = text.indexOf(">");
  if (subset === -1 || (plain !== -1 && plain < subset)) return plain + 1;
  const end = /\]\s{0,64}>/.exec(text);
  return end === null ? 0 : end.index + end[0].length;
}
