import { Fragment } from "react";

/** Narrow no-break space, the divider of thousands in running text and in what is said. */
const NARROW = "\u202f";

/** For labels and sentences. On screen prefer `Count`, which is copied without the spaces. */
export function countText(value: number): string {
  return groups(value).join(NARROW);
}

/** An exact figure. Its thousands are set apart by a margin, so what is copied has no spaces in it. */
export function Count({ value, className = "" }: { readonly value: number; readonly className?: string }) {
  return (
    <span className={`count ${className}`}>
      {groups(value).map((group, index) => (
        // The groups of one number never move.
        <Fragment key={index}>{index === 0 ? group : <span className="count-group">{group}</span>}</Fragment>
      ))}
    </span>
  );
}

function groups(value: number): readonly string[] {
  const digits = String(Math.abs(Math.trunc(value)));
  const first = digits.length % 3 || 3;
  const parts = [digits.slice(0, first), ...(digits.slice(first).match(/\d{3}/g) ?? [])];
  return value < 0 ? [`-${parts[0]}`, ...parts.slice(1)] : parts;
}

/** 731.4 MB. Sizes are rounded, counts never; the exact figure goes beside it where bytes are accounted. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(value < 100 ? 1 : 0)} ${units[unit]}`;
}

/** A share in per cent, cut off rather than rounded up: 99.996 stays 99.99, and only all is 100.00. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return "100.00";
  const hundredths = part === whole ? 10_000 : Math.min(9999, Math.floor((part / whole) * 10_000));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
