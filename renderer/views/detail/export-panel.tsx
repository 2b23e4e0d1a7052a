import { PackageOpen } from "lucide-react";
import type { Cell, Clause, EntryDetail, EntryId, Result, RowPage } from "../../../workers/contract.ts";
import { useCase, useCommands, useServices } from "../../app/services.tsx";
import { useKept, useRequest } from "../../engine/use-result.ts";
import type { EngineConnection } from "../../engine/client.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { aroundEntry, type ExportGroup, type ExportPart, groupOf, rangeOf } from "./export-group.ts";

/** The most rows that one answer of the engine holds. */
const MOST_PARTS = 500;

/** The entries that are one export, joined: how many, how many rows, and a way to all of them. */
export function ExportPanel({ entry, clauses }: { readonly entry: EntryDetail; readonly clauses: readonly Clause[] }) {
  const { engine } = useServices();
  const { setClauses, setRange, openEntry } = useCommands();
  const { info } = useCase();
  const key = info && `export group ${info.file} ${info.revision} ${entry.id}`;
  const parts = useKept(useRequest(key, () => partsOf(engine, entry, clauses)));
  const member = info?.sources.flatMap(({ members }) => members).find(({ id }) => id === entry.member);
  const group = parts && groupOf(parts, entry.id, member?.reading.settings?.exportBatch);
  if (group === undefined) return null;
  const count = group.parts.length;
  const [before, after] = [group.parts[group.at - 1], group.parts[group.at + 1]];
  return (
    <section className="panel" aria-label="Export">
      <p className="panel-line">
        <Icon of={PackageOpen} />
        <span className="panel-text">{groupText(group)}</span>
      </p>
      {count > 1 && (
        <p className="panel-line">
          <Button
            small
            onPress={() => {
              setClauses(clauses);
              setRange(rangeOf(group));
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

function groupText({ parts, at, rows, batch }: ExportGroup): string {
  const sum = rows === undefined ? "how many rows is not logged" : `${countText(rows)} ${rows === 1 ? "row" : "rows"}`;
  if (parts.length === 1) return `One export in this entry, ${sum}`;
  const assumed = `taken as one because they follow within a minute, in batches of ${countText(batch)}`;
  return `Batch ${countText(at + 1)} of ${countText(parts.length)} of one export, ${sum} together; ${assumed}`;
}

async function partsOf(
  { api }: EngineConnection,
  entry: EntryDetail,
  clauses: readonly Clause[],
): Promise<Result<readonly ExportPart[]>> {
  if (entry.time === undefined) return { ok: true, value: [] };
  const query = {
    clauses,
    text: "",
    range: aroundEntry(entry.time),
    zone: "UTC",
    sort: { field: "time", descending: false },
  };
  const opened = await api.open(query);
  if (!opened.ok) return opened;
  const page = await api.rows(opened.value.id, 0, MOST_PARTS, ["payload"]);
  await api.close(opened.value.id);
  return page.ok ? { ok: true, value: partsIn(page.value) } : page;
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
