const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Two capital letters for a source, from its name where they are free: its first two letters, the first and a later
 * one, then whatever is left. When all 676 are taken, three letters, and so on: no two sources have one code.
 */
export function sourceCode(name: string, taken: readonly string[]): string {
  const used = new Set(taken);
  for (const code of wanted(name)) if (!used.has(code)) return code;
  let length = 2;
  for (;;) {
    for (const code of codesOf(length)) if (!used.has(code)) return code;
    length += 1;
  }
}

function* wanted(name: string): Generator<string> {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, "");
  const initial = letters.charAt(0);
  for (const later of letters.slice(1)) yield `${initial}${later}`;
  if (initial !== "") for (const second of LETTERS) yield `${initial}${second}`;
}

function* codesOf(length: number): Generator<string> {
  if (length === 0) yield "";
  else for (const start of codesOf(length - 1)) for (const letter of LETTERS) yield `${start}${letter}`;
}
