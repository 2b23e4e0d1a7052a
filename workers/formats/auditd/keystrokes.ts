/** Terminal input (TTY, USER_TTY): text as typed, keys that are no text by name in angle brackets. */
import { lookup } from "../../base/lookup.ts";
import { utf8Text } from "../../base/bytes.ts";

/** Escape sequences of the cursor keys and their kin (ECMA-48, xterm control sequences). */
const SEQUENCES: readonly (readonly [string, string])[] = [
  ["\x1b[A", "<up>"],
  ["\x1b[B", "<down>"],
  ["\x1b[C", "<right>"],
  ["\x1b[D", "<left>"],
  ["\x1b[H", "<home>"],
  ["\x1b[F", "<end>"],
  ["\x1b[1~", "<home>"],
  ["\x1b[2~", "<insert>"],
  ["\x1b[3~", "<delete>"],
  ["\x1b[4~", "<end>"],
  ["\x1b[5~", "<page up>"],
  ["\x1b[6~", "<page down>"],
  ["\x1bOA", "<up>"],
  ["\x1bOB", "<down>"],
  ["\x1bOC", "<right>"],
  ["\x1bOD", "<left>"],
];
const KEYS: Readonly<Record<string, string>> = lookup({
  "\x08": "<backspace>",
  "\x09": "<tab>",
  "\x0a": "<nl>",
  "\x0d": "<ret>",
  "\x1b": "<esc>",
  "\x7f": "<backspace>",
});

/** `"eh",<backspace>,"echo test",<ret>`: text in quotes, so that typed angle brackets are no keys. */
export function keystrokes(bytes: string): string {
  const parts: string[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push(`"${utf8Text(plain)}"`);
    plain = "";
  };
  for (let i = 0; i < bytes.length; ) {
    const [name, length] = keyAt(bytes, i);
    if (name === undefined) {
      plain += bytes.charAt(i);
    } else {
      flush();
      parts.push(name);
    }
    i += length;
  }
  flush();
  return parts.join(",");
}

function keyAt(bytes: string, at: number): readonly [string | undefined, number] {
  const char = bytes.charAt(at);
  const code = char.charCodeAt(0);
  if (code >= 0x20 && code !== 0x7f) return [undefined, 1];
  if (code === 0x1b) {
    for (const [sequence, name] of SEQUENCES) if (bytes.startsWith(sequence, at)) return [name, sequence.length];
  }
  return [KEYS[char] ?? `<^${String.fromCharCode(code + 64)}>`, 1];
}
