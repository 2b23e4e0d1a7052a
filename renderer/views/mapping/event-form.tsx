import { ChevronDown, ChevronRight, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { MANDATORY_COLUMNS } from "../../../workers/contract.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { CellInput } from "./cell-input.tsx";
import { cellText, type EventRows } from "./draft-state.ts";
import { FIELD_GROUPS, type FieldGroup } from "./mapping-fields.ts";
import { becomes } from "./trial-rows.ts";
import type { Drafting } from "./use-draft.ts";
import type { Trial } from "./use-trial.ts";

interface FormProps {
  readonly event: EventRows;
  readonly drafting: Drafting;
  readonly trial: Trial;
}

/** Both rows of one type of event as a form; beside each field, what it becomes in the first such record of the file. */
export function EventForm(props: FormProps) {
  const { event, drafting } = props;
  const { draft } = drafting.state;
  return (
    <div className="mapping-form" role="region" aria-label={`Event ${shownText(event.id)}`} tabIndex={-1}>
      {event.surplus !== undefined && <Surplus {...props} surplus={event.surplus} />}
      <Properties {...props} />
      {event.attributes === undefined && event.surplus !== undefined ? null : event.attributes === undefined ? (
        <p className="mapping-lack">
          This event has no row in eventmapping.csv: its entries are kept, flagged as unmapped.{" "}
          <Button small onPress={() => drafting.edit({ kind: "add", id: event.id })}>
            Add its row
          </Button>
        </p>
      ) : (
        FIELD_GROUPS.map((group) => (
          <Group
            key={group.title}
            {...props}
            row={event.attributes ?? 0}
            group={group}
            columns={draft.attributes.columns}
          />
        ))
      )}
    </div>
  );
}

function Surplus({ event, drafting, surplus }: FormProps & { readonly surplus: NonNullable<EventRows["surplus"]> }) {
  const why = event.id === "" ? "has no event id" : "has an id that stands in an earlier row, too";
  return (
    <p className="mapping-lack">
      This row of {surplus.file} {why}: entries cannot be read through these files while it is there.{" "}
      <Button small icon={Trash2} onPress={() => drafting.edit({ kind: "remove-row", ...surplus })}>
        Remove this row
      </Button>
    </p>
  );
}

const NAMED = [
  ["message", "Message"],
  ["category", "Category"],
  ["subcategory", "Subcategory"],
] as const;

function Properties({ event, drafting }: FormProps) {
  const { columns } = drafting.state.draft.properties;
  const { properties: row } = event;
  if (row === undefined) {
    return (
      <p className="mapping-lack">
        This event has no row in eventproperties.csv: <span className="mono">{"{message}"}</span> and the like give no
        text.{" "}
        <Button small onPress={() => drafting.edit({ kind: "add", id: event.id })}>
          Add its row
        </Button>
      </p>
    );
  }
  const file = "eventproperties.csv";
  return (
    <Section title="Event" about={`${file}, what braces such as {message} and {param.Name} stand for`}>
      {NAMED.map(([column, title]) => {
        const cell = columns.indexOf(column);
        if (cell === -1) return null;
        return <CellInput key={column} place={{ file, row, cell }} title={title} column={column} drafting={drafting} />;
      })}
      {columns.map((column, cell) =>
        cell < NAMED.length + 1 ? null : (
          <CellInput
            key={cell}
            place={{ file, row, cell }}
            title={`Name of property ${cell - NAMED.length}`}
            column={column}
            drafting={drafting}
          />
        ),
      )}
      <Button small kind="quiet" icon={Plus} onPress={() => drafting.edit({ kind: "property" })}>
        One more property
      </Button>
    </Section>
  );
}

interface GroupProps extends FormProps {
  readonly row: number;
  readonly group: FieldGroup;
  readonly columns: readonly string[];
}

/** Custom fields are many and mostly empty: those are folded behind their number. */
function Group({ event, drafting, trial, row, group, columns }: GroupProps) {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const file = "eventmapping.csv";
  const isCustom = group.title === "Custom";
  const cells = group.fields.map((field) => ({ field, cell: columns.indexOf(field.column) }));
  const filled = cells.filter(({ cell }) => cellText(drafting.state, file, row, cell) !== "");
  const names = filled.map(({ field }) => field.column);
  // What was filled when it was drawn, or since, stays while somebody types in it, also where they clear it.
  if (names.some((name) => !shown.has(name))) setShown(new Set([...shown, ...names]));
  const hidden = isCustom && !isOpen ? cells.filter(({ field, cell }) => cell !== -1 && !shown.has(field.column)) : [];
  const fold = (): void => {
    setShown(new Set(names));
    setOpen(!isOpen);
  };
  return (
    <Section
      title={group.title}
      about={group.title === "When and where from" ? `${file}, text and {columns} of the log` : ""}
    >
      {cells.map(({ field, cell }) =>
        hidden.some((own) => own.field === field) ? null : cell === -1 ? (
          <p key={field.column} className="mapping-lack">
            {field.title}: column <span className="mono">{field.column}</span> is missing from {file}.
          </p>
        ) : (
          <CellInput
            key={field.column}
            place={{ file, row, cell }}
            title={field.title}
            column={field.column}
            isMandatory={MANDATORY_COLUMNS.includes(field.column)}
            drafting={drafting}
          >
            <Becomes trial={trial} id={event.id} name={field.name} />
          </CellInput>
        ),
      )}
      {isCustom && (
        <button type="button" className="link mapping-fold" aria-expanded={isOpen} onClick={fold}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size={13} />
          {isOpen ? "Fold the empty ones" : `${countText(hidden.length)} empty custom fields`}
        </button>
      )}
    </Section>
  );
}

function Becomes(props: { readonly trial: Trial; readonly id: string; readonly name: string | undefined }) {
  const { trial, id, name } = props;
  const text = becomes(trial.preview, id, name);
  if (text === undefined) return null;
  if (text === "") return <span className="mapping-none">nothing</span>;
  return (
    <>
      <span className="said">becomes </span>
      <EvidenceText text={text} limit={240} />
    </>
  );
}

function Section({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="mapping-section" aria-label={title}>
      <h3 className="mapping-head">
        {title} <span className="mapping-quiet">{about}</span>
      </h3>
      {children}
    </section>
  );
}
