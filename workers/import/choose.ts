import { fault, faultOf } from "../base/fault.ts";
import type { Carrier } from "../carriers/carrier.ts";
import type { Fault, FormatChoice, Reading } from "../contract.ts";
import type { AnyFormat } from "../formats/format.ts";
import { asideOf } from "./asides.ts";
import { type Detection, type Hints, detect, detectAs, resolveChoice } from "./detect.ts";

/** How a member is read, and why. */
export interface Chosen {
  readonly kind: "chosen";
  readonly carrier: Carrier;
  readonly format: AnyFormat;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly overridden: boolean;
  readonly reading: Reading;
}
/** A member that no format reads. */
export interface Unchosen {
  readonly kind: "unchosen";
  readonly title: string;
  readonly reasons: readonly string[];
  /** undefined for a member with which nothing is wrong: an empty one, or a file of names or passwords. */
  readonly problem: Fault | undefined;
}

/** Pure: the person's choice, else what the first bytes say. No choice makes a log of a file of passwords. */
export function chooseFormat(
  head: Uint8Array,
  isWhole: boolean,
  override: FormatChoice | undefined,
  hints: Hints,
): Chosen | Unchosen {
  const aside = asideOf(head, isWhole);
  if (aside !== undefined && (override === undefined || aside.kind === "passwords")) {
    return { kind: "unchosen", title: aside.title, reasons: aside.reasons, problem: undefined };
  }
  try {
    return choiceOf(
      override === undefined ? detect(head, isWhole, hints) : detectAs(override, head, isWhole, hints),
      override,
      !isWhole && head.every((byte) => byte === 0),
    );
  } catch (error) {
    const problem = faultOf(error);
    if (problem === undefined) throw error;
    return { kind: "unchosen", title: "Not read", reasons: [problem.message], problem };
  }
}

function choiceOf(found: Detection, override: FormatChoice | undefined, isNul: boolean): Chosen | Unchosen {
  const { title, reasons, choice, verdict, reading } = found;
  if (choice !== undefined) {
    return { kind: "chosen", ...resolveChoice(choice), title, reasons, overridden: override !== undefined, reading };
  }
  const problem = verdict === "empty" ? undefined : isNul ? NUL_AHEAD : unknownFormat(found);
  return { kind: "unchosen", title, reasons: [...reasons, ...found.alsoTried], problem };
}

/** So begins a log that was emptied while its writer went on where it was (logrotate's copytruncate). */
const NUL_AHEAD = fault(
  "format.unknown",
  "It begins with a long run of NUL bytes, behind which no format was looked for.",
  "If a log follows them, import it again and choose its format by hand.",
);

function unknownFormat(found: Detection): Fault {
  const isText = found.verdict === "text";
  return fault(
    "format.unknown",
    isText ? "It is text, but no known log format fits it." : "It is not a text log that Exhibit can read.",
    isText
      ? "Import it again and choose a format by hand, for example plain text lines."
      : "If it is a log, export it as text from the program that wrote it, and import that.",
  );
}

/** The last part of a member's path, which stands for the data source where the log names none. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("!")) + 1);
}
