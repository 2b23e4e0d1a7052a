import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from "react";
import type { ByteMark, DetailRecord, EntryDetail, MemberId } from "../../../workers/contract.ts";
import { Count } from "../../ui/count.tsx";
import { ContextMenu } from "../../ui/menu.tsx";
import { ddLine } from "../evidence/check-lines.ts";
import type { TabProps } from "./fields-tab.tsx";
import { HexPanel } from "./hex-panel.tsx";
import { LongList } from "./long-list.tsx";
import { MemberName } from "./member-name.tsx";
import { MoreBytes } from "./more-bytes.tsx";
import { pressedRun, RawBytes } from "./raw-record.tsx";
import { type Spot, type TokenPlace, allPlaces, markOf, overlaps, tokenText, valueAt } from "./spot.ts";
import { type DetailValue, useDetailMenu } from "./use-detail-menu.ts";
import { usePlace } from "./use-place.ts";

/** The bytes of the entry as they lie in the member, the field in focus marked, and below as hex. */
export function RawTab({ entry, spot, onSpot }: Omit<TabProps, "onBytes">) {
  const scroller = useRef<HTMLDivElement>(null);
  const places = useMemo(() => allPlaces(entry), [entry]);
  const menu = useDetailMenu(entry);
  const mark = markOf(entry, spot);
  const at = places.findIndex((place) => overlaps(markAt(place), mark));
  useMarkInSight(scroller, entry, mark);

  const go = (to: number): void => {
    const place = places[Math.max(0, Math.min(places.length - 1, to))];
    if (place !== undefined) onSpot(spotAt(place));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const place = places[at];
    const corner = (): DOMRect | undefined => scroller.current?.querySelector("[data-marked]")?.getBoundingClientRect();
    if (place !== undefined && menu.onKey(event, valueOf(entry, place), corner)) return;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    go(at + step);
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouse = (event: MouseEvent): void => {
    const run = pressedRun(event);
    const place = run && placeOf(places, run);
    if (place === undefined) return;
    // A selection of text by the mouse ends in a click, too.
    if (event.type === "click" && getSelection()?.isCollapsed === false) return;
    const pressed = menu.onMouse(event, valueOf(entry, place));
    if (!pressed || event.type === "contextmenu") onSpot(spotAt(place));
  };
  return (
    <div className="raw">
      {/* Arrows walk the values; there is no element that is a text of fields. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="raw-scroll mono selectable"
        role="group"
        aria-label="Bytes of the entry as text"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        ref={scroller}
        data-region-start
        onKeyDown={onKeyDown}
        onClick={onMouse}
        onContextMenu={onMouse}
      >
        <LongList
          scroller={scroller}
          count={entry.records.length}
          usual={80}
          current={undefined}
          line={(index) => <RawRecord entry={entry} index={index} mark={mark?.record === index ? mark : undefined} />}
        />
      </div>
      <RawHex entry={entry} mark={mark} />
      <span className="said" role="status">
        {at >= 0 && mark !== undefined && spokenPlace(entry, places[at] as TokenPlace)}
      </span>
      <ContextMenu at={menu.at} groups={menu.groups} label="Value" onClose={menu.close} />
    </div>
  );
}

function RawRecord({
  entry,
  index,
  mark,
}: {
  readonly entry: EntryDetail;
  readonly index: number;
  readonly mark: ByteMark | undefined;
}) {
  const { bytes, tokens, offset, length, member } = entry.records[index] as DetailRecord;
  const before = entry.records[index - 1]?.member ?? entry.member;
  return (
    <div className="raw-record" data-record={index}>
      {member !== before && <MemberLine member={member} />}
      <span className="raw-offset">
        <Count value={offset} />
      </span>
      <div className="raw-text">
        <RawBytes bytes={bytes} tokens={tokens} mark={mark} />
        {length > bytes.length &&
          (entry.masked ? (
            <p className="raw-hidden">
              <Count value={length - bytes.length} /> bytes more, hidden while the secrets are masked
            </p>
          ) : (
            <MoreBytes entry={entry.id} member={member} offset={offset + bytes.length} length={length - bytes.length} />
          ))}
      </div>
    </div>
  );
}

/** From here on the bytes lie in another file. */
function MemberLine({ member }: { readonly member: MemberId }) {
  return (
    <p className="raw-member">
      in <MemberName member={member} />
    </p>
  );
}

/** Below the text: the marked bytes, or those of the first record. */
function RawHex({ entry, mark }: { readonly entry: EntryDetail; readonly mark: ByteMark | undefined }) {
  const record = entry.records[mark?.record ?? 0];
  const place = usePlace(record?.member);
  if (record === undefined) return null;
  const ddOf =
    place && ((span: { readonly offset: number; readonly length: number }) => ddLine(place.source, place.member, span));
  const where = record.member === entry.member ? {} : { where: <MemberName member={record.member} /> };
  return <HexPanel bytes={record.bytes} offset={record.offset} mark={mark} ddOf={ddOf} {...where} />;
}

function useMarkInSight(
  scroller: { readonly current: HTMLElement | null },
  entry: EntryDetail,
  mark: ByteMark | undefined,
): void {
  const key = mark && `${entry.id} ${mark.record} ${mark.start}`;
  useEffect(() => {
    if (key !== undefined) scroller.current?.querySelector("[data-marked]")?.scrollIntoView({ block: "nearest" });
  }, [scroller, key]);
}

const markAt = ({ record, token }: TokenPlace): ByteMark => ({ record, start: token.start, end: token.end });

const spotAt = ({ record, token }: TokenPlace): Spot => ({ field: `raw.${token.field ?? ""}`, index: 0, record });

function valueOf(entry: EntryDetail, place: TokenPlace): DetailValue {
  const copied = tokenText(entry.records[place.record], place.token);
  return { field: `raw.${place.token.field ?? ""}`, value: valueAt(entry, place), copied };
}

/** The value pressed on, or the one whose key was. */
function placeOf(
  places: readonly TokenPlace[],
  run: { readonly field: string; readonly record: number; readonly start: number },
) {
  return places.find(
    ({ record, token }) => record === run.record && token.field === run.field && token.end > run.start,
  );
}

function spokenPlace(entry: EntryDetail, { record, token }: TokenPlace): string {
  const place = entry.records[record];
  return `${token.field ?? ""}: ${tokenText(place, token)}, byte ${(place?.offset ?? 0) + token.start}`;
}
