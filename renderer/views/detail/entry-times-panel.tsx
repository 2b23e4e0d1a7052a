import type { EpochMicros } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { formatTime } from "../../app/time-format.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import type { TimePanel } from "./panels-of.ts";

/** Both times of an entry, why they differ, and the way to change what was assumed. */
export function EntryTimesPanel({ times }: { readonly times: TimePanel }) {
  const { openDialog } = useCommands();
  const { shown, recorded, precision, steps, member } = times;
  const isOther = shown !== recorded;
  return (
    <section className="panel entry-times" aria-label="How the time came about">
      <h3 className="panel-head">
        ≈ Time assumed
        <Button
          kind="link"
          small
          label="Change what is assumed about this time"
          onPress={() => openDialog({ kind: "times", member })}
        >
          change
        </Button>
      </h3>
      {isOther && (
        <dl className="entry-times-both">
          <dt>shown</dt>
          <dd className="figures selectable">
            <Instant at={shown} precision={precision} />
          </dd>
          <dt>imported</dt>
          <dd className="figures selectable">
            <Instant at={recorded} precision={precision} />
          </dd>
        </dl>
      )}
      {steps.map(({ kind, text }) => (
        <p key={kind} className="entry-times-why selectable">
          <EvidenceText text={text} limit={600} />
        </p>
      ))}
    </section>
  );
}

function Instant({ at, precision }: { readonly at: EpochMicros | undefined; readonly precision: number }) {
  const zone = useView((view) => view.zone);
  return at === undefined ? "no time" : formatTime(at, precision, zone);
}
