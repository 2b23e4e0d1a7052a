/** Decimal numbers as logs write them; whole ones compare exactly at any length. */
export interface Numeric {
  readonly value: number;
  /** Of whole numbers that a double may not hold. */
  readonly whole: bigint | undefined;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;
const LONG_WHOLE = /^[+-]?\d{16,}$/u;

export function numeric(text: string): Numeric | undefined {
  if (!NUMBER.test(text)) return undefined;
  return { value: Number(text), whole: LONG_WHOLE.test(text) ? BigInt(text.replace("+", "")) : undefined };
}

export function compareNumeric(a: Numeric, b: Numeric): number {
  if (a.whole !== undefined || b.whole !== undefined) {
    const left = a.whole ?? (Number.isSafeInteger(a.value) ? BigInt(a.value) : undefined);
    const right = b.whole ?? (Number.isSafeInteger(b.value) ? BigInt(b.value) : undefined);
    if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  }
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** Order of code points, which is the order of UTF-8 bytes; JavaScript's own order differs beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the first plane. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
