/** The templates of the attribute mapping: static text, placeholders in braces, or both. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  /** `path` is a list of one, because lookups are kept by the list. */
  | { readonly kind: "column"; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: "event"; readonly name: "message" | "category" | "subcategory" }
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "all properties" };
export type Template = readonly TemplatePart[];

export const EVENT_NAMES = ["message", "category", "subcategory"] as const;
export const ALL_PROPERTIES = "formattedRawData";
const PROPERTY = "param.";

/** A brace that does not close stays literal. */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let literal = 0;
  for (const found of text.matchAll(/\{([^{}]+)\}/g)) {
    if (found.index > literal) parts.push({ kind: "text", text: text.slice(literal, found.index) });
    parts.push(placeholder(found[1] as string));
    literal = found.index + found[0].length;
  }
  if (literal < text.length) parts.push({ kind: "text", text: text.slice(literal) });
  return parts;
}

function placeholder(name: string): TemplatePart {
  if (name === ALL_PROPERTIES) return { kind: "all properties" };
  if (name.startsWith(PROPERTY)) return { kind: "property", name: name.slice(PROPERTY.length) };
  const event = EVENT_NAMES.find((each) => each === name);
  return event === undefined ? { kind: "column", name, path: [name] } : { kind: "event", name: event };
}

/** Where a brace stands that belongs to no placeholder, in chars from 0; undefined when there is none. */
export function strayBrace(text: string): number | undefined {
  const masked = text.replaceAll(/\{[^{}]+\}/g, (whole) => " ".repeat(whole.length));
  const at = masked.search(/[{}]/);
  return at === -1 ? undefined : at;
}
