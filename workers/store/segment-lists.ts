import { decodeCodes, decodeList, type ListValues, type Segment } from "./segment-codec.ts";

/** A dict or list segment as lists of codes from 0. */
export function asLists(segment: Segment): ListValues {
  if (segment.kind === "list") return decodeList(segment);
  const values = decodeCodes(segment);
  const ends = new Uint32Array(values.length);
  const codes = new Uint32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value !== 0) codes[count++] = value - 1;
    ends[i] = count;
  }
  return { ends, codes: codes.subarray(0, count) };
}
