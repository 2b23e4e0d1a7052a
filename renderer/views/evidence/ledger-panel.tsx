import { Lock } from "lucide-react";
import type { ByteMap, CaseInfo, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { clausesOf } from "../../app/clauses.ts";
import { useCommands } from "../../app/services.tsx";
import { useByteMap, useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText, shareText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ByteMapView } from "./byte-map.tsx";
import { memberLedger } from "./evidence-rows.ts";
import { type LedgerLine, type LedgerTable, ledgerTable } from "./ledger-lines.ts";
import { firstOf } from "./map-runs.ts";

const CELLS = 480;

interface LedgerPanelProps {
  readonly info: CaseInfo;
  readonly source: SourceInfo;
  readonly member: MemberInfo;
  readonly onOpenBytes: (offset: number) => void;
}

/** Every byte of the member on exactly one line, or the figure that is missing. */
export function LedgerPanel({ info, source, member, onOpenBytes }: LedgerPanelProps) {
  const map = useKept(useByteMap(member.id, CELLS));
  const own = map?.member === member.id ? map : undefined;
  const table = ledgerTable(member);
  const { kind } = memberLedger(source, member);
  return (
    <section className="ledger" aria-label="Ledger">
      <div className="ledger-head">
        <p className="ledger-figure figures" data-kind={kind}>
          {shareText(table.sum, table.total)}
          <span> %</span>
        </p>
        <p className="ledger-words">
          of{" "}
          <b>
            <Count value={table.total} />
          </b>{" "}
          bytes accounted for{kind === "yet" ? " so far" : ""}
          <span>{table.missing === 0 ? "each on exactly one line below" : missingText(table, kind)}</span>
        </p>
        {info.state === "sealed" && kind === "whole" && (
          <span className="seal seal-sealed">
            <Icon of={Lock} size={13} /> Sealed
          </span>
        )}
      </div>
      {own !== undefined && own.bytes > 0 && (
        <ByteMapView source={source} member={member} map={own} onOpen={onOpenBytes} />
      )}
      <LedgerRows source={source} member={member} table={table} map={own} onOpenBytes={onOpenBytes} />
    </section>
  );
}

function missingText({ missing }: LedgerTable, kind: string): string {
  if (kind === "yet") return `${countText(missing)} still to read`;
  return missing > 0 ? `${countText(missing)} on no line below` : `${countText(-missing)} on more than one line below`;
}

interface RowsProps {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
  readonly table: LedgerTable;
  readonly map: ByteMap | undefined;
  readonly onOpenBytes: (offset: number) => void;
}

function LedgerRows({ source, member, table, map, onOpenBytes }: RowsProps) {
  const { missing } = table;
  return (
    <table className="ledger-table" data-lane={source.lane % 8}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Bytes</th>
          <th scope="col">Share</th>
          <th scope="col">Count</th>
          <th scope="col">
            <span className="said">Open</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {table.lines.map((line) => (
          <LedgerRow key={line.kind} line={line} source={source} member={member} map={map} onOpenBytes={onOpenBytes} />
        ))}
      </tbody>
      <tfoot>
        <tr className="ledger-sum">
          <th scope="row">Sum</th>
          <td>
            <Count value={table.sum} />
          </td>
          <td data-whole={missing === 0 ? "" : undefined}>{shareText(table.sum, table.total)} %</td>
          <td colSpan={2} aria-hidden />
        </tr>
        <tr className="ledger-size">
          <th scope="row">{source.container === "plain" ? "File size" : "Unpacked size"}</th>
          <td>
            <Count value={table.total} />
          </td>
          {/* A difference has as many digits as it has: it must not widen the column of shares. */}
          <td className="ledger-same" data-whole={missing === 0 ? "" : undefined} colSpan={missing === 0 ? 1 : 3}>
            {missing === 0 ? "= same" : `≠ by ${countText(Math.abs(missing))}`}
          </td>
          {missing === 0 && <td colSpan={2} aria-hidden />}
        </tr>
      </tfoot>
    </table>
  );
}

function LedgerRow({
  line,
  source,
  member,
  map,
  onOpenBytes,
}: { readonly line: LedgerLine } & Omit<RowsProps, "table">) {
  return (
    <tr>
      <th scope="row">
        <span className={`ledger-key${line.kind === "ignored" ? " hatched" : ""}`} data-kind={line.kind} aria-hidden>
          {line.kind === "rejects" ? "◆" : ""}
        </span>
        {line.title}
      </th>
      <td>
        <Count value={line.bytes} />
      </td>
      <td className="figures">{line.share}</td>
      <td>
        {line.note !== undefined && <span className="ledger-note">{line.note}</span>}
        {line.count !== undefined && <Count value={line.count} />}
      </td>
      <td>
        <LedgerLink line={line} source={source} member={member} map={map} onOpenBytes={onOpenBytes} />
      </td>
    </tr>
  );
}

function LedgerLink({
  line,
  source,
  member,
  map,
  onOpenBytes,
}: { readonly line: LedgerLine } & Omit<RowsProps, "table">) {
  const commands = useCommands();
  if (line.bytes === 0) return null;
  if (line.kind === "entries") {
    const browse = (): void => {
      commands.clearQuery();
      commands.setClauses(clausesOf(source, member));
      commands.openView("entries");
    };
    return (
      <Button kind="link" small label="Browse the entries of this member" onPress={browse}>
        browse
      </Button>
    );
  }
  if (line.kind === "rejects") {
    return (
      <Button
        kind="link"
        small
        label="Browse the rejects of this member"
        onPress={() => commands.openView("rejects", { member: member.id })}
      >
        browse
      </Button>
    );
  }
  const first = map && firstOf(map, line.kind);
  if (first === undefined) return null;
  return (
    <Button kind="link" small label={`Show bytes near the first ${line.kind} ones`} onPress={() => onOpenBytes(first)}>
      show bytes
    </Button>
  );
}
