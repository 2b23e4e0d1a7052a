import { useMemo } from "react";
import { type LicensedPart, pieces } from "./licences.ts";

const KINDS: Readonly<Record<LicensedPart["kind"], string>> = {
  program: "this program",
  package: "library",
  font: "font",
  runtime: "what the program runs on",
  part: "part of Electron",
  data: "data",
};

/** One licence in full, to be read and copied. */
export function LicenceText({ part }: { readonly part: LicensedPart }) {
  const parts = useMemo(() => pieces(part.text), [part.text]);
  const label = [part.name, part.version].filter(Boolean).join(" ");
  return (
    // What scrolls must be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="about-text" aria-label={`Licence of ${label}`} tabIndex={0}>
      <h3 className="about-text-head">
        {label}
        <span className="about-text-kind">
          {KINDS[part.kind]}, licence {part.licence}
        </span>
      </h3>
      {parts.map((piece, index) => (
        <pre key={index} className="about-piece mono">
          {piece}
        </pre>
      ))}
    </section>
  );
}
