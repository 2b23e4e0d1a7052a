import type { ReactNode } from "react";
import type { ExportPreview, ExportRequest, Fault } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { zoneText } from "../../app/time-format.ts";
import { useFields, useKept } from "../../engine/use-result.ts";
import type { Grant } from "../../engine/bridge.ts";
import { Button } from "../../ui/button.tsx";
import { countText, sizeText } from "../../ui/count.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { ColumnList, ColumnSelect } from "./column-choice.tsx";
import { type ExportOptions, FORMATS, estimatedBytes, followsSchema, visibleColumns } from "./export-options.ts";
import { PreviewBox } from "./export-preview.tsx";

interface FormProps {
  readonly options: ExportOptions;
  readonly onChange: (change: Partial<ExportOptions>) => void;
}

/** The formats there are. */
export function FormatList({ options, onChange }: FormProps) {
  return (
    <fieldset className="export-formats">
      <legend>Format</legend>
      {FORMATS.map(({ id, title, about }) => (
        <label key={id} className="export-format" data-chosen={id === options.format ? "" : undefined}>
          <input
            type="radio"
            name="export-format"
            checked={id === options.format}
            onChange={() => onChange({ format: id })}
          />
          <span>
            {title}
            <span>{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface OptionsProps extends FormProps {
  /** An instant of the result, for the offset of the zone. */
  readonly at: number;
  readonly preview: ExportPreview | undefined;
  readonly fault: Fault | undefined;
  readonly target: Grant | undefined;
  readonly name: string;
  readonly onPlace: () => void;
}

export function OptionsForm(props: OptionsProps) {
  const { options, onChange, at, preview, fault } = props;
  const visible = visibleColumns(useView((view) => view.columns)).length;
  const isSchema = followsSchema(options.format);
  return (
    <>
      {isSchema ? (
        <SchemaNote />
      ) : (
        <div className="export-selects">
          <Labelled title="Time">
            <TimeField at={at} />
          </Labelled>
          <Labelled title="Columns">
            <ColumnSelect
              choice={options.columns}
              visible={visible}
              chosen={options.chosen.length}
              onChoose={(columns) => onChange({ columns })}
            />
          </Labelled>
        </div>
      )}
      {!isSchema && options.columns === "chosen" && (
        <ColumnList chosen={options.chosen} onChange={(chosen) => onChange({ chosen })} />
      )}
      <div className="export-ticks">
        <Tick
          {...(isSchema ? PANTHER_FIELDS : PROVENANCE)}
          checked={options.provenance}
          onChange={(provenance) => onChange({ provenance })}
        />
        {!isSchema && (
          <Tick
            title="Recorded time"
            about="beside the time shown, the one that the import read, and what was assumed: zone, year, clock"
            checked={options.recordedTime}
            onChange={(recordedTime) => onChange({ recordedTime })}
          />
        )}
        {options.format !== "linux-auditd-jsonl" && (
          <Tick
            title="Formula guard"
            about="a leading apostrophe on cells that start with = + - @; written to the manifest"
            checked={options.formulaGuard}
            onChange={(formulaGuard) => onChange({ formulaGuard })}
          />
        )}
      </div>
      <div className="export-line-end">
        <span id="export-line-end">Line end</span>
        <Segmented
          label="Line end"
          options={[
            { id: "lf", title: "LF" },
            { id: "crlf", title: "CR LF" },
          ]}
          selected={options.lineEnd}
          onSelect={(lineEnd) => onChange({ lineEnd: lineEnd as ExportRequest["lineEnd"] })}
        />
      </div>
      <SecretChoice options={options} onChange={onChange} />
      <PreviewBox preview={preview} fault={fault} guarded={options.formulaGuard} byRecord={isSchema} />
      <Destination {...props} />
    </>
  );
}

const PROVENANCE = {
  title: "Provenance columns",
  about: "source and member with their sha256, byte ranges, parser, entry number",
} as const;
const PANTHER_FIELDS = {
  title: "Panther's standard fields",
  about: "p_log_type, p_event_time, and what the rows had of their own",
} as const;

/** What the schema decides, in the place of what is chosen otherwise. */
function SchemaNote() {
  return (
    <p className="export-schema">
      One row for each audit record, in the fields of the public Linux.Auditd schema:{" "}
      <span className="mono">timestamp</span> in Unix seconds, values as recorded, what has no field of its own in{" "}
      <span className="mono">extra_message_fields</span>. Every row is checked against the schema when it is read back.
    </p>
  );
}

/** Only where the case has secrets. Written in full is a choice that the case remembers. */
function SecretChoice({ options, onChange }: FormProps) {
  const fields = useKept(useFields()) ?? [];
  const names = fields.filter(({ secret, present }) => secret && present).map(({ title }) => title);
  if (names.length === 0) return null;
  const full = options.secrets === "full";
  return (
    <div className="export-line-end">
      <span id="export-secrets">Secrets</span>
      <Segmented
        label="Secrets"
        options={[
          { id: "masked", title: "Masked" },
          { id: "full", title: "In full (logged)" },
        ]}
        selected={options.secrets}
        onSelect={(secrets) => onChange({ secrets: secrets as ExportRequest["secrets"] })}
      />
      <span className="export-secrets-about" data-full={full ? "" : undefined}>
        {full ? "The file will hold them as recorded; the case keeps who wrote it, and when." : names.join(", ")}
      </span>
    </div>
  );
}

function TimeField({ at }: { readonly at: number }) {
  const zone = useView((view) => view.zone);
  const { openDialog } = useCommands();
  return (
    <p className="export-time">
      <span>On screen, {zoneText(at as never, zone)}, with offset, and in UTC</span>
      <Button kind="link" small label="Change the time zone" onPress={() => openDialog({ kind: "zone" })}>
        change
      </Button>
    </p>
  );
}

function Destination({ target, name, preview, options, onPlace }: OptionsProps) {
  const bytes = preview && estimatedBytes(preview.header, preview.rows, preview.entries);
  const packed = options.format === "csv-zip";
  const stem = (target?.name ?? name).replace(/\.[^.]*$/, "");
  const size = bytes === undefined ? "" : `about ${sizeText(bytes)}${packed ? " before packing" : ""}, `;
  return (
    <p className="export-place">
      <span className="export-place-to">To</span>
      <span className="export-place-name mono selectable">{target?.name ?? name}</span>
      <span className="export-place-about">
        {size}plus {stem}.manifest.json
      </span>
      <Button kind="link" small onPress={onPlace}>
        Choose place
      </Button>
    </p>
  );
}

function Labelled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="export-labelled">
      <span className="export-label">{title}</span>
      {children}
    </div>
  );
}

function Tick(props: {
  readonly title: string;
  readonly about: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="export-tick">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.target.checked)} />
      <span>
        {props.title}
        <span>{props.about}</span>
      </span>
    </label>
  );
}

/** "Export 12 431 entries" */
export const exportLabel = (entries: number): string =>
  `Export ${countText(entries)} ${entries === 1 ? "entry" : "entries"}`;
