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
  /** Row of a file whose id stands in an earlier row too, or is empty: it can be taken out by itself. */
  readonly surplus: { readonly file: DefinitionName; readonly row: number } | undefined;
}

/** In the order of the mapping, then what only the event properties have. Every row of an id that stands twice is listed. */
export function eventsOf({ properties, attributes }: MappingDraft): readonly EventRows[] {
  const [idAt, mappedAt] = [properties, attributes].map(({ columns }) => Math.max(0, columns.indexOf("eventid")));
  const rows = properties.rows.map(({ row, cells }) => ({ row, id: cells[idAt ?? 0] ?? "" }));
  const mapped = attributes.rows.map(({ row, cells }) => ({ row, id: cells[mappedAt ?? 0] ?? "" }));
  // Of an id that stands twice the first row is the event's.
  const byId = firstRows(rows);
  const mappedById = firstRows(mapped);
  const surplus = (file: DefinitionName, row: number, isFirst: boolean): EventRows["surplus"] =>
    isFirst ? undefined : { file, row };
  return [
    ...mapped.map(({ row, id }) => ({
      id,
      attributes: row,
      properties: byId.get(id),
      surplus: surplus("eventmapping.csv", row, id !== "" && mappedById.get(id) === row),
    })),
    ...rows.flatMap(({ row, id }) => {
      const isFirst = byId.get(id) === row;
      if (isFirst && mappedById.has(id)) return [];
      const own = surplus("eventproperties.csv", row, id !== "" && isFirst);
      return [{ id, attributes: undefined, properties: row, surplus: own }];
    }),
  ];
}

const firstRows = (rows: readonly { readonly row: number; readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(rows.toReversed().map(({ id, row }) => [id, row]));

/** The event that a person chose or added, which may not be answered yet, and the place of the one chosen last. */
export interface Chosen {
  readonly at: number;
  readonly event: Pick<EventRows, "id" | "properties" | "attributes"> | undefined;
}

/** The same rows, else the first of the same id, else what stands at its place now. -1 where there are no events. */
export function placeOf(events: readonly EventRows[], { at, event }: Chosen): number {
  const same = events.findIndex(
    (each) => each.id === event?.id && each.properties === event.properties && each.attributes === event.attributes,
  );
  if (same >= 0) return same;
  const named = events.findIndex(({ id }) => id === event?.id);
  return named >= 0 ? named : Math.min(at, events.length - 1);
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
