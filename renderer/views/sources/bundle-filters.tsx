import "./bundle-filters.css";
import { Check, ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { CaseInfo, Facet } from "../../../workers/contract.ts";
import { useCommands, useCurrent, useServices, useView } from "../../app/services.tsx";
import { shownSources } from "../../app/source-standing.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useKept, useRequest } from "../../engine/use-result.ts";
import { Count, countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Reach, countsWithout, reachesOf } from "./bundle-facts.ts";
import { BundleDates } from "./bundle-dates.tsx";
import {
  LEVELS,
  type TypeCount,
  isTypeOn,
  leastLevel,
  levelCounts,
  reachText,
  typeCounts,
  withLeastLevel,
  withType,
} from "./bundle-model.ts";

/** Where the case holds logs of AQtive Guard: the filters of its own bundle command, each as chips of the query. */
export function BundleFilters({ info }: { readonly info: CaseInfo }) {
  const hasGuard = shownSources(info).some(({ members }) =>
    members.some(({ format, entries }) => format === "aqtive-guard" && entries > 0),
  );
  return hasGuard ? <Filters info={info} /> : null;
}

function Filters({ info }: { readonly info: CaseInfo }) {
  const [open, setOpen] = useState(true);
  return (
    <section className="bundle" aria-label="Bundle filters">
      <h2 className="bundle-head">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={open ? ChevronDown : ChevronRight} size={13} />
          Bundle filters
        </button>
      </h2>
      {open && <Body info={info} />}
    </section>
  );
}

function Body({ info }: { readonly info: CaseInfo }) {
  const types = useCounts("category");
  const levels = useCounts("level");
  const reaches = useReaches(info);
  return (
    <div className="bundle-body">
      {reaches.state === "fault" && <FaultPanel fault={reaches.fault} />}
      <ul className="bundle-types" aria-label="Log type">
        {typeCounts(types).map((type) => (
          <li key={type.title}>
            <TypeToggle type={type} />
            {reaches.state === "ready" && (
              <Reaches reaches={reaches.value.filter((reach) => reach.type === type.title)} />
            )}
          </li>
        ))}
      </ul>
      <LevelChoice facet={levels} />
      <BundleDates />
      <p className="bundle-note">
        A type or level that is not here proves nothing: a bundle can be a slice, and below the level set on a host
        nothing was written.
      </p>
    </div>
  );
}

function TypeToggle({ type }: { readonly type: TypeCount }) {
  const { setClauses } = useCommands();
  const clauses = useView((view) => view.clauses);
  const on = isTypeOn(clauses, type);
  return (
    <button
      type="button"
      className="bundle-type"
      aria-pressed={on}
      disabled={type.values.length === 0}
      onClick={() => setClauses(withType(clauses, type))}
    >
      <span className="bundle-tick">{on && <Icon of={Check} size={12} />}</span>
      <EvidenceText text={type.title} limit={60} className="bundle-name" />
      <Count value={type.count} />
      <span className="said"> entries</span>
    </button>
  );
}

/** From when to when, and down to which level, on each host. */
function Reaches({ reaches }: { readonly reaches: readonly Reach[] }) {
  return reaches.map(({ host, first, last, floor }) => (
    <p key={host ?? ""} className="bundle-reach">
      <EvidenceText text={host ?? "no host"} limit={60} />: {reachText(first, last)}, lowest level present:{" "}
      {floor ?? "none"}
    </p>
  ));
}

function LevelChoice({ facet }: { readonly facet: Facet | undefined }) {
  const { setClauses } = useCommands();
  const clauses = useView((view) => view.clauses);
  const counts = levelCounts(facet);
  return (
    <label className="bundle-line">
      <span>Level</span>
      <select
        className="input"
        value={leastLevel(clauses) ?? ""}
        onChange={(event) => setClauses(withLeastLevel(clauses, event.target.value))}
      >
        <option value="">any</option>
        {LEVELS.map((level, at) => (
          <option key={level} value={level}>
            {`${level.toUpperCase()}${at < LEVELS.length - 1 ? " and above" : ""}, ${countText(counts[at] ?? 0)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Counts of a field as they are if its own chip were not there: what a press adds, not what it leaves. */
function useCounts(field: string): Facet | undefined {
  const { api } = useServices().engine;
  const { request, result } = useCurrent();
  const key = request && result && `bundle ${field} ${result.revision} ${JSON.stringify(request)}`;
  return useKept(useRequest(key, () => (request === undefined ? never() : countsWithout(api, request, field))));
}

function useReaches(info: CaseInfo) {
  const { api } = useServices().engine;
  // Each batch of an import is another revision: how far it reaches is known when it has ended.
  const key = info.state === "importing" ? undefined : `bundle reach ${info.file} ${info.revision}`;
  return useRequest(key, () => reachesOf(api));
}

/** A key without a question is never asked. */
const never = <T,>(): Promise<T> => new Promise<T>(() => undefined);
