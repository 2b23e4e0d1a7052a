import type { EntryDetail, FieldAbout } from "../../../workers/contract.ts";

/** Type and description of an original field, as the published schema of its log has them. */
export function AboutField({ about }: { readonly about: FieldAbout }) {
  const { type, description, indicators } = about;
  return (
    <span className="field-about">
      <span className="field-about-type">{type}</span>
      {indicators.map((indicator) => (
        <span key={indicator} className="field-about-type">
          indicator {indicator}
        </span>
      ))}{" "}
      {description}
    </span>
  );
}

/** What is known of the fields of an entry, by their own names. */
export function aboutFields({ fields }: EntryDetail): ReadonlyMap<string, FieldAbout> {
  return new Map(
    fields.flatMap(({ group, name, about }) =>
      group === "original" && about !== undefined ? [[name.slice("raw.".length), about] as const] : [],
    ),
  );
}
