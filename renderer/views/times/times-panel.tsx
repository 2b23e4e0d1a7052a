import "./times.css";
import type { ReactNode } from "react";
import type { MemberInfo, MemberTimes, SourceInfo } from "../../../workers/contract.ts";
import { clauseOf, clausesOf } from "../../app/clauses.ts";
import { useCommands } from "../../app/services.tsx";
import { useKept, useTimeAssumptions } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { ChangeList } from "./change-list.tsx";

/** What is assumed about the times of a member: each figure opens the entries that it counts. */
export function TimesPanel({ source, member }: { readonly source: SourceInfo; readonly member: MemberInfo }) {
  const { openDialog } = useCommands();
  const assumptions = useKept(useTimeAssumptions());
  const times = assumptions?.members.find((each) => each.member === member.id);
  if (assumptions === undefined || times === undefined) return null;
  return (
    <section className="times" aria-label="Times">
      <header className="times-head">
        <h3 className="evidence-view-subhead">Times</h3>
        <Button
          small
          label={`Change what is assumed about the times of ${shownText(member.path)}`}
          onPress={() => openDialog({ kind: "times", member: member.id })}
        >
          Change
        </Button>
      </header>
      <dl>
        <Zone times={times} source={source} member={member} />
        <Year times={times} source={source} member={member} />
        <Line title="clock">
          <Clock times={times} />
          <Counted of="clock" count={times.corrected} what="corrected" source={source} member={member} />
        </Line>
      </dl>
      <ChangeList changes={assumptions.changes} hasKeys />
    </section>
  );
}

interface PartProps {
  readonly times: MemberTimes;
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}

function Zone({ times, ...place }: PartProps) {
  const { zoneless, zone, importedZone, twice, skipped } = times;
  if (zoneless === 0) return <Line title="zone">written in every time, or none is needed</Line>;
  const was = zone === importedZone ? "" : `, imported as ${importedZone ?? "UTC"}`;
  return (
    <Line title="zone">
      <span className="origin-care">≈ read as {zone ?? "UTC"}</span>
      {was}
      <Counted of="zone" count={zoneless} what="written without one" {...place} />
      <Counted flag="timeTwice" count={twice} what="told twice that day" {...place} />
      <Counted flag="timeSkipped" count={skipped} what="never shown by clocks there" {...place} />
    </Line>
  );
}

function Year({ times, ...place }: PartProps) {
  const { yearless, year, importedYear } = times;
  if (yearless === 0) return null;
  const was = year === importedYear ? "" : `, imported as ${importedYear ?? "unknown"}`;
  return (
    <Line title="year">
      <span className="origin-care">≈ {year === undefined ? "not known" : `the first is in ${year}`}</span>
      {was}
      <Counted of="year" count={yearless} what="written without one" {...place} />
    </Line>
  );
}

function Clock({ times }: { readonly times: MemberTimes }) {
  const { clockText, corrected } = times;
  if (clockText !== undefined) {
    return (
      <span className="origin-care">
        ≈ corrected, <EvidenceText text={clockText} limit={400} />
      </span>
    );
  }
  return corrected === 0 ? "as recorded" : <span className="origin-care">≈ corrected with its host</span>;
}

function Counted({
  of,
  flag,
  count,
  what,
  source,
  member,
}: {
  readonly of?: "zone" | "year" | "clock";
  readonly flag?: string;
  readonly count: number;
  readonly what: string;
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}) {
  const commands = useCommands();
  if (count === 0) return null;
  const show = (): void => {
    const last = of === undefined ? clauseOf("flag", flag ?? "") : clauseOf("assumed", of);
    commands.clearQuery();
    commands.setClauses([...clausesOf(source, member), last]);
    commands.openView("entries");
  };
  return (
    <>
      {", "}
      <Button kind="link" small onPress={show}>
        <Count value={count} /> {what}
      </Button>
    </>
  );
}

function Line({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="origin-line">
      <dt>{title}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}
