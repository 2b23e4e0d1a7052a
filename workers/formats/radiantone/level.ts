import type { MeaningOrigin } from "../../contract.ts";
import type { Mapping } from "../mapper.ts";

const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };

/** The vendor's model has no level: a failure is a warning, everything else is information. */
export function writeDerivedLevel(mapping: Mapping): void {
  mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
}
