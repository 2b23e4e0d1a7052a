/** Definitions that are being edited: what was opened, the changes since, and what the engine says of both. Pure. */
import type { DefinitionName, MappingDraft, MappingEdit, MappingFinding } from "../../../workers/contract.ts";

export interface DraftState {
  /** As opened or saved last. */
  readonly base: MappingDraft;
  readonly edits: readonly MappingEdit[];
  /** Taken back, the latest first. */
  readonly undone: readonly MappingEdit[];
  readonly draft: MappingDraft;
  /** The changes that `draft` has in it. */
  readonly answered: readonly MappingEdit[];
}

const NONE: readonly MappingEdit[] = [];

export const opened = (base: MappingDraft): DraftState => ({
  base,
  edits: NONE,
  undone: NONE,
  draft: base,
  answered: NONE,
});

/** Writing on in one cell is one change. */
export function withEdit(state: DraftState, edit: MappingEdit): DraftState {
  const last = state.edits.at(-1);
  const isSame =
    edit.kind === "cell" &&
    last?.kind === "cell" &&
    last.file === edit.file &&
    last.row === edit.row &&
    last.cell === edit.cell;
  return { ...state, edits: [...(isSame ? state.edits.slice(0, -1) : state.edits), edit], undone: [] };
}

export function undo(state: DraftState): DraftState {
  const last = state.edits.at(-1);
  return last === undefined ? state : { ...state, edits: state.edits.slice(0, -1), undone: [last, ...state.undone] };
}

export function redo(state: DraftState): DraftState {
  const [next, ...undone] = state.undone;
  return next === undefined ? state : { ...state, edits: [...state.edits, next], undone };
}

export const isAnswered = ({ edits, answered }: DraftState): boolean => edits === answered;

/** What a cell holds, changes included that the engine has not answered yet. */
export function cellText(state: DraftState, file: DefinitionName, row: number, cell: number): string {
  for (const edit of state.edits.toReversed()) {
    if (state.answered.includes(edit)) break;
    if (edit.kind === "cell" && edit.file === file && edit.row === row && edit.cell === cell) return edit.value;
  }
  const table = file === "eventproperties.csv" ? state.draft.properties : state.draft.attributes;
  return table.rows.find((each) => each.row === row)?.cells[cell] ?? "";
}

/** A type of event, with its row in each file where it has one. */
export interface EventRows {
  readonly id: string;
  readonly properties: number | undefined;
  readonly attributes: number | undefined;
}

/** In the order of the mapping, then what only the event properties have. An id that stands twice is listed twice. */
export function eventsOf({ properties, attributes }: MappingDraft): readonly EventRows[] {
  const [idAt, mappedAt] = [properties, attributes].map(({ columns }) => Math.max(0, columns.indexOf("eventid")));
  const rows = properties.rows.map(({ row, cells }) => ({ row, id: cells[idAt ?? 0] ?? "" }));
  const mapped = attributes.rows.map(({ row, cells }) => ({ row, id: cells[mappedAt ?? 0] ?? "" }));
  const known = new Set(mapped.map(({ id }) => id));
  // Of an id that stands twice the first row is shown.
  const byId = new Map(rows.toReversed().map(({ id, row }) => [id, row]));
  return [
    ...mapped.map(({ row, id }) => ({ id, attributes: row, properties: byId.get(id) })),
    ...rows.flatMap(({ row, id }) => (known.has(id) ? [] : [{ id, attributes: undefined, properties: row }])),
  ];
}

/** Findings by event, for a list of many. */
export function findingsBy(findings: readonly MappingFinding[]): (event: EventRows) => readonly MappingFinding[] {
  const byRow = new Map<string, MappingFinding[]>();
  for (const finding of findings) {
    const key = `${finding.file} ${finding.row}`;
    const own = byRow.get(key) ?? [];
    own.push(finding);
    byRow.set(key, own);
  }
  return ({ properties, attributes }) => [
    ...(byRow.get(`eventproperties.csv ${properties}`) ?? []),
    ...(byRow.get(`eventmapping.csv ${attributes}`) ?? []),
  ];
}

export function countWords(findings: readonly MappingFinding[]): string {
  const words = (["error", "warning"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return words.length === 0 ? "nothing wrong" : words.join(", ");
}
