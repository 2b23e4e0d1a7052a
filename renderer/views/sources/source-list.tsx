import { CircleX, ShieldAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import { Button as AriaButton } from "react-aria-components/Button";
import type { CaseInfo, ResultInfo, SourceInfo } from "../../../workers/contract.ts";
import { hasValue } from "../../app/clauses.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { isCaseIncomplete, noticesOf, shownSources, standingOf } from "../../app/source-standing.ts";
import { SourceCode } from "../../ui/badges.tsx";
import { Count, countText, shareText, sizeText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import "./source-list.css";

/** What the case is made of, first of all; pressing a source narrows the view to it. */
export function SourceList({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  const sources = shownSources(info);
  return (
    <section className="sources" aria-label="Sources">
      <header className="sources-head">
        <h2>
          Sources <span className="sources-number">{sources.length}</span>
        </h2>
        <LedgerLink info={info} />
      </header>
      <ul className="sources-list">
        {sources.map((source) => (
          <li key={source.id}>
            <Source source={source} matched={result.perSource.find((own) => own.source === source.id)?.matched ?? 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LedgerLink({ info }: { readonly info: CaseInfo }) {
  const { openView } = useCommands();
  const importing = info.state === "importing";
  const incomplete = isCaseIncomplete(info);
  const whole = info.accounted === info.bytes && !importing && !incomplete;
  const figure = shareText(info.accounted, info.bytes);
  return (
    <AriaButton
      className="sources-ledger"
      data-whole={whole ? "" : undefined}
      data-yet={importing ? "" : undefined}
      data-incomplete={incomplete ? "" : undefined}
      onPress={() => openView("evidence")}
    >
      {!importing && <Icon of={whole ? ShieldCheck : ShieldAlert} />}
      <span className="said">Ledger </span>
      {figure} %<span className="said">: show sources and members</span>
    </AriaButton>
  );
}

function Source({ source, matched }: { readonly source: SourceInfo; readonly matched: number }) {
  const { toggleValue } = useCommands();
  const active = useView((view) => hasValue(view.clauses, "source", source.code, false));
  return (
    <AriaButton className="source" aria-pressed={active} onPress={() => toggleValue("source", source.code)}>
      <span className="source-lane">
        <SourceCode code={source.code} lane={source.lane} bar />
      </span>
      <span className="source-name">
        <EvidenceText text={source.name} limit={160} />
      </span>
      <span className="source-count">
        <Count value={matched} />
        <span className="said"> matching of </span>
      </span>
      <span className="source-line">
        {sizeLine(source)}
        <SourceTrouble source={source} />
      </span>
    </AriaButton>
  );
}

function SourceTrouble({ source }: { readonly source: SourceInfo }) {
  const standing = standingOf(source);
  if (standing === "whole" || standing === "importing") return null;
  if (standing === "failed") {
    return (
      <span className="source-failed">
        <Icon of={CircleX} size={12} /> failed
      </span>
    );
  }
  const notices = noticesOf(source);
  return (
    <span className="source-incomplete">
      <Icon of={TriangleAlert} size={12} />{" "}
      {standing === "incomplete" ? "incomplete" : `${countText(notices)} ${notices === 1 ? "notice" : "notices"}`}
    </span>
  );
}

/** "61 027 entries, 3 rejects"; while it is read, how large it is. */
function sizeLine(source: SourceInfo): string {
  const sum = (pick: (member: SourceInfo["members"][number]) => number): number =>
    source.members.reduce((total, member) => total + pick(member), 0);
  if (source.state === "importing" && sum((member) => member.entries) === 0) return sizeText(source.bytes);
  const entries = sum((member) => member.entries);
  const parts = [`${countText(entries)} ${entries === 1 ? "entry" : "entries"}`];
  const duplicates = sum((member) => member.duplicates);
  const rejects = sum((member) => member.rejects);
  if (duplicates > 0) parts.push(`${countText(duplicates)} dup.`);
  if (rejects > 0) parts.push(`${countText(rejects)} ${rejects === 1 ? "reject" : "rejects"}`);
  return parts.join(", ");
}
