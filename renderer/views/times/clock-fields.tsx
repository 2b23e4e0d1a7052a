import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { type ClockDraft, withMorePoints, withoutPoint, withPoint } from "./clock-draft.ts";

interface ClockFieldsProps {
  readonly draft: ClockDraft;
  readonly trouble: string | undefined;
  /** In words: the zone that the times of points are written in. */
  readonly zone: string;
  readonly onChange: (draft: ClockDraft) => void;
}

/** How the clock was wrong: not at all, always by the same, or as known at some moments. */
export function ClockFields({ draft, trouble, zone, onChange }: ClockFieldsProps) {
  const why = useId();
  const isBad = trouble !== undefined;
  return (
    <div className="times-clock">
      <Segmented
        label="How the clock was wrong"
        options={[
          { id: "none", title: "It was right" },
          { id: "fixed", title: "Always by the same" },
          { id: "points", title: "Known at moments" },
        ]}
        selected={draft.kind}
        onSelect={(kind) => onChange({ ...draft, kind: kind as ClockDraft["kind"] })}
      />
      {draft.kind === "fixed" && (
        <div className="times-line">
          It was{" "}
          <Segmented
            label="Fast or slow"
            options={[
              { id: "fast", title: "fast" },
              { id: "slow", title: "slow" },
            ]}
            selected={draft.way}
            onSelect={(way) => onChange({ ...draft, way: way as ClockDraft["way"] })}
          />{" "}
          by
          <input
            className="input times-by figures"
            aria-label="By how much"
            aria-invalid={isBad}
            aria-describedby={isBad ? why : undefined}
            placeholder="00:03:20"
            value={draft.by}
            spellCheck={false}
            onChange={(event) => onChange({ ...draft, by: event.target.value })}
          />
        </div>
      )}
      {draft.kind === "points" && (
        <Points draft={draft} zone={zone} onChange={onChange} why={isBad ? why : undefined} />
      )}
      {isBad && (
        <p className="times-trouble" id={why}>
          {trouble}
        </p>
      )}
    </div>
  );
}

function Points({
  draft,
  zone,
  onChange,
  why,
}: Omit<ClockFieldsProps, "trouble"> & { readonly why: string | undefined }) {
  const field = (at: number, part: "shown" | "actual", label: string) => (
    <input
      className="input figures"
      aria-label={`${label}, point ${at + 1}`}
      aria-describedby={why}
      placeholder="2025-01-10 12:00:00"
      value={draft.points[at]?.[part] ?? ""}
      spellCheck={false}
      onChange={(event) => onChange(withPoint(draft, at, { [part]: event.target.value }))}
    />
  );
  return (
    <div className="times-points">
      <p className="times-note">Times in {zone}. Between two points the shift changes evenly.</p>
      {draft.points.map((_, at) => (
        // Points have no other name than their place.
        <div key={at} className="times-line">
          It showed {field(at, "shown", "The clock showed")} when it was {field(at, "actual", "It was")}
          {draft.points.length > 2 && (
            <IconButton
              icon={X}
              size={14}
              label={`Remove point ${at + 1}`}
              onPress={() => onChange(withoutPoint(draft, at))}
            />
          )}
        </div>
      ))}
      <Button kind="link" small icon={Plus} onPress={() => onChange(withMorePoints(draft))}>
        Another point
      </Button>
    </div>
  );
}
