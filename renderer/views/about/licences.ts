/** What Exhibit is made of that others wrote: `licences.json`, which the build puts beside the page. */
import * as v from "valibot";

const fileSchema = v.object({
  parts: v.array(
    v.object({
      name: v.string(),
      version: v.string(),
      licence: v.string(),
      kind: v.picklist(["program", "package", "font", "runtime", "part", "data"]),
      /** Which of the texts. */
      text: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  texts: v.array(v.string()),
});

export interface LicensedPart {
  /** Unique in the list. */
  readonly id: string;
  readonly name: string;
  /** Empty where a part has none of its own. */
  readonly version: string;
  /** An SPDX expression, or words. */
  readonly licence: string;
  readonly kind: "program" | "package" | "font" | "runtime" | "part" | "data";
  /** The licence in full. */
  readonly text: string;
}

/** Reads the list of the build that runs. Throws when it is missing or damaged: then the installation is. */
export async function readLicences(): Promise<readonly LicensedPart[]> {
  const response = await fetch(new URL("licences.json", document.baseURI));
  if (!response.ok) throw new Error(`licences.json: ${response.status}`);
  return decodeLicences(await response.json());
}

export function decodeLicences(json: unknown): readonly LicensedPart[] {
  const { parts, texts } = v.parse(fileSchema, json);
  return parts.map(({ text, ...part }, index) => {
    const whole = texts[text];
    if (whole === undefined) throw new Error(`licences.json: ${part.name} has no text`);
    return { ...part, id: String(index), text: whole };
  });
}

/** Those whose name, version or licence has every word. */
export function findParts(parts: readonly LicensedPart[], typed: string): readonly LicensedPart[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return parts.filter(({ name, version, licence }) => {
    const text = `${name} ${version} ${licence}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Pieces of some screens each, cut at line ends: the longest licences have ten thousand lines. */
export function pieces(text: string): readonly string[] {
  const lines = text.split("\n");
  const count = Math.ceil(lines.length / LINES_A_PIECE);
  return Array.from({ length: count }, (_, index) =>
    lines.slice(index * LINES_A_PIECE, (index + 1) * LINES_A_PIECE).join("\n"),
  );
}

const LINES_A_PIECE = 120;
