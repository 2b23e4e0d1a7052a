import "./overlap-list.css";
import { CopyMinus } from "lucide-react";
import type { CaseInfo, Clause, MemberId, Overlap } from "../../../workers/contract.ts";
import { clausesOf, hasValue } from "../../app/clauses.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { shownSources } from "../../app/source-standing.ts";
import { useKept, useOverlaps } from "../../engine/use-result.ts";
import { SourceCode } from "../../ui/badges.tsx";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";

/** Which sources tell the same things, how many, and the choice to see each thing once. Nothing where none do. */
export function OverlapList({ info, only }: { readonly info: CaseInfo; readonly only?: MemberId | undefined }) {
  const all = useKept(useOverlaps()) ?? [];
  const overlaps = only === undefined ? all : all.filter(({ member, other }) => member === only || other === only);
  if (overlaps.length === 0) return null;
  return (
    <section className="overlaps" aria-label="Recorded twice">
      <header className="overlaps-head">
        <h2>Recorded twice</h2>
        <ShowOnce />
      </header>
      <ul>
        {overlaps.map((overlap) => (
          <li key={`${overlap.member} ${overlap.other}`}>
            <OverlapLine info={info} overlap={overlap} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ShowOnce() {
  const { excludeValue, setClauses } = useCommands();
  const clauses = useView((view) => view.clauses);
  const isOn = hasValue(clauses, "repeat", "again", true);
  return (
    <Button
      kind="link"
      small
      icon={CopyMinus}
      onPress={() => (isOn ? setClauses(withoutRepeat(clauses)) : excludeValue("repeat", "again"))}
    >
      {isOn ? "Show all" : "Show once"}
    </Button>
  );
}

function OverlapLine({ info, overlap }: { readonly info: CaseInfo; readonly overlap: Overlap }) {
  const { setClauses, openView } = useCommands();
  const clauses = useView((view) => view.clauses);
  const own = placeOf(info, overlap.member);
  const other = placeOf(info, overlap.other);
  if (own === undefined || other === undefined) return null;
  const show = (): void => {
    const rest = withoutRepeat(clauses).filter(({ field }) => field !== "source" && field !== "member");
    setClauses([
      ...rest,
      ...clausesOf(own.source, own.member),
      { field: "repeat", not: false, values: ["first", "again"], enabled: true },
    ]);
    openView("entries");
  };
  return (
    <button type="button" className="overlap" onClick={show}>
      <Count value={overlap.entries} /> of <Place of={own} /> {overlap.entries === 1 ? "is" : "are"} also in{" "}
      <Place of={other} />
    </button>
  );
}

type Placed = NonNullable<ReturnType<typeof placeOf>>;

function Place({ of: { source, member } }: { readonly of: Placed }) {
  return (
    <>
      <SourceCode code={source.code} lane={source.lane} /> <EvidenceText text={shortName(member.path)} limit={80} />
    </>
  );
}

const shortName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const withoutRepeat = (clauses: readonly Clause[]): readonly Clause[] =>
  clauses.filter(({ field }) => field !== "repeat");

function placeOf(info: CaseInfo, id: MemberId) {
  for (const source of shownSources(info)) {
    const member = source.members.find((own) => own.id === id);
    if (member !== undefined) return { source, member };
  }
  return undefined;
}
