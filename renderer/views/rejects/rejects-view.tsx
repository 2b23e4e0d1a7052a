import "./rejects.css";
import "../detail/raw.css";
import "../evidence/evidence.css";
import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CaseInfo, MemberId } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useKept, useRejects } from "../../engine/use-result.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import type { EvidencePlace } from "../detail/use-place.ts";
import { useTallScroll } from "../grid/use-tall-scroll.ts";
import { ReasonFilter } from "./reason-filter.tsx";
import { RejectDetail } from "./reject-detail.tsx";
import { REJECT_HEAD, REJECT_ROW, RejectTable } from "./reject-table.tsx";
import { REJECTS_A_PAGE, pagesFor, rejectAt } from "./reject-window.ts";

/** Bytes that are no entry, with their reasons. It takes the place of query bar, histogram and body. */
export function RejectsView({ info }: { readonly info: CaseInfo }) {
  const { openView } = useCommands();
  const member = useView((view) => view.member);
  const code = useView((view) => view.rejectCode);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>("[data-region-start]")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !frame.current?.contains(event.target as Node)) return;
    event.preventDefault();
    openView("entries");
  };
  return (
    // Esc closes the view from wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="evidence-view" ref={frame} onKeyDown={onKeyDown}>
      <header className="evidence-view-head">
        <h1>Rejects</h1>
        <span className="evidence-view-about">
          <Count value={info.rejects} /> in the case; kept byte for byte, they are part of the ledger
        </span>
        <Button small onPress={() => openView("evidence", { member })}>
          Sources and ledger
        </Button>
        <IconButton icon={X} label="Back to the entries" keys="Esc" onPress={() => openView("entries")} />
      </header>
      {info.rejects === 0 ? (
        <p className="evidence-view-none">No reject: every record of this evidence was read as an entry.</p>
      ) : (
        <Rejects key={`${member ?? ""} ${code ?? ""}`} info={info} member={member} code={code} />
      )}
    </div>
  );
}

interface RejectsProps {
  readonly info: CaseInfo;
  readonly member: MemberId | undefined;
  readonly code: string | undefined;
}

function Rejects({ info, member, code }: RejectsProps) {
  const [at, setAt] = useState(0);
  const panel = useRef<HTMLDivElement>(null);
  const head = useRejects(0, REJECTS_A_PAGE, member, code);
  const reasons = useKept(useRejects(0, REJECTS_A_PAGE, member, undefined))?.byReason ?? [];
  const total = useKept(head)?.total ?? 0;
  const scroll = useTallScroll(total, REJECT_ROW, REJECT_HEAD);
  const [one, other] = pagesFor(scroll.first);
  const first = useRejects(one, REJECTS_A_PAGE, member, code);
  const second = useRejects(other < total ? other : one, REJECTS_A_PAGE, member, code);
  const chosen = useRejects(pagesFor(at)[0], REJECTS_A_PAGE, member, code);
  const pages = [first, second, chosen].map((page) => (page.state === "ready" ? page.value : undefined));
  const places = placesOf(info);
  const fault = [head, first, second].find((page) => page.state === "fault");
  const reject = useKeptRow(rejectAt(pages, at));
  const place = reject && places.get(reject.member);
  return (
    <>
      <ReasonFilter
        reasons={reasons}
        member={member === undefined ? undefined : places.get(member)?.member}
        code={code}
      />
      {fault?.state === "fault" && (
        <FaultPanel fault={fault.fault} effect="The rejects themselves are unchanged in the case." />
      )}
      <div className="evidence-view-body">
        <section className="evidence-view-left" data-region="rejects" aria-label="Rejects">
          <RejectTable
            total={total}
            scroll={scroll}
            rowAt={(index) => rejectAt(pages, index)}
            placeOf={(id) => places.get(id)}
            at={at}
            onChoose={setAt}
            onEnter={() => panel.current?.querySelector<HTMLElement>(".raw-scroll")?.focus()}
          />
        </section>
        <aside className="reject-right" data-region="reject" aria-label="The chosen reject" ref={panel}>
          {reject !== undefined && place !== undefined && <RejectDetail reject={reject} {...place} />}
        </aside>
      </div>
    </>
  );
}

/** The last reject that was known stays while the next is on its way. */
function useKeptRow<T>(row: T | undefined): T | undefined {
  const kept = useRef<T | undefined>(undefined);
  if (row !== undefined) kept.current = row;
  return kept.current;
}

function placesOf(info: CaseInfo): ReadonlyMap<MemberId, EvidencePlace> {
  return new Map(
    info.sources.flatMap((source) => source.members.map((member) => [member.id, { source, member }] as const)),
  );
}
