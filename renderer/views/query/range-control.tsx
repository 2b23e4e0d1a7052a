import { CalendarRange, ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { EpochMicros, ResultInfo, TimeRange } from "../../../workers/contract.ts";
import { rangeText } from "../../app/range-words.ts";
import { useCommands, useCurrent, useView } from "../../app/services.tsx";
import { atWall, readWallTime, timeParts, zoneText } from "../../app/time-format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

/** The time range, in the zone of the window: presets over the evidence's own times, and both ends by hand. */
export function RangeControl({ short }: { readonly short: boolean }) {
  const range = useView((view) => view.range);
  const zone = useView((view) => view.zone);
  const { result } = useCurrent();
  const at = range.from ?? result?.last ?? result?.lastOfAll;
  const offset = at === undefined ? "" : zoneText(at, zone).replace("UTC+00:00", "UTC");
  return (
    <DialogTrigger>
      <AriaButton className="button button-plain range-button">
        <Icon of={CalendarRange} />
        <span>{rangeText(range, zone, short)}</span>
        <span className="range-zone">{offset}</span>
        <Icon of={ChevronDown} />
      </AriaButton>
      <Popover className="menu-popover" placement="bottom end" offset={4}>
        <Dialog className="range" aria-label="Time range">
          {({ close }) => <RangeForm range={range} zone={zone} result={result} onDone={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function RangeForm(props: {
  readonly range: TimeRange;
  readonly zone: string;
  readonly result: ResultInfo | undefined;
  readonly onDone: () => void;
}) {
  const { range, zone, result, onDone } = props;
  const { setRange } = useCommands();
  const [from, setFrom] = useState(fieldText(range.from, zone));
  const [to, setTo] = useState(fieldText(range.to, zone));
  const [start, end] = [readEnd(from, zone), readEnd(to, zone)];
  const backwards = start.at !== undefined && end.at !== undefined && end.at <= start.at;
  const usable = start.problem === undefined && end.problem === undefined && !backwards;
  const apply = (next: TimeRange): void => {
    setRange(next);
    onDone();
  };
  const applyFields = (): void => {
    if (usable)
      apply({ ...(start.at !== undefined && { from: start.at }), ...(end.at !== undefined && { to: end.at }) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        applyFields();
      }}
      style={{ display: "contents" }}
    >
      <div className="range-presets">
        {presets(result, zone).map((preset) => (
          <Button key={preset.title} small onPress={() => apply(preset.range)}>
            {preset.title}
          </Button>
        ))}
      </div>
      <div className="range-ends">
        <End title="From, inclusive" value={from} onChange={setFrom} end={start} />
        <End
          title="To, exclusive"
          value={to}
          onChange={setTo}
          end={backwards ? { problem: "This is not after the start." } : end}
        />
      </div>
      <div className="range-foot">
        <span>Times are {zone === "local" ? "of this computer's zone" : `of ${zone}`}</span>
        <button type="submit" className="button button-primary button-small" disabled={!usable}>
          Show this range
        </button>
      </div>
    </form>
  );
}

interface End {
  readonly at?: EpochMicros;
  readonly problem?: string;
  readonly note?: string;
}

function End(props: {
  readonly title: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly end: End;
}) {
  const { title, value, onChange, end } = props;
  return (
    <label className="range-end">
      <span>{title}</span>
      <input
        className="input"
        value={value}
        placeholder="open"
        spellCheck={false}
        aria-invalid={end.problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {end.problem !== undefined && <span className="range-problem">{end.problem}</span>}
      {end.note !== undefined && <span className="range-twice">{end.note}</span>}
    </label>
  );
}

function readEnd(text: string, zone: string): End {
  if (text.trim() === "") return {};
  const reading = readWallTime(text, zone);
  if (reading === undefined) return { problem: "Write it like 2026-08-12 03:12:44." };
  if (reading.note === "twice") return { at: reading.at, note: "≈ This time comes twice there; the first is taken." };
  if (reading.note === "skipped")
    return { at: reading.at, note: "≈ Clocks skip this time there; the next one is taken." };
  return { at: reading.at };
}

function fieldText(at: EpochMicros | undefined, zone: string): string {
  if (at === undefined) return "";
  const { date, clock, fraction } = timeParts(at, 6, zone);
  return `${date} ${clock}${fraction === ".000000" ? "" : fraction}`;
}

interface Preset {
  readonly title: string;
  readonly range: TimeRange;
}
const HOUR = 3_600_000_000;

/** "Last" counts back from the last entry of the evidence: the clock of this computer means nothing to it. */
function presets(result: ResultInfo | undefined, zone: string): readonly Preset[] {
  const last = result?.lastOfAll;
  if (last === undefined) return [{ title: "All times", range: {} }];
  const end = (last + 1) as EpochMicros;
  const back = (hours: number): TimeRange => ({ from: (end - hours * HOUR) as EpochMicros, to: end });
  const day = timeParts(last, 0, zone).date;
  const midnight = atWall(Date.parse(`${day}T00:00:00Z`) * 1000, zone).at;
  const next = atWall((Date.parse(`${day}T00:00:00Z`) + 86_400_000) * 1000, zone).at;
  return [
    { title: "All times", range: {} },
    { title: "Last hour of the evidence", range: back(1) },
    { title: "Last 24 h", range: back(24) },
    { title: "Last 7 days", range: back(168) },
    { title: `The last day, ${day}`, range: { from: midnight, to: next } },
  ];
}
