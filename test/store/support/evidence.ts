import type { CaseWriter } from "../../../workers/store/case-writer.ts";
import { type Cutting, CUTTING, messagesOf, type ModelMember, type ModelSource, type ModelUnit } from "./model.ts";

/** A source of one member: `count` one-line entries a second apart, a reject after every fourth, a blank line at the end. */
export function lines(name: string, count: number, startMicros = 1.7e15): ModelSource {
  const units = Array.from({ length: count }, (_, entry): ModelUnit[] => {
    const piece: ModelUnit = { kind: "piece", entry, bytes: Buffer.from(`line ${entry} of ${name}\n`) };
    return entry % 4 === 3 ? [piece, { kind: "reject", bytes: Buffer.from("torn line\n"), code: "torn" }] : [piece];
  });
  const member: ModelMember = {
    path: name,
    units: [...units.flat(), { kind: "blank", bytes: Buffer.from("\n") }],
    entries: Array.from({ length: count }, (_, entry) => ({
      time: startMicros + entry * 1e6,
      flags: 0,
      precision: 3,
      fields: { actor: [`user ${entry % 3}`], "raw.n": [`${entry}`] },
    })),
  };
  return { name, members: [member] };
}

export async function importSource(writer: CaseWriter, source: ModelSource, cutting: Cutting = CUTTING): Promise<void> {
  for (const message of messagesOf(source, cutting)) await writer.accept(message);
}
