/** What the first bytes of a member say before any carrier looks at them. */
import { bytesOfLatin1, latin1Of } from "../base/bytes.ts";

/** First bytes of files that people meet, so that "binary" says what it is. */
const MAGIC: readonly (readonly [string, string])[] = [
  ["ElfFile\0", "a Windows event log (EVTX): export it as XML or CSV first"],
  ["LPKSHHRH", "a systemd journal: export it with journalctl -o json first"],
  ["SQLite format 3\0", "an SQLite database"],
  ["\x7fELF", "a program"],
  ["%PDF", "a PDF document"],
  ["\x89PNG", "a picture"],
  ["PK\x03\x04", "a ZIP archive"],
  ["BZh", "a bzip2 file, which is not opened yet: unpack it first"],
  ["\xfd7zXZ\0", "an xz file, which is not opened yet: unpack it first"],
  ["\x28\xb5\x2f\xfd", "a zstd file, which is not opened yet: unpack it first"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive, which is not opened yet: unpack it first"],
  ["Rar!", "a RAR archive, which is not supported"],
  ["MSCF", "a CAB archive, which is not supported"],
  ["\xff\xfe", "UTF-16 text, which is not read yet: convert it to UTF-8"],
  ["\xfe\xff", "UTF-16 text, which is not read yet: convert it to UTF-8"],
];

/** What a file that is no text is, in words that go on from "starts like"; undefined when nothing is known of it. */
export function knownBinary(head: Uint8Array): string | undefined {
  const start = latin1Of(head, 0, 16);
  if (latin1Of(head, 257, 262) === "ustar") return "a tar archive";
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
}

/** What stands in the way, where the first bytes tell. */
export function hints(head: Uint8Array): readonly string[] {
  const start = latin1Of(head, 0, 4096)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (/^\[\s*[{\]]/.test(start)) return ["starts like one JSON array; JSON is read as one object a line"];
  if (/^\{\s*["}]/.test(start)) return ["starts like JSON over several lines; JSON is read as one object a line"];
  return [];
}

/**
 * A head that is the start of one long object, closed after its last whole field, so that formats can look at it;
 * undefined when the head is not that.
 */
export function closedHead(head: Uint8Array): Uint8Array | undefined {
  if (head.includes(0x0a)) return undefined;
  const text = latin1Of(head).replace(/^\u00ef\u00bb\u00bf/, "");
  if (!text.startsWith("{")) return undefined;
  let depth = 0;
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],]/g)) {
    if (piece === "{" || piece === "[") depth++;
    else if (piece === "}" || piece === "]") depth--;
    else if (piece === "," && depth === 1) end = index;
  }
  return end === 0 ? undefined : bytesOfLatin1(`${text.slice(0, end)}}`);
}
