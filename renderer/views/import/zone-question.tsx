import { useId, useState } from "react";
import type { EpochMicros, PreviewRow } from "../../../workers/contract.ts";
import { timeParts } from "../../app/time-format.ts";
import { AssumptionBadge } from "../../ui/badges.tsx";
import { isZone } from "../../state/settings.ts";

/** Times without a zone: nothing is assumed in silence, and nothing else waits for the answer. */
export function ZoneQuestion(props: {
  readonly row: PreviewRow;
  readonly zone: string;
  /** How many other members the file has. */
  readonly others: number;
  /** The zone is that of all members of the file. */
  readonly shared: boolean;
  readonly onZone: (zone: string, forAll: boolean) => void;
}) {
  const { row, zone, others, shared } = props;
  const onZone = (next: string): void => props.onZone(next, shared);
  const [other, setOther] = useState(zone === "UTC" ? "" : zone);
  const [open, setOpen] = useState(zone !== "UTC");
  const id = useId();
  const wall = timeParts(row.time as EpochMicros, row.precision, zone);
  const bad = open && other !== "" && !isZone(other);
  const write = (text: string): void => {
    setOther(text);
    if (isZone(text) && text !== "local") onZone(text);
  };
  return (
    <fieldset className="question">
      <legend className="said">Zone of the times</legend>
      <p className="question-text">
        <AssumptionBadge reason="the record has no zone" />
        <b>These times carry no zone.</b> How should {wall.date} {wall.clock} be read?
      </p>
      <div className="question-answers">
        <label>
          <input
            type="radio"
            name={id}
            checked={!open}
            onChange={() => {
              setOpen(false);
              onZone("UTC");
            }}
          />
          UTC
        </label>
        <label>
          <input type="radio" name={id} checked={open} onChange={() => setOpen(true)} />
          Another zone
        </label>
        {open && (
          <input
            className="input"
            list={`${id}-zones`}
            value={other}
            placeholder="Europe/Paris or +02:00"
            aria-label="Zone"
            aria-invalid={bad}
            spellCheck={false}
            onChange={(event) => write(event.target.value)}
          />
        )}
        {bad && <span>No zone has this name.</span>}
        {others > 0 && (
          <label>
            <input type="checkbox" checked={shared} onChange={(event) => props.onZone(zone, event.target.checked)} />
            For all members of this file
          </label>
        )}
        <datalist id={`${id}-zones`}>
          {Intl.supportedValuesOf("timeZone").map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
    </fieldset>
  );
}
