import { useSyncExternalStore } from "react";

/** wide: all regions side by side; rail: the sidebar is a strip of icons; single: one region at a time, as tabs. */
export type WindowShape = "wide" | "rail" | "single";

const SINGLE = "(width < 800px)";
const RAIL = "(width < 1180px)";

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(SINGLE), matchMedia(RAIL)];
  for (const query of queries) query.addEventListener("change", listener);
  return () => {
    for (const query of queries) query.removeEventListener("change", listener);
  };
}

function shape(): WindowShape {
  if (matchMedia(SINGLE).matches) return "single";
  return matchMedia(RAIL).matches ? "rail" : "wide";
}

export function useWindowShape(): WindowShape {
  return useSyncExternalStore(subscribe, shape);
}
