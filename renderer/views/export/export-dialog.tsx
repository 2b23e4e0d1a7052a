import { Count } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ResultInfo } from "../../../workers/contract.ts";

/** Exports what the grid shows, in the same order. */
export function ExportDialog({ result, onClose }: { readonly result: ResultInfo; readonly onClose: () => void }) {
  return (
    <Dialog title="Export" onClose={onClose} width={980}>
      <p className="slot">
        <Count value={result.matched} /> entries
      </p>
    </Dialog>
  );
}
