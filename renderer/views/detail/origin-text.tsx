import type { MeaningOrigin } from "../../../workers/contract.ts";

/** Where a value or a meaning comes from. What Exhibit concluded itself is amber, a bare number is dashed. */
export function OriginText({ origin }: { readonly origin: MeaningOrigin }) {
  return (
    <span className="detail-origin" data-kind={origin.kind}>
      {origin.kind === "inferred" && "≈ "}
      {origin.text}
    </span>
  );
}
