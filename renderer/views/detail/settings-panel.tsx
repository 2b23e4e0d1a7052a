import { Info } from "lucide-react";
import type { EntryDetail, EpochMicros } from "../../../workers/contract.ts";
import { useCase, useView } from "../../app/services.tsx";
import { timeParts } from "../../app/time-format.ts";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { settingsRemarks } from "./settings-remarks.ts";

/** Why something may not be in a session audit entry: a statement about the settings as they were, not about the log's time. */
export function SettingsPanel({ entry }: { readonly entry: EntryDetail }) {
  const { info } = useCase();
  const zone = useView((view) => view.zone);
  const member = info?.sources.flatMap(({ members }) => members).find(({ id }) => id === entry.member);
  const settings = member?.reading.settings;
  const remarks = settings === undefined ? [] : settingsRemarks(settings, entry);
  if (settings === undefined || remarks.length === 0) return null;
  const date =
    settings.modified === undefined ? "" : ` of ${timeParts(settings.modified as EpochMicros, 0, zone).date}`;
  return (
    <section className="panel" aria-label="Settings">
      <h3 className="panel-head">
        According to the settings file{date}, <EvidenceText text={settings.origin} limit={200} />
      </h3>
      {remarks.map((remark) => (
        <p key={remark} className="panel-line">
          <Icon of={Info} />
          <span className="panel-text">
            <EvidenceText text={remark} limit={600} />
          </span>
        </p>
      ))}
    </section>
  );
}
