/** Lines for a terminal that check without Exhibit what Exhibit says. Names come from the evidence: always quoted. */
import type { MemberInfo, SourceInfo, Span } from "../../../workers/contract.ts";

/** One word of a POSIX shell, whatever it holds. A name that begins with a dash is made a path. */
export function shellWord(text: string): string {
  const safe = text.startsWith("-") ? `./${text}` : text;
  if (/^[A-Za-z0-9_./:+@%,-]+$/.test(safe)) return safe;
  // Line ends and escapes must not act in a terminal the line is pasted into.
  if (hasControl(safe)) return `$'${Array.from(safe).map(escaped).join("")}'`;
  return `'${safe.replaceAll("'", `'\\''`)}'`;
}

/** unzip reads its member names as patterns. */
function unzipWord(path: string): string {
  return shellWord(path.replace(/[*?[\]\\]/g, "\\$&"));
}

/** What writes the member's bytes to standard output; undefined for a plain file, which is its own member. */
function unpack(source: SourceInfo, member: MemberInfo): string | undefined {
  const file = shellWord(source.name);
  if (source.container === "zip") return `unzip -p ${file} ${unzipWord(member.path)}`;
  return source.container === "gzip" ? `gzip -dc ${file}` : undefined;
}

/** The sum of the source as it lies on disk, then that of the member where it is packed. */
export function sumLines(source: SourceInfo, member: MemberInfo | undefined): readonly string[] {
  const packed = member && unpack(source, member);
  return [`sha256sum ${shellWord(source.name)}`, ...(packed === undefined ? [] : [`${packed} | sha256sum`])];
}

export function ddLine(source: SourceInfo, member: MemberInfo, { offset, length }: Span): string {
  const packed = unpack(source, member);
  const cut = `bs=1 skip=${offset} count=${length} status=none`;
  return packed === undefined ? `dd if=${shellWord(source.name)} ${cut}` : `${packed} | dd ${cut}`;
}

// Everything a terminal might act on or hide: C0, DEL, C1, bidi and zero-width characters.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const hasControl = (text: string): boolean => CONTROL.test(text);

function escaped(character: string): string {
  if (character === "'" || character === "\\") return `\\${character}`;
  if (!CONTROL.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
