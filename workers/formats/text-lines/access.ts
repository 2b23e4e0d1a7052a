/**
 * The line of a web server's access log, Common or Combined Log Format, with the name of the virtual host before it or not
 * (https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#examples): who asked for what, and what was answered.
 */
import type { ByteMark, CanonicalName, MeaningOrigin } from "../../contract.ts";

export interface AccessField {
  /** The server's own name of it. */
  readonly name: string;
  readonly canonical: CanonicalName | undefined;
  readonly start: number;
  readonly end: number;
}

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
/** A name of a user may hold blanks; the time has a bracket on either side. */
const LINE = new RegExp(
  String.raw`^(?:(\S{1,255}:\d{1,5}) (?=[\da-f]*[.:]))?(\S{1,255}) (\S{1,255}) (\S.{0,254}?) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]]{1,40}\] ${QUOTED} (\d{3}) (\d+|-)(?: ${QUOTED} ${QUOTED})?(?=\s|$)`,
  "d",
);
const REQUEST = /^([A-Z][A-Z_-]{0,30}) (\S.*?)(?: (HTTP\/\d(?:\.\d)?))?$/d;

/** In the order of the pattern's groups. */
const FIELDS: readonly (readonly [name: string, canonical: CanonicalName | undefined])[] = [
  ["vhost", "to"],
  ["host", "from"],
  ["ident", undefined],
  ["user", "actor"],
  ["request", undefined],
  ["status", "code"],
  ["bytes", undefined],
  ["referer", undefined],
  ["user_agent", undefined],
];
const REQUEST_FIELDS: readonly (readonly [name: string, canonical: CanonicalName | undefined])[] = [
  ["method", "action"],
  ["path", "target"],
  ["protocol", undefined],
];

/** The fields that have a value ("-" is none), in order; undefined: the line has another form. */
export function accessFields(text: string): readonly AccessField[] | undefined {
  if (!text.includes('] "')) return undefined;
  const found = LINE.exec(text);
  if (found === null) return undefined;
  const fields = placed(text, found.indices, FIELDS, 0);
  const request = fields.find(({ name }) => name === "request");
  if (request === undefined) return fields;
  const parts = REQUEST.exec(text.slice(request.start, request.end));
  return parts === null ? fields : [...fields, ...placed(text, parts.indices, REQUEST_FIELDS, request.start)];
}

function placed(
  text: string,
  indices: RegExpIndicesArray | undefined,
  names: typeof FIELDS,
  base: number,
): readonly AccessField[] {
  return names.flatMap(([name, canonical], at) => {
    const place = indices?.[at + 1];
    if (place === undefined) return [];
    const [start, end] = [base + place[0], base + place[1]];
    const value = text.slice(start, end);
    return value === "-" || value === "" ? [] : [{ name, canonical, start, end }];
  });
}

/** RFC 9110, section 15: 4xx and 5xx were not done; what is only on its way (1xx) is neither. */
export function outcomeOf(status: string): string | undefined {
  if (/^[23]/.test(status)) return "success";
  return /^[45]/.test(status) ? "fail" : undefined;
}

export const ACCESS: MeaningOrigin = { kind: "record", text: "access log" };
export const STATUS: MeaningOrigin = { kind: "table", text: "class of the HTTP status" };

export const markOf = ({ start, end }: AccessField): ByteMark => ({ record: 0, start, end });
