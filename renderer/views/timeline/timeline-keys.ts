/** The cursor over the buckets: `at` is where it stands, `from` where an extended selection began. */
export interface BucketCursor {
  readonly at: number;
  readonly from: number;
}
export type TimelineAct =
  | { readonly kind: "move"; readonly cursor: BucketCursor }
  | { readonly kind: "zoom"; readonly cursor: BucketCursor }
  | { readonly kind: "out" }
  | { readonly kind: "fit" }
  | { readonly kind: "leave" };

export function timelineAct(
  key: string,
  shift: boolean,
  cursor: BucketCursor | undefined,
  buckets: number,
): TimelineAct | undefined {
  const now = cursor ?? { at: 0, from: 0 };
  const target = moved(key, now.at, buckets);
  if (target !== undefined) {
    const at = Math.min(Math.max(target, 0), buckets - 1);
    return { kind: "move", cursor: { at, from: shift ? now.from : at } };
  }
  if (key === "Enter" && cursor !== undefined) return { kind: "zoom", cursor };
  if (key === "Escape" && cursor !== undefined) return { kind: "leave" };
  if (key === "-" || key === "Z") return { kind: "out" };
  return key === "0" ? { kind: "fit" } : undefined;
}

function moved(key: string, at: number, buckets: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return at + 1;
    case "ArrowLeft":
      return at - 1;
    case "PageDown":
      return at + 10;
    case "PageUp":
      return at - 10;
    case "Home":
      return 0;
    case "End":
      return buckets - 1;
    default:
      return undefined;
  }
}
