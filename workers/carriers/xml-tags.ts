/**
 * One piece of XML markup at a time, in latin1 text (one char a byte). Nothing is recursive and nothing is a pattern over
 * text of any length, so that neither depth nor size of hostile markup costs more than its bytes. Source: Extensible Markup
 * Language (XML) 1.0, fifth edition, sections 2.4 to 2.7 and 3.1.
 */
export interface XmlAttribute {
  readonly name: string;
  /** Offsets of the value, without its quotes. */
  readonly start: number;
  readonly end: number;
}
export type XmlTag =
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: readonly XmlAttribute[];
      /** `<a/>` */
      readonly isEmpty: boolean;
      readonly end: number;
    }
  | { readonly kind: "close"; readonly name: string; readonly end: number }
  /** What a CDATA section holds, from `start` to `textEnd`. */
  | { readonly kind: "cdata"; readonly start: number; readonly textEnd: number; readonly end: number }
  /** A comment or processing instruction. */
  | { readonly kind: "aside"; readonly end: number }
  | { readonly kind: "bad"; readonly at: number; readonly reason: string };

/** A name longer than this is damage. */
const LONGEST_NAME = 1024;

const COMMENT = "<!--";
const CDATA = "<![CDATA[";

/** The markup whose `<` stands at `at`. */
export function tagAt(xml: string, at: number): XmlTag {
  switch (xml[at + 1]) {
    case "/":
      return closingTag(xml, at);
    case "?":
      return untilEnd(xml, at, "<?", "?>", "a processing instruction");
    case "!":
      if (xml.startsWith(COMMENT, at)) return untilEnd(xml, at, COMMENT, "-->", "a comment");
      if (xml.startsWith(CDATA, at)) return cdataAt(xml, at);
      return bad(at, "a declaration, which is never followed");
    default:
      return openingTag(xml, at);
  }
}

/** A name without the prefix of its namespace: whoever writes the XML chooses the prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function bad(at: number, reason: string): XmlTag {
  return { kind: "bad", at, reason };
}

function untilEnd(xml: string, at: number, start: string, end: string, what: string): XmlTag {
  const found = xml.indexOf(end, at + start.length);
  return found === -1 ? bad(at, `${what} that never ends`) : { kind: "aside", end: found + end.length };
}

function cdataAt(xml: string, at: number): XmlTag {
  const start = at + CDATA.length;
  const textEnd = xml.indexOf("]]>", start);
  return textEnd === -1
    ? bad(at, "a CDATA section that never ends")
    : { kind: "cdata", start, textEnd, end: textEnd + 3 };
}

function closingTag(xml: string, at: number): XmlTag {
  const nameEnd = endOfName(xml, at + 2);
  const end = afterBlanks(xml, nameEnd);
  if (nameEnd === at + 2 || xml[end] !== ">") return bad(at, "an end tag that is not well formed");
  return { kind: "close", name: xml.slice(at + 2, nameEnd), end: end + 1 };
}

function openingTag(xml: string, at: number): XmlTag {
  const nameEnd = endOfName(xml, at + 1);
  if (nameEnd === at + 1) return bad(at, "a < that begins no tag");
  const name = xml.slice(at + 1, nameEnd);
  const attributes: XmlAttribute[] = [];
  const names = new Set<string>();
  let next = nameEnd;
  for (;;) {
    const start = afterBlanks(xml, next);
    if (xml[start] === ">") return { kind: "open", name, attributes, isEmpty: false, end: start + 1 };
    if (xml[start] === "/" && xml[start + 1] === ">") {
      return { kind: "open", name, attributes, isEmpty: true, end: start + 2 };
    }
    const attribute = start === next ? undefined : attributeAt(xml, start);
    if (attribute === undefined) return bad(start, "a tag that is not well formed");
    if (names.has(attribute.name)) return bad(start, "an attribute that the tag has already");
    names.add(attribute.name);
    attributes.push(attribute);
    next = attribute.end + 1;
  }
}

function attributeAt(xml: string, at: number): XmlAttribute | undefined {
  const nameEnd = endOfName(xml, at);
  const equals = afterBlanks(xml, nameEnd);
  if (nameEnd === at || xml[equals] !== "=") return undefined;
  const open = afterBlanks(xml, equals + 1);
  const quote = xml[open];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = xml.indexOf(quote, open + 1);
  if (end === -1 || xml.slice(open + 1, end).includes("<")) return undefined;
  return { name: xml.slice(at, nameEnd), start: open + 1, end };
}

function endOfName(xml: string, start: number): number {
  let at = start;
  const most = Math.min(xml.length, start + LONGEST_NAME);
  while (at < most && !NOT_IN_NAMES.has(xml.charCodeAt(at))) at++;
  return at;
}
/** Blanks and what delimits names; XML allows fewer characters, but Windows never writes others. */
const NOT_IN_NAMES = new Set(Array.from(" \t\r\n<>/=\"'&!?", (char) => char.charCodeAt(0)));

function afterBlanks(xml: string, start: number): number {
  let at = start;
  for (;;) {
    const unit = xml.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0d && unit !== 0x0a) return at;
    at++;
  }
}
