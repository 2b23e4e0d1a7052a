import { type MouseEvent, memo } from "react";
import type { RecordToken } from "../../../workers/contract.ts";
import { ControlToken } from "../../ui/evidence-text.tsx";
import type { TextRun } from "../../ui/text-runs.ts";
import { type ByteSpan, rawRuns } from "./raw-layout.ts";

interface RawBytesProps {
  readonly bytes: Uint8Array;
  readonly tokens: readonly RecordToken[];
  readonly mark?: ByteSpan | undefined;
}

/** Bytes as text: keys quiet, values readable, the record's type bold, what has no glyph by its name. */
export const RawBytes = memo(function RawBytes({ bytes, tokens, mark }: RawBytesProps) {
  return rawRuns(bytes, tokens, mark).map(({ start, end, role, field, marked, parts }) => (
    <span
      key={start}
      className="raw-run"
      data-role={role}
      data-field={field}
      data-start={start}
      data-marked={marked ? "" : undefined}
      data-first={marked && start <= (mark?.start ?? 0) ? "" : undefined}
      data-last={marked && end >= (mark?.end ?? 0) ? "" : undefined}
    >
      <Parts parts={parts} />
    </span>
  ));
});

function Parts({ parts }: { readonly parts: readonly TextRun[] }) {
  return parts.map((part, index) =>
    part.kind === "text" ? part.text : <ControlToken key={index} name={part.name} title={part.title} />,
  );
}

/** The token a press fell on, by the field and the place its run carries. */
export function pressedRun(
  event: MouseEvent,
): { readonly field: string; readonly record: number; readonly start: number } | undefined {
  const run = event.target instanceof Element ? event.target.closest<HTMLElement>(".raw-run[data-field]") : null;
  const record = run?.closest<HTMLElement>("[data-record]")?.dataset["record"];
  const { field, start } = run?.dataset ?? {};
  if (field === undefined || record === undefined) return undefined;
  return { field, record: Number(record), start: Number(start) };
}
