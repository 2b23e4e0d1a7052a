import type { FormatChoice, MemberVerdict } from "../../../workers/contract.ts";

const FORMAT = "radiantone";

/** How a member is read through definitions: as it is carried now, else as a table. undefined: it cannot be. */
export function mappedChoice({ choice, choices, verdict }: MemberVerdict): FormatChoice | undefined {
  if (verdict === "refused") return undefined;
  const carrier = choice?.split("+")[0] ?? "csv";
  const wanted = [`${carrier}+${FORMAT}`, `csv+${FORMAT}`];
  return wanted.find((each) => choices.some((known) => known.choice === each));
}
