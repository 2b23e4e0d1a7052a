/** What else a member could be, and why it is not taken for that: in the words that a person reads. Pure. */
import type { Carrier } from "../carriers/carrier.ts";
import type { RunnerUp } from "../contract.ts";
import type { AnyFormat, Recognition } from "../formats/format.ts";
import { formats } from "../formats/registry.ts";

/** A pair of carrier and format, with what each found in the first bytes. */
export interface Rival {
  readonly carrier: Carrier;
  readonly format: AnyFormat;
  readonly title: string;
  readonly carried: Recognition;
  readonly recognised: Recognition;
}

/** `rival`: the best of those that lost to `best`. */
export function runnerUpOf(best: Rival, rival: Rival | undefined): RunnerUp | undefined {
  if (rival === undefined) return undefined;
  const { carrier, format, title, carried, recognised } = rival;
  const isSameFormat = format === best.format;
  return {
    choice: `${carrier.id}+${format.id}`,
    title,
    carrier: carrier.title,
    reasons: isSameFormat ? carried.reasons : [...recognised.reasons, ...carried.reasons],
    lost: whyLost(best, rival),
  };
}

function whyLost(best: Rival, rival: Rival): string {
  const isWeakerFormat = rival.recognised.confidence < best.recognised.confidence;
  const isWeakerCarrier = rival.carried.confidence < best.carried.confidence;
  const format = `as ${rival.title}, its records show less of what the format asks for: ${against(rival.recognised, best.recognised)}`;
  const carrier = `as ${rival.carrier.title}, its bytes can be cut less surely: ${against(rival.carried, best.carried)}`;
  if (isWeakerFormat && rival.format !== best.format) return `${format}.`;
  if (isWeakerCarrier && rival.carrier !== best.carrier) return `${carrier}.`;
  if (isWeakerFormat) return `cut that way, fewer of its records fit: ${against(rival.recognised, best.recognised)}.`;
  return "it fits as well; of two that fit alike, the one that Exhibit lists first is taken.";
}

function against(rival: Recognition, best: Recognition): string {
  const [own, other] = [rival.reasons[0] ?? "nothing speaks for it", best.reasons[0] ?? "nothing speaks against it"];
  return own === other ? own : `${own}, against ${other}`;
}

const MOST_TRIED = 3;

/** The formats that fit in part, a line each, best first; the others in one. */
export function triedOf(fitting: readonly Rival[], best: AnyFormat): readonly string[] {
  const lines = new Map<AnyFormat, string>();
  for (const { format, recognised } of fitting) {
    const reason = recognised.reasons[0] ?? "fits in part";
    if (format !== best && !lines.has(format)) lines.set(format, `${format.title}: ${reason}`);
  }
  const told = [...lines.values()].slice(0, MOST_TRIED);
  const less = lines.size - told.length;
  const not = formats.length - 1 - lines.size;
  const others = [
    ...(less === 0 ? [] : [`${less} more that fit less`]),
    ...(not === 0 ? [] : [`${not} more that do not fit`]),
  ];
  return others.length === 0 ? told : [...told, others.join(", ")];
}
