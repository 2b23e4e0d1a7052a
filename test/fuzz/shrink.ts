import type { Outcome } from "./runner.ts";
import type { Trial } from "./trial.ts";

/** What kind of trouble: its first line without numbers and names of places, which change as the input shrinks. */
export function kindOf(trouble: string): string {
  return (trouble.split("\n", 1)[0] ?? "").replaceAll(/\d+/g, "#").slice(0, 160);
}

/**
 * A smaller input with the same kind of trouble: stretches are left out, long ones first, as long as the trouble stays.
 */
export async function shrink(
  trial: Trial,
  trouble: string,
  run: (trial: Trial) => Promise<Outcome>,
  milliseconds: number,
): Promise<Trial> {
  const kind = kindOf(trouble);
  const until = performance.now() + milliseconds;
  const isSame = async (bytes: Uint8Array): Promise<boolean> => {
    const outcome = await run({ ...trial, bytes });
    return "trouble" in outcome && kindOf(outcome.trouble) === kind;
  };
  let bytes = Buffer.from(trial.bytes);
  for (let size = bytes.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < bytes.length && performance.now() < until; ) {
      const less = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
      if (await isSame(less)) bytes = less;
      else at += size;
    }
  }
  return { ...trial, bytes, label: `${trial.label}, shrunk from ${trial.bytes.length} bytes` };
}
