/** What a condition asks of one value of a field. */
import type { CompareNode, CompareOp, RangeNode, Text } from "./tree.ts";
import { tokenBits } from "../base/signature.ts";
import { type BytesTest, equalsTest, phraseTest, utf8 } from "./bytes-test.ts";
import { compareNumeric, numeric } from "./numbers.ts";
import { wholeTokens, wildcardTest, wordPatternTest } from "./wildcard.ts";

export interface ValueTest {
  readonly test: BytesTest;
  /** The one text that passes, where there is only one. */
  readonly exact: string | undefined;
  /** Signature bits of tokens that every passing value has; none where nothing is known. */
  readonly bits: Uint16Array;
}

const NO_BITS = new Uint16Array(0);

export function valueTest(node: CompareNode | RangeNode): ValueTest {
  if (node.kind === "range") {
    const from = orderTest(">=", node.from);
    const to = orderTest("<=", node.to);
    return {
      test: (bytes, start, end) => from(bytes, start, end) && to(bytes, start, end),
      exact: undefined,
      bits: NO_BITS,
    };
  }
  const { op, value } = node;
  if (op === "=") return { test: equalsTest(value.text), exact: value.text, bits: tokenBits(utf8(value.text)) };
  if (op !== ":") return { test: orderTest(op, value.text), exact: undefined, bits: NO_BITS };
  return {
    test: value.pattern ? wildcardTest(value.text) : phraseTest(value.text),
    exact: undefined,
    bits: tokenBits(utf8(value.pattern ? wholeTokens(value.text) : value.text)),
  };
}

/** A bare word or phrase, in the bytes of an entry or in any of its values. */
export function wordTest({ text, pattern }: Text): ValueTest {
  return {
    test: pattern ? wordPatternTest(text) : phraseTest(text),
    exact: undefined,
    bits: tokenBits(utf8(pattern ? wholeTokens(text) : text)),
  };
}

/** Numbers where both sides are, else code points. */
function orderTest(op: Exclude<CompareOp, ":" | "=">, text: string): BytesTest {
  const holds = HOLDS[op];
  const operand = utf8(text);
  const number = numeric(text);
  return (bytes, from, to) => {
    const value = number === undefined ? undefined : numericAt(bytes, from, to);
    const order =
      value === undefined || number === undefined
        ? compareBytes(bytes, from, to, operand)
        : compareNumeric(value, number);
    return holds(order);
  };
}

const HOLDS: Readonly<Record<Exclude<CompareOp, ":" | "=">, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

const LONGEST_NUMBER = 400;

function numericAt(bytes: Uint8Array, from: number, to: number): ReturnType<typeof numeric> {
  if (to - from > LONGEST_NUMBER) return undefined;
  let text = "";
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] as number);
  return numeric(text);
}

function compareBytes(bytes: Uint8Array, from: number, to: number, other: Uint8Array): number {
  const shared = Math.min(to - from, other.length);
  for (let i = 0; i < shared; i++) {
    const order = (bytes[from + i] as number) - (other[i] as number);
    if (order !== 0) return order;
  }
  return to - from - other.length;
}
