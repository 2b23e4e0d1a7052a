/** Hex in records. Bytes are latin1 text, one char a byte, until `utf8Text` of base/bytes.ts makes text of them. */
import { decodeUtf8, utf8Text } from "../../base/bytes.ts";

/** Value of a hex digit by char code; -1 otherwise. Both cases: relays lower-case hex. */
const DIGIT = new Int8Array(256).fill(-1);
for (let i = 0; i < 10; i++) DIGIT[48 + i] = i;
for (let i = 0; i < 6; i++) {
  DIGIT[65 + i] = 10 + i;
  DIGIT[97 + i] = 10 + i;
}

/** An even, positive number of hex digits. */
export function isHex(text: string): boolean {
  if (text.length === 0 || (text.length & 1) === 1) return false;
  for (let i = 0; i < text.length; i++) {
    if ((DIGIT[text.charCodeAt(i)] ?? -1) < 0) return false;
  }
  return true;
}

/** Hex digits to one char a byte; call only with `isHex` text. */
export function hexBytes(hex: string): string {
  let bytes = "";
  for (let i = 0; i + 1 < hex.length; i += 2) {
    bytes += String.fromCharCode(
      ((DIGIT[hex.charCodeAt(i)] as number) << 4) | (DIGIT[hex.charCodeAt(i + 1)] as number),
    );
  }
  return bytes;
}

/** Text of hex digits, or undefined when they are none. */
export function hexText(hex: string): string | undefined {
  return isHex(hex) ? utf8Text(hexBytes(hex)) : undefined;
}

/** Only printable characters: `acct=1001` of old sshd is an account called 1001, not two control bytes. */
export function isPrintable(latin1: string): boolean {
  for (let i = 0; i < latin1.length; i++) {
    const byte = latin1.charCodeAt(i);
    if (byte < 0x20 || byte === 0x7f) return false;
  }
  return decodeUtf8(latin1).valid;
}
