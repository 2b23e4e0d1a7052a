/** Splits text into what can be shown as it stands and what must be named. */
export type TextRun =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "token"; readonly name: string; readonly title: string };

// C0, C1, DEL, soft hyphen, bidi marks and overrides, zero-width and joiners, fillers, variation selectors, interlinear
// anchors, tag characters, lone surrogates: nothing of these leaves a visible, honest mark of its own.
const UNSHOWN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
/** More marks than any script stacks on one letter hide the lines around them. */
const MARKS = /(\p{M}{4})\p{M}+/gu;
const NEEDS_WORK = /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff]/u;

const C0 =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US";
const NAMES = new Map<number, string>(C0.split(" ").map((name, code) => [code, name]));
NAMES.set(0x7f, "DEL");
NAMES.set(0x85, "NEL");

const TITLES = new Map<number, string>([
  [0xad, "soft hyphen"],
  [0x061c, "Arabic letter mark"],
  [0x200b, "zero width space"],
  [0x200c, "zero width non-joiner"],
  [0x200d, "zero width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202a, "left-to-right embedding"],
  [0x202b, "right-to-left embedding"],
  [0x202c, "pop directional formatting"],
  [0x202d, "left-to-right override"],
  [0x202e, "right-to-left override"],
  [0x2060, "word joiner"],
  [0x2066, "left-to-right isolate"],
  [0x2067, "right-to-left isolate"],
  [0x2068, "first strong isolate"],
  [0x2069, "pop directional isolate"],
  [0xfeff, "byte order mark"],
]);

export function textRuns(text: string): readonly TextRun[] {
  if (!NEEDS_WORK.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const runs: TextRun[] = [];
  let from = 0;
  for (const found of text.matchAll(UNSHOWN)) {
    if (found.index > from) runs.push({ kind: "text", text: clampMarks(text.slice(from, found.index)) });
    runs.push(tokenOf(found[0].codePointAt(0) as number));
    from = found.index + found[0].length;
  }
  if (from < text.length) runs.push({ kind: "text", text: clampMarks(text.slice(from)) });
  return runs;
}

/** The same where there is room for text alone, as in a menu or a name that is said: ‹U+202E›. `limit`: characters at most. */
export function shownText(text: string, limit = 200): string {
  const shown = text.length > limit ? `${cutAt(text, limit)} …` : text;
  return textRuns(shown)
    .map((run) => (run.kind === "text" ? run.text : `‹${run.name}›`))
    .join("");
}

/** Never between the halves of a surrogate pair. */
export function cutAt(text: string, limit: number): string {
  const code = text.charCodeAt(limit - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit);
}

/** The token of one character, for views that lay out bytes themselves. */
function tokenOf(code: number): TextRun & { readonly kind: "token" } {
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = NAMES.get(code);
  const title = TITLES.get(code) ?? (code >= 0xd800 && code <= 0xdfff ? "half of a surrogate pair" : undefined);
  return { kind: "token", name: name ?? point, title: title === undefined ? point : `${point} ${title}` };
}

const clampMarks = (text: string): string => text.replace(MARKS, "$1\ufffd");
