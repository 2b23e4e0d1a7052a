const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Two capital letters for a source, from its name where they are free: its first two letters, the first and a later
 * one, then whatever is left. Beyond 676 sources codes repeat; the lane and the name still tell them apart.
 */
export function sourceCode(name: string, taken: readonly string[]): string {
  const used = new Set(taken);
  for (const code of candidates(name)) {
    if (!used.has(code)) return code;
  }
  return "ZZ";
}

function* candidates(name: string): Generator<string> {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, "");
  for (const later of letters.slice(1)) yield `${letters.charAt(0)}${later}`;
  for (const first of letters.charAt(0) + LETTERS) {
    for (const second of LETTERS) yield `${first}${second}`;
  }
}
