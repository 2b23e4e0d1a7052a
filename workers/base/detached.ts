/** From this length on, V8 makes a substring a view of the whole text it was cut from. */
const SLICE_LENGTH = 13;

/** The same text in memory of its own: a value kept for the whole import must not keep the chunk it was cut from. */
export function detached(text: string): string {
  if (text.length < SLICE_LENGTH) return text;
  const encoding = isLatin1(text) ? "latin1" : "utf16le";
  return Buffer.from(text, encoding).toString(encoding);
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0xff) return false;
  }
  return true;
}
