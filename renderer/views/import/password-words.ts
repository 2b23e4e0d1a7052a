/** What became of a password or of a file of them, in words. Pure. */
import { countText } from "../../ui/count.tsx";
import type { PasswordsTaken, Unlocked } from "./use-inspection.ts";

export interface PasswordSaid {
  readonly text: string;
  readonly bad: boolean;
}

export function unlockedText({ kind }: Unlocked): PasswordSaid | undefined {
  if (kind === "wrong") return { text: "Wrong password, try again.", bad: true };
  if (kind === "part") return { text: "It fits some members; the others have another password.", bad: false };
  return undefined;
}

export function takenText({ file, passwords }: PasswordsTaken): string {
  return `${countText(passwords)} ${passwords === 1 ? "password" : "passwords"} of ${file} taken into memory.`;
}

export function missingText(missing: readonly string[]): string {
  const named = missing.slice(0, 5).join(", ");
  const more = missing.length > 5 ? ` and ${countText(missing.length - 5)} more` : "";
  return `Named in it, but not among the chosen files: ${named}${more}.`;
}
