import { ChevronDown, FlaskConical } from "lucide-react";
import { useId, useState } from "react";
import { FLAG, type MappingFit, type Preview } from "../../../workers/contract.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { isZone } from "../../state/settings.ts";
import { AssumptionBadge } from "../../ui/badges.tsx";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { MenuButton } from "../../ui/menu.tsx";
import { cellOf, eventIdOf, fieldColumns, timeText } from "./trial-rows.ts";
import type { Trial } from "./use-trial.ts";

const MOST_ROWS = 50;

/** The first records of a file as the definitions make them, while one types. */
export function TrialPanel({ trial, eventId }: { readonly trial: Trial; readonly eventId: string | undefined }) {
  const { item, member, members, preview, fault } = trial;
  return (
    <section className="mapping-trial" aria-label="Preview">
      <div className="mapping-trial-head">
        <b>Preview</b>
        {item === undefined ? (
          <span className="mapping-quiet">a log to try the definitions on; it is read only</span>
        ) : (
          <span className="mapping-trial-file">
            <EvidenceText text={item.name} limit={120} />
            {member !== undefined && member.path !== item.name && (
              <>
                , <EvidenceText text={member.path} limit={160} />
              </>
            )}
          </span>
        )}
        {members.length > 1 && (
          <MenuButton
            label="Member"
            groups={[
              {
                entries: members.map(({ path }) => ({
                  id: path,
                  title: path,
                  chosen: path === member?.path,
                  run: () => trial.chooseMember(path),
                })),
              },
            ]}
          >
            <Button small>
              Another member <ChevronDown size={14} aria-hidden />
            </Button>
          </MenuButton>
        )}
        <Button small icon={FlaskConical} onPress={trial.choose}>
          {item === undefined ? "Choose a file" : "Another file"}
        </Button>
      </div>
      {fault && <FaultPanel fault={fault} />}
      {item !== undefined && member === undefined && fault === undefined && (
        <p className="mapping-lack">Nothing in it is a table or JSON: definitions cannot be tried on it.</p>
      )}
      {preview?.mapping && <Fit fit={preview.mapping} />}
      {trial.isBehind && (
        <p className="mapping-behind" role="status">
          There are errors: this is what the last definitions without one make of it.
        </p>
      )}
      {preview !== undefined && preview.rows.some(({ flags }) => (flags & FLAG.zoneAssumed) !== 0) && (
        <TrialZone trial={trial} />
      )}
      {preview?.mapping?.fits === true && <TrialTable preview={preview} eventId={eventId} />}
    </section>
  );
}

/** Whether the definitions are those of this log, and what of them it does not fill. */
export function Fit({ fit }: { readonly fit: MappingFit }) {
  const { eventId, known, records, fits, unknown, columns } = fit;
  if (!fits) {
    const best =
      eventId === undefined
        ? "No column holds any of their event ids"
        : `Only ${known} of ${records} records have an id of theirs, in ${eventId}`;
    return (
      <p className="mapping-unfit" role="alert">
        These definitions do not fit this file: {best}. Its columns are{" "}
        <span className="mono">
          <EvidenceText text={columns.join(", ")} limit={300} />
        </span>
        .
      </p>
    );
  }
  return (
    <p className="mapping-fit">
      {countText(known)} of {countText(records)} records have an event id of the definitions, in{" "}
      <span className="mono">
        <EvidenceText text={eventId ?? ""} limit={80} />
      </span>
      .{" "}
      {unknown.length > 0 && (
        <span className="mapping-warn">
          ▲ Nothing fills{" "}
          <span className="mono">
            <EvidenceText text={unknown.join(" ")} limit={300} />
          </span>
          : no text comes of it.
        </span>
      )}
    </p>
  );
}

/** LDAP dates carry no zone: it is asked for, never guessed in silence. */
function TrialZone({ trial }: { readonly trial: Trial }) {
  const id = useId();
  const [text, setText] = useState(trial.zone);
  const isBad = !isZone(text) || text === "local";
  return (
    <p className="mapping-zone">
      <AssumptionBadge reason="the dates have no zone" />
      <label htmlFor={id}>
        <b>These dates carry no zone.</b> In the preview they are read in
      </label>
      <input
        id={id}
        className="input"
        value={text}
        aria-invalid={isBad}
        placeholder="Europe/Paris or +02:00"
        spellCheck={false}
        onChange={(event) => {
          const { value } = event.target;
          setText(value);
          if (isZone(value) && value !== "local") trial.setZone(value);
        }}
      />
      {isBad ? (
        <b>No zone has this name.</b>
      ) : (
        <span className="mapping-later">The import asks again, for each file.</span>
      )}
    </p>
  );
}

function TrialTable({ preview, eventId }: { readonly preview: Preview; readonly eventId: string | undefined }) {
  const columns = fieldColumns(preview);
  return (
    // It scrolls, so it must be reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="mapping-table" role="group" aria-label="First records" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">event</th>
            <th scope="col">time, UTC</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, MOST_ROWS).map((row) => {
            const own = eventIdOf(preview, row);
            return (
              <tr key={row.offset} aria-current={own === eventId ? "true" : undefined}>
                <td className="mono">
                  <EvidenceText text={own ?? ""} limit={60} />
                  {(row.flags & FLAG.unmapped) !== 0 && <span className="mapping-warn"> unmapped</span>}
                </td>
                <td className="figures">{timeText(row) || <span className="mapping-none">no time</span>}</td>
                {columns.map((name) => (
                  <td key={name}>
                    <EvidenceText text={cellOf(preview, row, name)} limit={160} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
