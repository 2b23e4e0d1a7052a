import { FileX2, Globe, ShieldAlert, ShieldCheck, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { CaseInfo, EpochMicros } from "../../../workers/contract.ts";
import { useCase, useCommands, useCurrent, useServices, useView } from "../../app/services.tsx";
import { isCaseIncomplete } from "../../app/source-standing.ts";
import { zoneText } from "../../app/time-format.ts";
import { Count, shareText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ImportStatus } from "../import/import-status.tsx";
import { NetworkProof } from "../first-run/network-proof.tsx";
import "./status-bar.css";

/** Where nothing dated is open, offsets are those of the start. */
const STARTED = (Date.now() * 1000) as EpochMicros;

/** True counts at the left, what always holds at the right. Each is a button that opens what it counts. */
export function StatusBar() {
  const { info } = useCase();
  return (
    <footer className="status" data-region="status">
      {info === undefined ? <span className="status-item">No case open</span> : <CaseCounts info={info} />}
      <ImportStatus />
      <span className="status-gap" />
      <Offline />
      <Zone />
      {info === undefined && <Version />}
    </footer>
  );
}

function CaseCounts({ info }: { readonly info: CaseInfo }) {
  const { result } = useCurrent();
  const { openView, openDialog } = useCommands();
  const importing = info.state === "importing";
  const total = result?.total ?? info.entries;
  const matched = result?.matched ?? 0;
  return (
    <>
      <StatusButton does="explain" onPress={() => openDialog({ kind: "explain" })}>
        <b>
          <Count value={matched} />
        </b>
        <span>
          of <Count value={total} /> {importing ? "so far" : "entries"}
        </span>
      </StatusButton>
      {info.rejects > 0 && (
        <StatusButton does="show them" onPress={() => openView("rejects")}>
          <Icon of={FileX2} />
          <span>
            <Count value={info.rejects} /> {info.rejects === 1 ? "reject" : "rejects"}
          </span>
        </StatusButton>
      )}
      {info.bytes > 0 && <LedgerFigure info={info} />}
    </>
  );
}

function LedgerFigure({ info }: { readonly info: CaseInfo }) {
  const { openView } = useCommands();
  const incomplete = isCaseIncomplete(info);
  const whole = info.accounted === info.bytes && info.state !== "importing" && !incomplete;
  const yet = info.state === "importing";
  return (
    <StatusButton
      does="show sources"
      tone={yet ? undefined : incomplete ? "care" : whole ? "ok" : "fail"}
      onPress={() => openView("evidence")}
    >
      {!yet && <Icon of={whole ? ShieldCheck : ShieldAlert} />}
      <span>
        ledger {shareText(info.accounted, info.bytes)} %{yet ? " yet" : ""}
      </span>
    </StatusButton>
  );
}

function Offline() {
  return (
    <DialogTrigger>
      <AriaButton className="status-item status-button">
        <Icon of={Unplug} />
        <span>offline</span>
      </AriaButton>
      <Popover className="menu-popover" placement="top end" offset={4}>
        <Dialog className="status-note" aria-label="Network">
          <NetworkProof />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Zone() {
  const zone = useView((view) => view.zone);
  const { openDialog } = useCommands();
  const { result } = useCurrent();
  // The offset as it held at the end of what is shown; with a named zone it may differ over the year.
  const at = result?.last ?? STARTED;
  const name = zone === "local" ? "this computer" : /^([+-]|UTC)/.test(zone) ? undefined : zone;
  return (
    <StatusButton does="change the time zone" onPress={() => openDialog({ kind: "zone" })}>
      <Icon of={Globe} />
      <span>{zoneText(at, zone)}</span>
      {name !== undefined && <span className="status-quiet">{name}</span>}
    </StatusButton>
  );
}

function Version() {
  const { bridge } = useServices();
  return <span className="status-item">Exhibit {bridge.version}</span>;
}

function StatusButton(props: {
  /** Said after the text: what pressing does. */
  readonly does: string;
  readonly onPress: () => void;
  readonly tone?: "ok" | "care" | "fail" | undefined;
  readonly children: ReactNode;
}) {
  return (
    <AriaButton
      className="status-item status-button"
      onPress={props.onPress}
      {...(props.tone && { "data-tone": props.tone })}
    >
      {props.children}
      <span className="said">: {props.does}</span>
    </AriaButton>
  );
}
