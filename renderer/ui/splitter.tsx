import { type KeyboardEvent, type PointerEvent, useRef } from "react";

export interface SplitterProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** The pane lies before the line (sidebar) or after it (detail). */
  readonly pane: "before" | "after";
  /** The line is vertical unless the panes lie above each other. */
  readonly orientation?: "vertical" | "horizontal";
  readonly onChange: (value: number) => void;
}

const STEP = 16;

/** One pixel to see, eight to grip; arrows, Home and End move it, Enter and a double click reset it. */
export function Splitter({ orientation = "vertical", ...props }: SplitterProps) {
  const start = useRef<{ readonly at: number; readonly value: number } | undefined>(undefined);
  const set = (value: number): void => props.onChange(Math.round(Math.min(props.most, Math.max(props.least, value))));
  const sign = props.pane === "before" ? 1 : -1;
  const place = (event: PointerEvent): number => (orientation === "vertical" ? event.clientX : event.clientY);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = keyTarget(event.key, orientation, sign, props);
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  };
  return (
    // A separator that can be focused is a control (WAI-ARIA, window splitter).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={`splitter splitter-${orientation}`}
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(props.value)}
      aria-valuemin={props.least}
      aria-valuemax={Math.round(props.most)}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(props.usual)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: place(event), value: props.value };
      }}
      onPointerMove={(event) => {
        if (start.current) set(start.current.value + sign * (place(event) - start.current.at));
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
    />
  );
}

function keyTarget(key: string, orientation: string, sign: number, props: SplitterProps): number | undefined {
  const [less, more] = orientation === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  if (key === more) return props.value + sign * STEP;
  if (key === less) return props.value - sign * STEP;
  if (key === "Home") return props.least;
  if (key === "End") return props.most;
  return key === "Enter" ? props.usual : undefined;
}
