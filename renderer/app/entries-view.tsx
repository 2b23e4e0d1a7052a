/** Query bar, histogram and the body of an open case. */
import type { CaseInfo, ResultInfo } from "../../workers/contract.ts";
import { Splitter } from "../ui/splitter.tsx";
import { WIDTHS } from "../state/view-state.ts";
import { DetailPane } from "../views/detail/detail-pane.tsx";
import { EntryGrid } from "../views/grid/entry-grid.tsx";
import { ArrivingBanner } from "../views/import/arriving-banner.tsx";
import { NoEntries } from "../views/import/no-entries.tsx";
import { QueryBar } from "../views/query/query-bar.tsx";
import { Sidebar } from "../views/sources/sidebar.tsx";
import { SidebarRail } from "../views/sources/sidebar-rail.tsx";
import { Timeline } from "../views/timeline/histogram.tsx";
import { ZeroResults } from "../views/zero/zero-results.tsx";
import { RegionTabs } from "./region-tabs.tsx";
import { useCommands, useCurrent, useView } from "./services.tsx";
import { ResultTrouble } from "./trouble.tsx";
import { type WindowShape, useWindowShape } from "./window-size.ts";

export function EntriesView({ info }: { readonly info: CaseInfo }) {
  const shape = useWindowShape();
  const { result, fault } = useCurrent();
  return (
    <>
      <QueryBar />
      {fault !== undefined && <ResultTrouble fault={fault} />}
      {result === undefined ? (
        <Opening fault={fault !== undefined} />
      ) : shape === "single" ? (
        <SingleRegion info={info} result={result} />
      ) : (
        <>
          <TimelineRegion result={result} />
          <Body info={info} result={result} shape={shape} />
        </>
      )}
    </>
  );
}

/** Nothing is known yet: the frame stands, so that nothing jumps when the rows come. */
function Opening({ fault }: { readonly fault: boolean }) {
  return (
    <div className="opening" aria-busy={!fault}>
      {!fault && <p className="said">Opening the entries</p>}
    </div>
  );
}

function TimelineRegion({ result }: { readonly result: ResultInfo }) {
  const size = useView((view) => view.histogram);
  return (
    <section className="region-timeline" data-region="timeline" data-size={size} aria-label="Timeline">
      <Timeline result={result} />
    </section>
  );
}

function Body(props: { readonly info: CaseInfo; readonly result: ResultInfo; readonly shape: WindowShape }) {
  const { info, result, shape } = props;
  const sidebar = useView((view) => view.sidebar);
  const { resizePane } = useCommands();
  return (
    <div className="body">
      {shape === "rail" && <SidebarRail info={info} result={result} />}
      {shape === "wide" && sidebar.visible && (
        <>
          <aside
            className="region-sidebar"
            data-region="facets"
            aria-label="Sources and facets"
            style={{ width: sidebar.size }}
          >
            <Sidebar info={info} result={result} />
          </aside>
          <Splitter
            label="Width of the sidebar"
            value={sidebar.size}
            least={WIDTHS.sidebar.least}
            most={WIDTHS.sidebar.most}
            usual={WIDTHS.sidebar.usual}
            pane="before"
            onChange={(size) => resizePane("sidebar", size)}
          />
        </>
      )}
      {result.matched === 0 ? <NoRows info={info} result={result} /> : <GridAndDetail result={result} shape={shape} />}
    </div>
  );
}

function GridAndDetail({ result, shape }: { readonly result: ResultInfo; readonly shape: WindowShape }) {
  const detail = useView((view) => view.detail);
  const dock = useView((view) => view.detailDock);
  const { resizePane } = useCommands();
  const below = dock === "below";
  const most = Math.max(WIDTHS.detail.least, Math.round((below ? innerHeight : innerWidth) * 0.6));
  // Below 1180 px the grid keeps its 480 px; the detail takes 312 unless it was made smaller.
  const size = shape === "rail" && !below ? Math.min(detail.size, 312) : Math.min(detail.size, most);
  return (
    <div className="grid-and-detail" data-dock={dock}>
      <GridRegion result={result} />
      {detail.visible && (
        <>
          <Splitter
            label={below ? "Height of the detail" : "Width of the detail"}
            value={size}
            least={below ? 120 : WIDTHS.detail.least}
            most={most}
            usual={WIDTHS.detail.usual}
            pane="after"
            orientation={below ? "horizontal" : "vertical"}
            onChange={(next) => resizePane("detail", next)}
          />
          <DetailRegion size={size} below={below} />
        </>
      )}
    </div>
  );
}

/** Instead of rows: the query matches none, or no entry is there (yet). */
function NoRows({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  return (
    <section className="region-grid" data-region="entries" aria-label="Entries">
      {result.total > 0 && <ArrivingBanner />}
      {result.total > 0 ? <ZeroResults result={result} /> : <NoEntries info={info} />}
    </section>
  );
}

function GridRegion({ result }: { readonly result: ResultInfo }) {
  const { pending } = useCurrent();
  return (
    <section className="region-grid" data-region="entries" aria-label="Entries" aria-busy={pending}>
      <ArrivingBanner />
      <EntryGrid result={result} />
    </section>
  );
}

function DetailRegion({ size, below }: { readonly size?: number; readonly below?: boolean }) {
  const entry = useView((view) => view.focused);
  const style = size === undefined ? {} : below ? { height: size } : { width: size };
  return (
    <aside className="region-detail" data-region="detail" aria-label="Detail of the focused entry" style={style}>
      <DetailPane entry={entry} />
    </aside>
  );
}

function SingleRegion({ info, result }: { readonly info: CaseInfo; readonly result: ResultInfo }) {
  const region = useView((view) => view.region);
  return (
    <>
      <RegionTabs />
      <div className="single">
        {region === "timeline" && <TimelineRegion result={result} />}
        {region === "facets" && (
          <aside className="region-sidebar" data-region="facets" aria-label="Sources and facets">
            <Sidebar info={info} result={result} />
          </aside>
        )}
        {region === "entries" &&
          (result.matched === 0 ? <NoRows info={info} result={result} /> : <GridRegion result={result} />)}
        {region === "detail" && <DetailRegion />}
      </div>
    </>
  );
}
