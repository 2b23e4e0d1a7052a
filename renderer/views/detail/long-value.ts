/** Values too long for a line of the detail: how long they are, how they begin, and their text line by line. Pure. */

export interface LongValue {
  /** Lines as their ends part them; an end at the very end begins no other line. */
  readonly lines: number;
  /** Unicode characters, line ends included. */
  readonly characters: number;
}

/** Beyond this a value is folded, even on one line. */
const LONG = 400;
const PREVIEW_LINES = 3;
const PREVIEW_LENGTH = 240;
/** A line is laid out in pieces: one of a million characters would be measured as a whole at each step. */
const PIECE = 2000;

/** undefined = it is shown as it stands. */
export function longValue(text: string): LongValue | undefined {
  if (text.length <= LONG && !/[\n\r]/.test(text)) return undefined;
  return { lines: splitLines(text).length, characters: characterCount(text) };
}

/** The first lines, as much as fits a glance. */
export function valueHead(text: string): readonly string[] {
  const cut = cutBefore(text, Math.min(text.length, PREVIEW_LENGTH));
  return splitLines(text.slice(0, cut)).slice(0, PREVIEW_LINES);
}

export interface TextPiece {
  readonly text: string;
  /** It goes on where the piece before it ends: no line end stands between them. */
  readonly continued: boolean;
}

/** The whole text. Of a line end only LF goes: a CR before it, or alone, stays and is shown by its name. */
export function textPieces(text: string): readonly TextPiece[] {
  return splitLines(text).flatMap((line) => {
    const pieces: TextPiece[] = [];
    for (let from = 0; from < line.length || from === 0; ) {
      const to = Math.max(from + 1, cutBefore(line, Math.min(line.length, from + PIECE)));
      pieces.push({ text: line.slice(from, to), continued: from > 0 });
      from = to;
    }
    return pieces;
  });
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/(?<=\n)|(?<=\r)(?!\n)/);
  return lines.map((line) => (line.endsWith("\n") ? line.slice(0, -1) : line));
}

/** Not between the halves of a surrogate pair. */
function cutBefore(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return at < text.length && code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

function characterCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code >= 0xd800 && code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at += 1;
    count += 1;
  }
  return count;
}
