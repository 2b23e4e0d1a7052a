/**
 * One XML element as an object. The five entities of XML and numbers of characters are decoded; others stay as they are
 * written, because no declaration is ever followed. Text is latin1, one char a byte.
 */
import { utf8Text } from "../base/bytes.ts";
import { joinPath } from "../base/json-leaves.ts";
import type { JsonSpans, ValueSpan } from "../base/json-spans.ts";
import { emptyObject, type JsonObject, type JsonValue } from "../base/json.ts";
import { lookup } from "../base/lookup.ts";
import type { RecordToken } from "../contract.ts";
import { localName, tagAt, type XmlAttribute, type XmlTag } from "./xml-tags.ts";

export type ParsedElement =
  | { readonly ok: true; readonly value: JsonObject; readonly parts: readonly XmlPart[] }
  /** `offset`: the byte of the element that does not fit. */
  | { readonly ok: false; readonly offset: number; readonly reason: string };

/** Where the text of a value stands. */
export interface XmlPart {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Text beside attributes or elements. */
const TEXT = "#text";
/** Events of Windows have a depth of six or so. */
const DEEPEST = 64;

interface Open {
  /** As written, which its end tag must repeat. */
  readonly tag: string;
  readonly name: string;
  readonly path: string;
  readonly value: ReturnType<typeof emptyObject>;
  readonly lists: Map<string, JsonValue[]>;
  readonly texts: { readonly start: number; readonly end: number; readonly text: string }[];
}

/**
 * The children of the element by their names, without prefixes: text alone is a text, `<Data Name="X">` is called X,
 * repeated ones are a list. Declarations of namespaces (`xmlns`) say nothing.
 */
export function parseElement(xml: string): ParsedElement {
  return new Parser(xml).parse();
}

class Parser {
  readonly #xml: string;
  readonly #parts: XmlPart[] = [];
  readonly #open: Open[] = [];
  #root: JsonObject | undefined;
  #at = 0;

  constructor(xml: string) {
    this.#xml = xml;
  }

  parse(): ParsedElement {
    for (;;) {
      const tag = tagAt(this.#xml, this.#at);
      if (tag.kind === "bad") return { ok: false, offset: tag.at, reason: tag.reason };
      const trouble = this.#take(tag);
      if (trouble !== undefined) return { ok: false, offset: this.#at, reason: trouble };
      this.#at = tag.end;
      if (this.#root === undefined) return { ok: false, offset: 0, reason: "no element" };
      if (this.#open.length === 0) return { ok: true, value: this.#root, parts: this.#parts };
      this.#characters();
      if (this.#at === this.#xml.length) return { ok: false, offset: this.#at, reason: "an element that never ends" };
    }
  }

  /** The reason, where the tag does not fit. */
  #take(tag: Exclude<XmlTag, { kind: "bad" }>): string | undefined {
    if (tag.kind === "cdata") {
      const text = utf8Text(this.#xml.slice(tag.start, tag.textEnd));
      this.#open.at(-1)?.texts.push({ start: tag.start, end: tag.textEnd, text });
    } else if (tag.kind === "close") {
      const top = this.#open.pop();
      if (top?.tag !== tag.name) return `</${utf8Text(tag.name)}> ends no element`;
      this.#close(top);
    } else if (tag.kind === "open") {
      if (this.#open.length >= DEEPEST) return `elements deeper than ${DEEPEST}`;
      const opened = this.#start(tag.name, tag.attributes);
      this.#root ??= opened.value;
      if (tag.isEmpty) this.#close(opened);
      else this.#open.push(opened);
    }
    return undefined;
  }

  #start(tag: string, attributes: readonly XmlAttribute[]): Open {
    const own = localName(utf8Text(tag));
    const told = attributes.filter(({ name }) => name !== "xmlns" && !name.startsWith("xmlns:"));
    const naming = own === "Data" ? told.find(({ name, start, end }) => name === "Name" && end > start) : undefined;
    const called = naming === undefined ? own : this.#text(naming);
    const parent = this.#open.at(-1);
    const path = parent === undefined ? "" : below(parent.path, called);
    const value = emptyObject();
    for (const attribute of told) {
      if (attribute === naming) continue;
      const name = utf8Text(attribute.name);
      value[name] = this.#text(attribute);
      this.#parts.push({ path: below(path, name), start: attribute.start, end: attribute.end });
    }
    return { tag, name: called, path, value, lists: new Map(), texts: [] };
  }

  #text({ start, end }: XmlAttribute): string {
    return decodeEntities(utf8Text(this.#xml.slice(start, end)));
  }

  #characters(): void {
    const next = this.#xml.indexOf("<", this.#at);
    const start = this.#at;
    const end = next === -1 ? this.#xml.length : next;
    const text = decodeEntities(utf8Text(this.#xml.slice(start, end)));
    if (end > start) this.#open.at(-1)?.texts.push({ start, end, text });
    this.#at = end;
  }

  /** Blanks between elements are layout; text beside nothing else is all that the element says. */
  #close({ name, path, value, texts }: Open): void {
    const text = texts.map((each) => each.text).join("");
    const isBare = Object.keys(value).length === 0;
    const first = texts[0];
    const last = texts.at(-1);
    const isText = text.trim() !== "" || (isBare && text !== "");
    const parent = this.#open.at(-1);
    if (isText && first !== undefined && last !== undefined) {
      const isWhole = isBare && parent !== undefined;
      this.#parts.push({ path: isWhole ? path : below(path, TEXT), start: first.start, end: last.end });
      if (!isWhole) value[TEXT] = text;
    }
    if (parent !== undefined) add(parent, name, isBare ? text : value);
  }
}

function below(path: string, name: string): string {
  return path === "" ? name : joinPath(path, name);
}

function add({ value, lists }: Open, name: string, child: JsonValue): void {
  const list = lists.get(name);
  if (list !== undefined) {
    list.push(child);
  } else if (value[name] === undefined) {
    value[name] = child;
  } else {
    const both = [value[name], child];
    value[name] = both;
    lists.set(name, both);
  }
}

/** XML 1.0, section 4.6. */
const ENTITIES: Readonly<Record<string, string>> = lookup({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" });

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    const isCharacter = point > 0 && point <= 0x10_ff_ff && !(point >= 0xd800 && point <= 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : whole;
  });
}

/** The tokens cover all `length` bytes of the record. */
export function elementSpans(parts: readonly XmlPart[], length: number): JsonSpans {
  const values = new Map<string, ValueSpan>();
  const tokens: RecordToken[] = [];
  let covered = 0;
  for (const { path, start, end } of parts.toSorted((a, b) => a.start - b.start)) {
    if (end <= start || start < covered) continue;
    values.set(path, { start: values.get(path)?.start ?? start, end, wrapper: undefined });
    if (start > covered) tokens.push({ start: covered, end: start, kind: "separator" });
    tokens.push({ start, end, kind: "value", field: path });
    covered = end;
  }
  if (length > covered) tokens.push({ start: covered, end: length, kind: "separator" });
  return { values, tokens };
}
