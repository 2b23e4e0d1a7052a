import { useId } from "react";
import type { MemberId, MemberTimes } from "../../../workers/contract.ts";
import { useCase } from "../../app/services.tsx";
import { Count } from "../../ui/count.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { ClockFields } from "./clock-fields.tsx";
import { logNames, type ReadTimes, type ScopeChoice, type TimesDraft } from "./times-draft.ts";

interface TimesFormProps {
  /** Those to choose from. */
  readonly members: readonly MemberId[];
  readonly times: MemberTimes;
  readonly scopes: readonly ScopeChoice[];
  readonly draft: TimesDraft;
  readonly trouble: ReadTimes["trouble"];
  /** What the times of points are written in. */
  readonly zone: string;
  readonly onPick: (member: MemberId) => void;
  readonly onScope: (key: string) => void;
  readonly onDraft: (draft: TimesDraft) => void;
}

/** Member, zone, year and clock; a part that concerns no entry of the member is not asked for. */
export function TimesForm(props: TimesFormProps) {
  const { members, times, scopes, draft, trouble, zone, onPick, onScope, onDraft } = props;
  const id = useId();
  const names = logNames(members, useCase().info?.sources ?? []);
  const scope = scopes.find(({ key }) => key === draft.scope);
  return (
    <div className="times-form">
      <label className="times-field">
        <span>Log</span>
        <select
          className="input"
          value={times.member}
          onChange={(event) => {
            const next = members.find((member) => String(member) === event.target.value);
            if (next !== undefined) onPick(next);
          }}
        >
          {members.map((member, at) => (
            <option key={member} value={member}>
              {names[at]}
            </option>
          ))}
        </select>
      </label>
      {times.zoneless > 0 && <ZoneField {...props} />}
      {times.yearless > 0 && (
        <div className="times-field">
          <span id={`${id}-year`}>Year of the first</span>
          <span>
            <input
              className="input times-year figures"
              aria-labelledby={`${id}-year`}
              aria-invalid={trouble.year !== undefined}
              value={draft.year}
              inputMode="numeric"
              onChange={(event) => onDraft({ ...draft, year: event.target.value })}
            />
            <span className="times-note">
              {" "}
              of <Counted value={times.yearless} /> written without one; the others go along
            </span>
            {trouble.year !== undefined && <p className="times-trouble">{trouble.year}</p>}
          </span>
        </div>
      )}
      <fieldset className="times-field">
        <legend className="said">Clock</legend>
        <span aria-hidden>Clock</span>
        <div>
          <select
            className="input"
            aria-label="Whose clock"
            value={draft.scope}
            onChange={(event) => onScope(event.target.value)}
          >
            {scopes.map(({ key, title }) => (
              <option key={key} value={key}>
                {shownText(title)}
              </option>
            ))}
          </select>
          <ClockFields
            draft={draft.clock}
            trouble={trouble.clock}
            zone={zone}
            onChange={(clock) => onDraft({ ...draft, clock })}
          />
          {scope !== undefined && "host" in scope.of && times.clock !== undefined && (
            <p className="times-note">This log has a correction of its own, which goes before that of its hosts.</p>
          )}
        </div>
      </fieldset>
    </div>
  );
}

function Counted({ value }: { readonly value: number }) {
  return (
    <>
      <Count value={value} /> {value === 1 ? "time" : "times"}
    </>
  );
}

function ZoneField({ times, draft, trouble, onDraft }: TimesFormProps) {
  const id = useId();
  return (
    <div className="times-field">
      <span id={`${id}-zone`}>Zone</span>
      <span>
        <input
          className="input"
          list={`${id}-zones`}
          aria-labelledby={`${id}-zone`}
          aria-invalid={trouble.zone !== undefined}
          value={draft.zone}
          spellCheck={false}
          placeholder="Europe/Paris or +02:00"
          onChange={(event) => onDraft({ ...draft, zone: event.target.value })}
        />
        <datalist id={`${id}-zones`}>
          {["UTC", ...Intl.supportedValuesOf("timeZone")].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
        <span className="times-note">
          {" "}
          of <Counted value={times.zoneless} /> written without one, imported as {times.importedZone ?? "UTC"}
        </span>
        {trouble.zone !== undefined && <p className="times-trouble">{trouble.zone}</p>}
      </span>
    </div>
  );
}
