import type { CaseInfo, ResultInfo } from "../../../workers/contract.ts";
import { FacetList } from "../facets/facet-list.tsx";
import { SourceList } from "./source-list.tsx";

/** Sources first, then the facets. */
export function Sidebar({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  return (
    <>
      <SourceList info={info} result={result} />
      <FacetList result={result} />
    </>
  );
}
