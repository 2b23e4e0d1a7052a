/** What a condition asks of one value of a field. */
import type { CompareNode, CompareOp, RangeNode, Text } from "./tree.ts";
import { tokenBits } from "../base/signature.ts";
import { type BytesTest, equalsTest, phraseTest, substringTest, utf8 } from "./bytes-test.ts";
import { compareNumeric, numeric } from "./numbers.ts";
import { wholeTokens, wildcardTest, wordPatternTest } from "./wildcard.ts";

export interface ValueTest {
  readonly test: BytesTest;
  /** The one text that passes, where there is only one. */
  readonly exact: string | undefined;
  readonly clues: Clues;
}
/** What is known of every passing value; both empty where nothing is. */
export interface Clues {
  /** Signature bits of its whole tokens. */
  readonly bits: Uint16Array;
  /** Each holds for any bytes that show all of its tokens, wherever they stand. */
  readonly needs: readonly BytesTest[];
}

export const NO_CLUES: Clues = { bits: new Uint16Array(0), needs: [] };

export function valueTest(node: CompareNode | RangeNode): ValueTest {
  if (node.kind === "range") {
    const from = orderTest(">=", node.from);
    const to = orderTest("<=", node.to);
    const test: BytesTest = (bytes, start, end) => from(bytes, start, end) && to(bytes, start, end);
    return { test, exact: undefined, clues: NO_CLUES };
  }
  const { op, value } = node;
  if (op === "=") return { test: equalsTest(value.text), exact: value.text, clues: cluesOf(value) };
  if (op !== ":") return { test: orderTest(op, value.text), exact: undefined, clues: NO_CLUES };
  const test = value.pattern ? wildcardTest(value.text) : phraseTest(value.text);
  return { test, exact: undefined, clues: cluesOf(value) };
}

/** A bare word or phrase, in the bytes of an entry or in any of its values. */
export function wordTest(value: Text): ValueTest {
  const test = value.pattern ? wordPatternTest(value.text) : phraseTest(value.text);
  return { test, exact: undefined, clues: cluesOf(value) };
}

function cluesOf({ text, pattern }: Text): Clues {
  if (!pattern) return { bits: tokenBits(utf8(text)), needs: tokens(text).map(phraseTest) };
  return { bits: tokenBits(utf8(wholeTokens(text))), needs: tokens(text).map(substringTest) };
}

/** Runs of token characters; a wildcard ends one as any other sign does. */
function tokens(text: string): readonly string[] {
  return text.match(/[a-z0-9\u0080-\uffff]+/giu) ?? [];
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
