import { Plus, Trash2 } from "lucide-react";
import { LEDGER_KINDS, type LedgerTableInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { type MenuGroup, MenuButton } from "../../ui/menu.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { KIND_WORDS } from "./identity-words.ts";

/** The tables of the identity ledger in use, with what of each could not be used. */
export function LedgerTables({ tables }: { readonly tables: readonly LedgerTableInfo[] }) {
  const { addLedgerTables } = useCommands();
  const groups: readonly MenuGroup[] = [
    { entries: [{ id: "names", title: "Tables called accounts.csv, identities.csv …", run: () => addLedgerTables() }] },
    {
      title: "A file of another name, as",
      entries: LEDGER_KINDS.map((kind) => ({ id: kind, title: KIND_WORDS[kind], run: () => addLedgerTables(kind) })),
    },
  ];
  return (
    <section className="ledger-tables" aria-label="Identity ledger">
      <header className="identities-head">
        <h2>Identity ledger</h2>
        <MenuButton groups={groups} label="What to add">
          <Button small icon={Plus}>
            Add tables
          </Button>
        </MenuButton>
      </header>
      <ul>
        {tables.map((table) => (
          <li key={table.id} className="identity-table">
            <Table table={table} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Table({ table }: { readonly table: LedgerTableInfo }) {
  const { removeLedgerTable } = useCommands();
  const { id, kind, name, rows, rejected, rejects, sha256 } = table;
  return (
    <>
      <span className="ledger-kind">{KIND_WORDS[kind]}</span>
      <span className="ledger-name" title={`sha256 ${sha256}`}>
        <EvidenceText text={name} limit={120} />
      </span>
      <span className="ledger-rows">
        <Count value={rows} /> {rows === 1 ? "row" : "rows"}
      </span>
      <IconButton
        icon={Trash2}
        size={14}
        label={`Stop using ${shownText(name)}`}
        onPress={() => removeLedgerTable(id)}
      />
      {rejected > 0 && (
        <details className="ledger-rejects">
          <summary>
            <Count value={rejected} /> {rejected === 1 ? "row" : "rows"} not used
          </summary>
          <ul>
            {rejects.map(({ row, reason }) => (
              <li key={row}>
                row <Count value={row} /> <EvidenceText text={reason} limit={200} />
              </li>
            ))}
            {rejected > rejects.length && (
              <li>
                and <Count value={rejected - rejects.length} /> more
              </li>
            )}
          </ul>
        </details>
      )}
    </>
  );
}
