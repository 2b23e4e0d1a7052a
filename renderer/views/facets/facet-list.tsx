import "./facets.css";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Facet, ResultInfo } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useFacets, useFields, useKept } from "../../engine/use-result.ts";
import { FacetChooser } from "./facet-chooser.tsx";
import { FacetLineView } from "./facet-line.tsx";
import { type FacetAct, type FacetLine, facetAct, facetLines } from "./facet-model.ts";
import { useTitles } from "../grid/use-titles.ts";

const USUAL = 8;
const MANY = 200;

/** Values of the matching entries with exact counts. Enter or a press includes, x excludes; one tab stop. */
export function FacetList({ result }: { readonly result: ResultInfo }) {
  const [contains, setContains] = useState("");
  const [wide, setWide] = useState<string | undefined>(undefined);
  const fields = useKnownFacets();
  const usual = useFacets(result, fields, USUAL, contains);
  const more = useKept(useFacets(result, wide === undefined ? [] : [wide], MANY, contains));
  const kept = useKept(usual);
  const facets = useMemo(
    () => (kept ?? []).map((facet) => (facet.field === wide && more?.[0]?.field === wide ? more[0] : facet)),
    [kept, more, wide],
  );
  return (
    <div className="facets">
      <div className="facets-find">
        <input
          className="input"
          type="search"
          placeholder="Find a field or value"
          aria-label="Find a field or value"
          value={contains}
          onChange={(event) => setContains(event.target.value)}
        />
        <FacetChooser />
      </div>
      {usual.state === "fault" && <FaultPanel fault={usual.fault} />}
      <FacetTree
        facets={matchingFields(facets, contains)}
        onMore={(field) => setWide(field === wide ? undefined : field)}
      />
      {result.matched === 0 && <p className="facets-none">Facets count matching entries. There are none.</p>}
    </div>
  );
}

/** Of the fields that are to be counted, those that the case has: an original one is not in every log. */
function useKnownFacets(): readonly string[] {
  const wanted = useView((view) => view.facets);
  const fields = useKept(useFields());
  return useMemo(() => {
    const known = new Set(fields?.flatMap(({ name, present }) => (present ? [name] : [])));
    return wanted.filter((name) => !name.startsWith("raw.") || known.has(name));
  }, [wanted, fields]);
}

/** Facets without a value that fits are left out while one searches. */
function matchingFields(facets: readonly Facet[], contains: string): readonly Facet[] {
  const wanted = contains.trim().toLowerCase();
  return wanted === "" ? facets : facets.filter((facet) => facet.values.length > 0 || facet.field.includes(wanted));
}

function FacetTree({
  facets,
  onMore,
}: {
  readonly facets: readonly Facet[];
  readonly onMore: (field: string) => void;
}) {
  const clauses = useView((view) => view.clauses);
  const letters = useView((view) => view.letterKeys);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const { held, hold, release } = useHeldOrder(facets);
  const lines = useMemo(() => facetLines(facets, clauses, { closed, held }), [facets, clauses, closed, held]);
  const line = Math.min(at, lines.length - 1);
  const tree = useRef<HTMLDivElement>(null);
  const titleOf = useTitles();
  const press = usePress(setClosed, onMore);

  useEffect(() => {
    if (document.activeElement === tree.current)
      tree.current?.querySelector(`#facet-${line}`)?.scrollIntoView({ block: "nearest" });
  }, [line]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || (!letters && /^[a-z]$/.test(event.key))) return;
    const act = facetAct(event.key, line, lines);
    const here = lines[line];
    if (act === undefined || here === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (act.kind === "go") setAt(act.line);
    else press(here, act.kind);
  };
  return (
    <div
      className="facets-tree"
      role="tree"
      aria-label="Facets"
      tabIndex={0}
      ref={tree}
      aria-activedescendant={lines.length > 0 ? `facet-${line}` : undefined}
      onKeyDown={onKeyDown}
      onPointerEnter={hold}
      onPointerLeave={release}
    >
      {lines.map((each, index) => (
        <FacetLineView
          key={keyOf(each)}
          id={`facet-${index}`}
          line={each}
          title={titleOf(each.field)}
          current={index === line}
          onPress={(kind) => {
            setAt(index);
            press(each, kind);
          }}
        />
      ))}
    </div>
  );
}

const keyOf = (line: FacetLine): string => `${line.kind} ${line.field} ${line.kind === "value" ? line.value : ""}`;

type Press = Exclude<FacetAct["kind"], "go">;

function usePress(
  setClosed: (change: (now: ReadonlySet<string>) => ReadonlySet<string>) => void,
  onMore: (field: string) => void,
) {
  const commands = useCommands();
  const fold = (field: string, kind: Press): void =>
    setClosed((now) => {
      const next = new Set(now);
      if (kind === "open" || (kind === "press" && now.has(field))) next.delete(field);
      else next.add(field);
      return next;
    });
  return (line: FacetLine, kind: Press): void => {
    if (line.kind === "field") fold(line.field, kind);
    else if (kind === "open" || kind === "close") return;
    else if (line.kind === "more") onMore(line.field);
    else if (line.kind === "missing") commands.includeMissing(line.field, kind === "exclude");
    else if (kind === "exclude") commands.excludeValue(line.field, line.value);
    else if (kind === "include") commands.includeValue(line.field, line.value);
    else commands.toggleValue(line.field, line.value);
  };
}

/** While the pointer is inside, values keep the order they had: nothing moves under the hand. */
function useHeldOrder(facets: readonly Facet[]) {
  const [held, setHeld] = useState<ReadonlyMap<string, readonly string[]> | undefined>(undefined);
  return {
    held,
    hold: () => setHeld(new Map(facets.map((facet) => [facet.field, facet.values.map(({ value }) => value)]))),
    release: () => setHeld(undefined),
  };
}
