import { FileText } from "lucide-react";
import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import type { EpochMicros } from "../../../workers/contract.ts";
import { useCommands, useServices, useView } from "../../app/services.tsx";
import { timeParts } from "../../app/time-format.ts";
import type { RecentCase } from "../../engine/bridge.ts";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";

const MOST_SHOWN = 4;

/** Cases opened lately that are still where they were. */
export function RecentCases() {
  const { bridge } = useServices();
  const { openGrantedCase } = useCommands();
  const zone = useView((view) => view.zone);
  const [cases, setCases] = useState<readonly RecentCase[]>([]);
  useEffect(() => {
    let live = true;
    bridge.recentCases().then(
      (found) => live && setCases(found),
      (error: unknown) => console.warn("recent cases:", error),
    );
    return () => {
      live = false;
    };
  }, [bridge]);
  if (cases.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="first-run-section">
      <h3 className="first-run-head" id="recent">
        Recent cases
      </h3>
      <ul>
        {cases.slice(0, MOST_SHOWN).map((recent) => (
          <li key={recent.grant}>
            <AriaButton className="first-run-item first-run-choice" onPress={() => openGrantedCase(recent.grant)}>
              <Icon of={FileText} size={16} />
              <span>
                <span className="first-run-item-title">
                  <EvidenceText text={recent.name} limit={80} />
                </span>
                <span className="first-run-item-about">
                  <EvidenceText text={recent.folder} limit={120} />, {openedText(recent.opened, zone)}
                </span>
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function openedText(openedMs: number, zone: string): string {
  const { date, clock, offset } = timeParts((openedMs * 1000) as EpochMicros, 0, zone);
  return `opened ${date} ${clock.slice(0, 5)} ${offset}`;
}
