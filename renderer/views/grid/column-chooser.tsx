import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { FieldInfo } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { useFields, useKept } from "../../engine/use-result.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { DEFAULT_COLUMNS } from "../../state/view-state.ts";

/** Shown while the window asks for it: which columns there are, and in which order. */
export function ColumnChooser() {
  const open = useView((view) => view.dialog?.kind === "columns");
  return open ? <Chooser /> : null;
}

function Chooser() {
  const { closeDialog, setColumns } = useCommands();
  const columns = useView((view) => view.columns);
  const [find, setFind] = useState("");
  const fields = useKept(useFields()) ?? [];
  const shown = columns.filter((column) => column.visible);
  const wanted = find.trim().toLowerCase();
  const rest = fields.filter(
    (field) =>
      field.present &&
      !shown.some(({ name }) => name === field.name) &&
      (wanted === "" || field.name.toLowerCase().includes(wanted) || field.title.toLowerCase().includes(wanted)),
  );
  return (
    <Dialog
      title="Columns"
      about={`${shown.length} shown`}
      onClose={closeDialog}
      onConfirm={closeDialog}
      width={720}
      height={520}
      footer={
        <>
          <span className="dialog-foot-text">The layout is kept with the case.</span>
          <Button onPress={() => setColumns(DEFAULT_COLUMNS)}>Reset</Button>
          <Button kind="primary" onPress={closeDialog}>
            Done
          </Button>
        </>
      }
    >
      <div className="columns-dialog">
        <section aria-label="Shown columns">
          <h3 className="columns-head">Shown</h3>
          <ul>
            {shown.map(({ name }, index) => (
              <ShownColumn
                key={name}
                name={name}
                first={index <= 1}
                last={index === shown.length - 1}
                field={fields.find((each) => each.name === name)}
              />
            ))}
          </ul>
        </section>
        <section aria-label="Other fields">
          <input
            className="input columns-find"
            type="search"
            placeholder="Find a field"
            aria-label="Find a field"
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
          <ul>
            {rest.map((field) => (
              <OtherField key={field.name} field={field} />
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function ShownColumn(props: {
  readonly name: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly field: FieldInfo | undefined;
}) {
  const { name, first, last, field } = props;
  const { hideColumn, moveColumn } = useCommands();
  const title = field?.title ?? name;
  const fixed = name === "time";
  return (
    <li className="columns-line">
      <span className="columns-name">{title}</span>
      <IconButton
        icon={ArrowUp}
        label={`Move ${title} up`}
        disabled={fixed || first}
        onPress={() => moveColumn(name, -1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${title} down`}
        disabled={fixed || last}
        onPress={() => moveColumn(name, 1)}
      />
      <Button small kind="quiet" disabled={fixed} label={`Hide ${title}`} onPress={() => hideColumn(name)}>
        Hide
      </Button>
    </li>
  );
}

function OtherField({ field }: { readonly field: FieldInfo }) {
  const { showColumn } = useCommands();
  return (
    <li className="columns-line">
      <span className="columns-name">
        {field.title} <EvidenceText text={field.name} className="columns-query" />
      </span>
      <Button small kind="quiet" label={`Show ${field.title}`} onPress={() => showColumn(field.name)}>
        Show
      </Button>
    </li>
  );
}
