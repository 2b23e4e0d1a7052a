import type { MemberInfo } from "../contract.ts";
import type { CaseReader } from "../store/case-reader.ts";

/** What is wrong with the stored order or a member's extent, as effective times have them; undefined = nothing. */
export function timesTrouble(reader: CaseReader): string | undefined {
  return orderTrouble(reader) ?? reader.members.map((member) => extentTrouble(reader, member)).find(isTold);
}

function isTold(text: string | undefined): text is string {
  return text !== undefined;
}

/** Every entry once, undated ones last, ties by entry number. */
function orderTrouble({ timeOrder, time, entries }: CaseReader): string | undefined {
  const seen = new Uint8Array(entries);
  let before = -1;
  for (let place = 0; place < entries; place++) {
    const entry = timeOrder === undefined ? place : (timeOrder[place] ?? entries);
    if (entry >= entries || seen[entry] === 1) return `the order of the entries is damaged at place ${place}`;
    seen[entry] = 1;
    if (before >= 0 && isAfter(time, before, entry))
      return `entry ${before} stands before entry ${entry}, which is earlier`;
    before = entry;
  }
  return undefined;
}

function isAfter(time: Float64Array, one: number, other: number): boolean {
  const [at, than] = [time[one] ?? Number.NaN, time[other] ?? Number.NaN];
  if (Number.isNaN(than)) return Number.isNaN(at) && one > other;
  return Number.isNaN(at) || at > than || (at === than && one > other);
}

/** A member whose import was cut off may have the extent that was read: what is assumed is settled when the case is opened. */
function extentTrouble({ time, recordedTime }: CaseReader, member: MemberInfo): string | undefined {
  const isFound = hasExtent(member, time) || (member.state !== "ready" && hasExtent(member, recordedTime));
  return isFound ? undefined : `first and last time of ${member.path} are others than its entries have`;
}

function hasExtent({ firstEntry, entries, first, last }: MemberInfo, time: Float64Array): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let entry = firstEntry; entry < firstEntry + entries; entry++) {
    const at = time[entry] ?? Number.NaN;
    if (at < least) least = at;
    if (at > most) most = at;
  }
  const found = least > most ? [undefined, undefined] : [least, most];
  return found[0] === first && found[1] === last;
}
