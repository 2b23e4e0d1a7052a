import type { CaseInfo, ResultInfo } from "../../../workers/contract.ts";
import { FacetList } from "../facets/facet-list.tsx";
import { BundleFilters } from "./bundle-filters.tsx";
import { IdentityLine } from "./identity-line.tsx";
import { OverlapList } from "./overlap-list.tsx";
import { SourceList } from "./source-list.tsx";

/** Sources first, what they tell twice, whom nobody knows, then the filters and the facets. */
export function Sidebar({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  return (
    <>
      <SourceList info={info} result={result} />
      <OverlapList info={info} />
      <IdentityLine info={info} />
      <BundleFilters info={info} />
      <FacetList result={result} />
    </>
  );
}
