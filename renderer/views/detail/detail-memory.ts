/** What the detail keeps from entry to entry, and while it is hidden. */
import { observable } from "../../state/observable.ts";
import type { Spot } from "./spot.ts";

export type DetailTab = "fields" | "raw" | "interpreted" | "records";

export interface DetailMemory {
  readonly tab: DetailTab;
  /** Raw and Interpreted side by side. */
  readonly split: boolean;
  readonly spot: Spot | undefined;
}

export const detailMemory = observable<DetailMemory>({ tab: "fields", split: false, spot: undefined });

export function remember(change: Partial<DetailMemory>): void {
  detailMemory.set({ ...detailMemory.get(), ...change });
}
