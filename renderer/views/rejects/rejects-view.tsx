import type { CaseInfo } from "../../../workers/contract.ts";
import { Count } from "../../ui/count.tsx";

/** Bytes that are no entry, with their reasons. It takes the place of query bar, histogram and body. */
export function RejectsView({ info }: { readonly info: CaseInfo }) {
  return (
    <p className="slot">
      <Count value={info.rejects} /> rejects
    </p>
  );
}
