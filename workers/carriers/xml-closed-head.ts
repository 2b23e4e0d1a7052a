/**
 * The head of an export whose first event goes on beyond it, closed after what there is of it, so that formats can look at
 * it: an event with a script in it, in UTF-16, is longer than a head.
 */
import { bytesOfLatin1, latin1Of } from "../base/bytes.ts";
import { tagAt } from "./xml-tags.ts";

const START = /<(?:[A-Za-z_][\w.-]{0,62}:)?Event[\s/>]/;
const END = /<\/(?:[A-Za-z_][\w.-]{0,62}:)?Event\s{0,64}>/;

/** undefined when the head holds a whole event, or the start of none. */
export function closedEventHead(head: Uint8Array): Uint8Array | undefined {
  const text = latin1Of(head);
  const start = text.search(START);
  if (start === -1 || END.test(text)) return undefined;
  const open: string[] = [];
  let at = start;
  while (at < text.length) {
    const tag = tagAt(text, at);
    if (tag.kind === "bad") break;
    if (tag.kind === "open" && !tag.isEmpty) open.push(tag.name);
    if (tag.kind === "close") open.pop();
    const next = text.indexOf("<", tag.end);
    at = next === -1 ? text.length : next;
  }
  const closers = open.toReversed().map((name) => `</${name}>`);
  return bytesOfLatin1(text.slice(0, at) + closers.join(""));
}
