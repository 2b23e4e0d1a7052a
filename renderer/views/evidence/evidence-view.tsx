import type { CaseInfo } from "../../../workers/contract.ts";

/** Sources, members and their ledgers. It takes the place of query bar, histogram and body. */
export function EvidenceView({ info }: { readonly info: CaseInfo }) {
  return <p className="slot">{info.sources.length} sources</p>;
}
