/** Which files are parts of one log that its writer rotated, and in what order they follow one another. */

/** A log as its name and its first bytes show it. */
export interface RotationCandidate {
  /** Path with folders parted by "/"; only files of one folder belong together. */
  readonly path: string;
  /** Carrier and format: only files that are read the same way belong together. */
  readonly choice: string;
  /** µs since 1970 UTC of the first record that has a time. */
  readonly first: number | undefined;
}

interface RotatedName {
  /** What the name is without its place in the rotation. */
  readonly stem: string;
  /** Higher = younger; the file that is still written is the youngest. */
  readonly age: number;
}

const PACKED = /\.(?:gz|bz2|xz|zst)$/i;
/** `.1`, `-20250301`, `.2025-03-01`, with a time of day where there is one: `-20250301-1200`, `-20250301T12`. */
const NUMBERED = /^(.+)\.(\d{1,4})$/;
const DATED = /^(.+)[.\-_](\d{4})-?(\d{2})-?(\d{2})(?:[-_.T]?(\d{2,10}))?$/;
const YOUNGEST = Infinity;
/** µs: records of neighbouring files may lie among each other's, so a first time is good only to about a minute. */
const SAME_TIME = 60_000_000;

/** The name of a file as its rotation made it: `audit.log.2.gz`, `audit.log-20250301`. */
export function rotatedName(name: string): RotatedName {
  const bare = name.replace(PACKED, "");
  // The number may stand before the ending as well: `audit.1.log`.
  const ending = /\.(?:log|txt|json)$/i.exec(bare)?.[0] ?? "";
  return (
    rotated(bare, "") ?? rotated(bare.slice(0, bare.length - ending.length), ending) ?? { stem: bare, age: YOUNGEST }
  );
}

function rotated(name: string, ending: string): RotatedName | undefined {
  const dated = DATED.exec(name);
  if (dated !== null) {
    const [, stem = "", year, month, day, time = ""] = dated;
    return { stem: stem + ending, age: Number(`${year}${month}${day}.${time}`) };
  }
  const numbered = NUMBERED.exec(name);
  // `log.10.0.0.1` and `log.10.0.0.2` are of two hosts.
  if (numbered === null || /\.\d+$/.test(numbered[1] ?? "")) return undefined;
  return { stem: `${numbered[1]}${ending}`, age: -Number(numbered[2]) };
}

/**
 * The sets of two and more, each oldest first: by the first times that its files tell, by the names where those are the
 * same or one tells none.
 */
export function rotatedSets<Candidate extends RotationCandidate>(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.choice}\n${setKey(candidate.path)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()].filter((group) => group.length > 1).map(oldestFirst);
}

/** Equal for files whose names and folder make them parts of one log. */
export function setKey(path: string): string {
  const { folder, name } = placeOf(path);
  return folder + rotatedName(name).stem;
}

function oldestFirst<Candidate extends RotationCandidate>(set: readonly Candidate[]): Candidate[] {
  const byName = set.toSorted((a, b) => compare(ageOf(a), ageOf(b)) || compare(a.path, b.path));
  const times = byName.flatMap(({ first }) => first ?? []);
  const agrees = times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0) - SAME_TIME);
  if (agrees || times.length < set.length) return byName;
  return byName.toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0));
}

function ageOf({ path }: RotationCandidate): number {
  return rotatedName(placeOf(path).name).age;
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A file that was packed by itself stands in the place of its package: `audit.log.2.gz!audit.log.2`. */
function placeOf(path: string): { readonly folder: string; readonly name: string } {
  const outer = path.slice(0, Math.max(0, path.lastIndexOf("!")));
  const isPacked = PACKED.test(outer) && !path.slice(outer.length).includes("/");
  const own = isPacked ? outer : path;
  const end = own.lastIndexOf("/") + 1;
  return { folder: own.slice(0, end), name: own.slice(end) };
}
