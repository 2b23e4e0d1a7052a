import type { EntryId } from "../../../workers/contract.ts";

/** The focused entry down to its bytes. */
export function DetailPane({ entry }: { readonly entry: EntryId | undefined }) {
  return <p className="slot">{entry === undefined ? "No entry is focused." : `e ${entry}`}</p>;
}
