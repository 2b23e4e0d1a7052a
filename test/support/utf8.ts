/** UTF-8 bytes of a text. */
export function utf8Of(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
