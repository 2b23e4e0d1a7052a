import type { LucideIcon } from "lucide-react";

/** 14 px in text, 17 px in the rail; always beside a word or under a label, so it says nothing itself. */
export function Icon({ of: Shape, size = 14 }: { readonly of: LucideIcon; readonly size?: number }) {
  return (
    <Shape size={size} strokeWidth={2} absoluteStrokeWidth={false} aria-hidden focusable={false} className="icon" />
  );
}
