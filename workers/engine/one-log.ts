/** Which members of a case belong together, so that one is not read again without the others. Pure. */
import type { CaseInfo, MemberInfo, SourceInfo } from "../contract.ts";
import { setKey } from "../import/rotation.ts";

interface Placed {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}

const ONE_LOG = "read as one log with ";

/** The other members, in this source or beside it, that a member was read as one rotated log with. */
export function oneLogWith(info: CaseInfo, source: SourceInfo, member: MemberInfo): readonly Placed[] {
  const told = member.reasons.find((reason) => reason.startsWith(ONE_LOG));
  if (told === undefined) return [];
  const names = told.slice(ONE_LOG.length).split(", ");
  const key = setKey(placeOf({ source, member }));
  const found = info.sources.flatMap((other) =>
    other.state !== "ready"
      ? []
      : other.members
          .map((each) => ({ source: other, member: each }))
          .filter((each) => each.member.id !== member.id && isLike(each.member, member))
          .filter((each) => names.includes(nameOf(each)) && setKey(placeOf(each)) === key),
  );
  return nearestOfEach(found, source).filter((each) => placeOf(each) !== placeOf({ source, member }));
}

/** A log that was imported twice is there twice: of one place the member that came with the import of `own`. */
function nearestOfEach(found: readonly Placed[], own: SourceInfo): readonly Placed[] {
  const distance = ({ source }: Placed): number => Math.abs(source.importedAt - own.importedAt);
  const nearest = new Map<string, Placed>();
  for (const each of found) {
    const known = nearest.get(placeOf(each));
    if (known === undefined || distance(each) < distance(known)) nearest.set(placeOf(each), each);
  }
  return [...nearest.values()];
}

function isLike(one: MemberInfo, other: MemberInfo): boolean {
  return one.carrier === other.carrier && one.format === other.format;
}

function nameOf({ source, member }: Placed): string {
  return source.container === "plain" ? source.name : member.path;
}

/** As the import places it: a file that holds one log stands for it. */
function placeOf({ source, member }: Placed): string {
  const own = source.path.replaceAll("\\", "/");
  return source.members.length === 1 ? own : `${own}!/${member.path}`;
}

const READ_WITH = /^(?:Account names|Settings of Siren Investigate)/;

/** Plain files of the case that the logs beside them are read with: account names, settings of Siren Investigate. */
export function besidePaths({ sources }: CaseInfo): readonly string[] {
  return sources
    .filter(({ state, container }) => state !== "replaced" && container === "plain")
    .filter(({ members }) => members.some(({ formatTitle }) => READ_WITH.test(formatTitle)))
    .map(({ path }) => path);
}
