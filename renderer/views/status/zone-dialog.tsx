import { useMemo } from "react";
import type { EpochMicros } from "../../../workers/contract.ts";
import { useCommands, useCurrent, useView } from "../../app/services.tsx";
import { offsetText, resolveZone, zoneText } from "../../app/time-format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { type PickItem, PickList } from "../../ui/pick-list.tsx";

/** Where nothing dated is open, offsets are those of the start. */
const STARTED = (Date.now() * 1000) as EpochMicros;

/** One zone for every time on screen. What is stored never changes with it. */
export function ZoneDialog({ onClose }: { readonly onClose: () => void }) {
  const zone = useView((view) => view.zone);
  const { setZone } = useCommands();
  const { result } = useCurrent();
  const at = result?.last ?? STARTED;
  const items = useMemo(() => zoneItems(zone, at), [zone, at]);
  return (
    <Dialog title="Time zone" about="changes what is shown, never what is stored" onClose={onClose} width={560}>
      <PickList
        label="Time zone"
        placeholder="Type a city, a zone or an offset"
        items={items}
        onPick={(id) => {
          setZone(id);
          onClose();
        }}
        empty="No zone has this name. Offsets are written +02:00."
      />
    </Dialog>
  );
}

function zoneItems(chosen: string, at: EpochMicros): readonly PickItem[] {
  const item = (id: string, title: string, detail: string, group: string): PickItem => ({
    id,
    title,
    detail,
    group,
    chosen: id === chosen,
  });
  return [
    item("UTC", "UTC", "UTC+00:00", "Usual"),
    item("local", "This computer's zone", `${resolveZone("local")}, ${zoneText(at, "local")}`, "Usual"),
    ...Intl.supportedValuesOf("timeZone")
      .filter((name) => name !== "UTC")
      .map((name) => item(name, name, zoneText(at, name), "By place; offset as of the last entry shown")),
    ...fixedOffsets().map((offset) => item(offset, offset, `UTC${offset}`, "Fixed offset")),
  ];
}

/** Every offset that some place has used lately: whole hours, and the half and quarter ones. */
function fixedOffsets(): readonly string[] {
  const hours = Array.from({ length: 27 }, (_, index) => (index - 12) * 3600);
  const parts = [-34_200, -12_600, 12_600, 16_200, 19_800, 20_700, 23_400, 31_500, 34_200, 37_800, 45_900];
  return [...hours, ...parts].toSorted((one, other) => one - other).map(offsetText);
}
