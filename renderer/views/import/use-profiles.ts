import { useEffect, useRef } from "react";
import type { InspectedItem } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { profileFor } from "../../state/profiles.ts";
import { type ImportPlan, withProfile } from "./import-plan.ts";

/** Reads members that look like those of a profile by it, once each: what a person says of them stands. */
export function useProfiles(
  items: readonly InspectedItem[] | undefined,
  change: (next: (plan: ImportPlan) => ImportPlan) => void,
): void {
  const { view } = useServices();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    const { profiles } = view.get();
    const found = (items ?? []).flatMap((item) =>
      item.members.flatMap((member) => {
        const key = JSON.stringify([item.grant, member.path, member.shape?.key]);
        const profile = seen.current.has(key) ? undefined : profileFor(profiles, member.shape);
        seen.current.add(key);
        return profile === undefined ? [] : [{ item, member, profile }];
      }),
    );
    if (found.length === 0) return;
    change((plan) => found.reduce((read, { item, member, profile }) => withProfile(read, item, member, profile), plan));
  }, [items, change, view]);
}
