/**
 * The text of `ausearch -i` (audit 3.0.9, `TZ=UTC LC_ALL=C`), read without any code of ours: `----` between events, one
 * record a line, the records of an event last to first, values interpreted and unquoted.
 */
export interface ToolRecord {
  readonly node: string;
  readonly type: string;
  /** `node|seconds.milliseconds:serial`, numbers without leading zeros. */
  readonly id: string;
  /** What follows the stamp. */
  readonly body: string;
}

const LINE =
  /^(?:node=(\S+) )?type=(\S+) msg=audit\((\d\d)\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d+):(\d+)\)\s*:? ?(.*)$/s;

export function readToolText(text: string): readonly ToolRecord[] {
  return text.split("\n").flatMap(readToolRecord);
}

function readToolRecord(line: string): readonly ToolRecord[] {
  // Comments of a log are interpreted as if they were records of the year 1970.
  if (line.trim() === "" || line === "----" || line.startsWith("#")) return [];
  const parts = LINE.exec(line);
  if (parts === null) throw new Error(`not a line of ausearch -i: ${line.slice(0, 200)}`);
  const [, node = "", type = "", month, day, year, hour, minute, second, milli, serial, body = ""] = parts;
  // strptime's %y: 69 to 99 are of the last century.
  const century = Number(year) >= 69 ? 1900 : 2000;
  const date = [century + Number(year), Number(month) - 1, Number(day)] as const;
  const seconds = Date.UTC(...date, Number(hour), Number(minute), Number(second)) / 1000;
  return [{ node, type, id: `${node}|${seconds}.${Number(milli)}:${Number(serial)}`, body: body.trim() }];
}

export interface CutBody {
  readonly fields: readonly { readonly name: string; readonly text: string }[];
  /** Names that do not stand in the body in this order. */
  readonly missing: readonly string[];
}

/** Cuts a body at names given in order: values hold blanks and `name=`, so the body alone does not tell its fields. */
export function cutBody(body: string, names: readonly string[]): CutBody {
  const places: { name: string; at: number; from: number }[] = [];
  const missing: string[] = [];
  let from = 0;
  for (const name of names) {
    const at = findName(body, name, from);
    if (at < 0) {
      missing.push(name);
      continue;
    }
    from = at + name.length + 1;
    places.push({ name, at, from });
  }
  const fields = places.map(({ name, from: start }, i) => ({
    name,
    text: trimValue(body.slice(start, places[i + 1]?.at ?? body.length), body.includes("(hostname=")),
  }));
  return { fields, missing };
}

function findName(body: string, name: string, from: number): number {
  for (let at = body.indexOf(`${name}=`, from); at >= 0; at = body.indexOf(`${name}=`, at + 1)) {
    if (at === 0 || " '(,".includes(body.charAt(at - 1))) return at;
  }
  return -1;
}

/** What stands between a value and the next name: `msg='PAM: session open `, ` : `, ` new `, `, `, the closing `)'`. */
function trimValue(text: string, isOldPam: boolean): string {
  const value = text
    .replace(/\s*msg='[^']*$/, "")
    .replace(/(?: :| new|,)?[\s(]*$/, "")
    .replace(/'$/, "");
  return isOldPam && value.endsWith(")") && !value.includes("(") ? value.slice(0, -1) : value;
}

/** A row of `ausearch --format csv` by the names of its header. */
export type ToolRow = Readonly<Record<string, string>>;

/** Rows of five columns are those that the tool "cannot normalise": it has no rule for them. */
export function readToolCsv(text: string): readonly ToolRow[] {
  const [header = "", ...rows] = text.trim().split("\n");
  const names = header.split(",");
  return rows.map((row) => {
    const cells = row.match(/("[^"]*"|[^,]*)(,|$)/g) ?? [];
    const values = cells.map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
  });
}
