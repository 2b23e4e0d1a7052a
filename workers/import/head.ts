/** What the first bytes of a member say before any carrier looks at them. */
import { latin1Of } from "../base/bytes.ts";

/** First bytes of files that people meet, so that "binary" says what it is. */
const MAGIC: readonly (readonly [string, string])[] = [
  ["ElfFile\0", "a Windows event log (EVTX): export it as XML or CSV first"],
  ["LPKSHHRH", "a systemd journal: export it with journalctl -o json first"],
  ["SQLite format 3\0", "an SQLite database"],
  ["\x7fELF", "a program"],
  ["%PDF", "a PDF document"],
  ["\x89PNG", "a picture"],
  ["PK\x03\x04", "a ZIP archive"],
  ["BZh", "a damaged bzip2 file"],
  ["\xfd7zXZ\0", "an xz file"],
  ["\x28\xb5\x2f\xfd", "a Zstandard file"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["Rar!", "a RAR archive, which is not supported"],
  ["MSCF", "a CAB archive, which is not supported"],
];

/** What a file that is no text is, in words that go on from "starts like"; undefined when nothing is known of it. */
export function knownBinary(head: Uint8Array): string | undefined {
  const start = latin1Of(head, 0, 16);
  if (latin1Of(head, 257, 262) === "ustar") return "a tar archive";
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
}
