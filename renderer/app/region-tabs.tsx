import { type Region } from "../state/view-state.ts";
import { useCommands, useView } from "./services.tsx";

const REGIONS: readonly { readonly id: Region; readonly title: string }[] = [
  { id: "timeline", title: "Timeline" },
  { id: "facets", title: "Facets" },
  { id: "entries", title: "Entries" },
  { id: "detail", title: "Detail" },
];

/** In a narrow window (200 % zoom) one region is shown at a time. */
export function RegionTabs() {
  const region = useView((view) => view.region);
  const { goToRegion } = useCommands();
  return (
    <nav className="region-tabs" aria-label="Regions">
      {REGIONS.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className="region-tab"
          aria-current={id === region ? "true" : undefined}
          onClick={() => goToRegion(id)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
