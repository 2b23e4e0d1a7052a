import { faultOf, raise } from "./fault.ts";

/** Ends the work at hand with the fault `cancelled` when its signal is raised. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) raise("cancelled", "The work was cancelled.", "Start it again when you want it done.");
}

export function isCancellation(error: unknown): boolean {
  return faultOf(error)?.code === "cancelled";
}
