import { PackageOpen } from "lucide-react";
import type { Cell, Clause, EntryDetail, EntryId, Result, RowPage } from "../../../workers/contract.ts";
import { useCase, useCommands, useServices } from "../../app/services.tsx";
import { useKept, useRequest } from "../../engine/use-result.ts";
import type { EngineConnection } from "../../engine/client.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { aroundEntry, type ExportGroup, type ExportPart, type FoundParts, groupOf, rangeOf } from "./export-group.ts";

/** The most rows that one answer of the engine holds. */
const MOST_PARTS = 500;

/** The entries that are one export, joined: how many, how many rows, and a way to all of them. */
export function ExportPanel({ entry, clauses }: { readonly entry: EntryDetail; readonly clauses: readonly Clause[] }) {
  const { engine } = useServices();
  const { clearQuery, setClauses, setRange, openEntry } = useCommands();
  const { info } = useCase();
  const key = info && `export group ${info.file} ${info.revision} ${entry.id}`;
  const found = useKept(useRequest(key, () => partsAround(engine, entry, clauses)));
  const member = info?.sources.flatMap(({ members }) => members).find(({ id }) => id === entry.member);
  const group = found && groupOf(found, entry.id, member?.reading.settings?.exportBatch);
  if (group === undefined) return null;
  const range = rangeOf(group);
  // Another export of the same instant is shown with it.
  const count = found?.parts.filter(({ time }) => time >= (range.from ?? 0) && time < (range.to ?? 0)).length ?? 0;
  const [before, after] = [group.parts[group.at - 1], group.parts[group.at + 1]];
  return (
    <section className="panel" aria-label="Export">
      <p className="panel-line">
        <Icon of={PackageOpen} />
        <span className="panel-text">{groupText(group)}</span>
      </p>
      {group.parts.length > 1 && (
        <p className="panel-line">
          <Button
            small
            onPress={() => {
              clearQuery();
              setClauses(clauses);
              setRange(range);
            }}
          >
            Show the {countText(count)} entries
          </Button>
          {before && <Step entry={before.entry} title="Batch before" onOpen={openEntry} />}
          {after && <Step entry={after.entry} title="Batch after" onOpen={openEntry} />}
        </p>
      )}
    </section>
  );
}

function Step(props: { readonly entry: EntryId; readonly title: string; readonly onOpen: (entry: EntryId) => void }) {
  return (
    <Button small kind="link" onPress={() => props.onOpen(props.entry)}>
      {props.title}
    </Button>
  );
}

function groupText({ parts, at, rows, batch, isOpen }: ExportGroup): string {
  const isWhole = !isOpen.before && !isOpen.after;
  const least = isWhole ? "" : "at least ";
  const sum =
    rows === undefined ? "how many rows is not logged" : `${least}${countText(rows)} ${rows === 1 ? "row" : "rows"}`;
  if (parts.length === 1 && isWhole) return `One export in this entry, ${sum}`;
  const assumed = `taken as one because they follow within a minute, in batches of ${countText(batch)}`;
  const place = isOpen.before ? "One" : `Batch ${countText(at + 1)}`;
  return `${place} of ${least}${countText(parts.length)} of one export, ${sum} together; ${assumed}`;
}

/** As many batches as one answer holds, the entry in their midst. */
async function partsAround(
  { api }: EngineConnection,
  entry: EntryDetail,
  clauses: readonly Clause[],
): Promise<Result<FoundParts>> {
  if (entry.time === undefined) return { ok: true, value: { parts: [], range: {}, before: false, after: false } };
  const range = aroundEntry(entry.time);
  const opened = await api.open({ clauses, text: "", range, zone: "UTC", sort: { field: "time", descending: false } });
  if (!opened.ok) return opened;
  const { id, matched } = opened.value;
  try {
    const at = await api.locate(id, { entry: entry.id });
    if (!at.ok) return at;
    const first = Math.max(0, Math.min((at.value ?? 0) - MOST_PARTS / 2, matched - MOST_PARTS));
    const page = await api.rows(id, first, MOST_PARTS, ["payload"]);
    if (!page.ok) return page;
    const parts = partsIn(page.value);
    return { ok: true, value: { parts, range, before: first > 0, after: first + parts.length < matched } };
  } finally {
    await api.close(id);
  }
}

function partsIn({ entries, time, cells }: RowPage): readonly ExportPart[] {
  return [...entries].map((entry, at) => ({
    entry: entry as EntryId,
    time: time[at] ?? Number.NaN,
    rows: numberIn(cells[0]?.[at] ?? ""),
  }));
}

function numberIn(cell: Cell): number | undefined {
  return typeof cell === "string" && /^\d{1,15}$/.test(cell) ? Number(cell) : undefined;
}
