import { Database, FileX2, ListTree, PanelLeft, UserRoundSearch, X } from "lucide-react";
import { useState } from "react";
import type { CaseInfo, ResultInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { IconButton } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { FacetList } from "../facets/facet-list.tsx";
import { BundleFilters } from "./bundle-filters.tsx";
import { OverlapList } from "./overlap-list.tsx";
import { SourceList } from "./source-list.tsx";
import "./sidebar-rail.css";

type Item = "sources" | "facets";

/** Below 1180 px: 44 px of icons, whose items open over the grid. */
export function SidebarRail({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  const [open, setOpen] = useState<Item>();
  const { openView, toggleDetail } = useCommands();
  const toggle = (item: Item): void => setOpen(open === item ? undefined : item);
  return (
    <aside className="rail" data-region="facets" aria-label="Sources and facets">
      <IconButton
        icon={Database}
        size={17}
        label="Sources"
        pressed={open === "sources"}
        onPress={() => toggle("sources")}
      />
      <IconButton
        icon={ListTree}
        size={17}
        label="Facets"
        pressed={open === "facets"}
        onPress={() => toggle("facets")}
      />
      <IconButton
        icon={FileX2}
        size={17}
        label={`${countText(info.rejects)} rejects`}
        onPress={() => openView("rejects")}
        badge={info.rejects > 0 && <span className="rail-badge">{countText(info.rejects)}</span>}
      />
      {info.matchedAt !== undefined && (
        <IconButton icon={UserRoundSearch} size={17} label="Identities" onPress={() => openView("identities")} />
      )}
      <span className="rail-gap" />
      <IconButton icon={PanelLeft} size={17} label="Show or hide the detail" keys="Ctrl J" onPress={toggleDetail} />
      {open !== undefined && <RailPanel item={open} info={info} result={result} onClose={() => setOpen(undefined)} />}
    </aside>
  );
}

function RailPanel(props: {
  readonly item: Item;
  readonly info: CaseInfo;
  readonly result: ResultInfo;
  readonly onClose: () => void;
}) {
  const { item, info, result, onClose } = props;
  return (
    // Esc leaves the panel from anywhere in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="rail-panel" onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <IconButton icon={X} label="Close" keys="Esc" onPress={onClose} className="rail-close" />
      {item === "sources" ? (
        <>
          <SourceList info={info} result={result} />
          <OverlapList info={info} />
        </>
      ) : (
        <>
          <BundleFilters info={info} />
          <FacetList result={result} />
        </>
      )}
    </div>
  );
}
