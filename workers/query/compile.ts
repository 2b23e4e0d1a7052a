/** A tree over the columns of a case: which entries match. */
import type { BoundField } from "./bind.ts";
import type { CaseColumns, Mask } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { CompareNode, QueryNode, RangeNode, TimeNode } from "./tree.ts";
import { bind } from "./bind.ts";
import { inSlices } from "./checkpoint.ts";
import { fieldMask, presentMask, type Scan } from "./field-mask.ts";
import { valueTest } from "./match.ts";
import { shownEntries } from "./shown.ts";
import { wordMask } from "./words.ts";

/** One byte an entry, 1 = matches; entries of removed sources are 0. */
export async function evaluate(columns: CaseColumns, node: QueryNode, checkpoint: Checkpoint): Promise<Mask> {
  return new Evaluation(columns, checkpoint).mask(node, shownEntries(columns));
}

/** What a condition has to read, least first; each looks only at what those before it left. */
const COST = { scan: 0, dictionary: 1, hash: 2, word: 3, reread: 4 } as const;

class Evaluation {
  readonly #scan: Scan;
  readonly #bound = new Map<string, BoundField>();

  constructor(columns: CaseColumns, checkpoint: Checkpoint) {
    this.#scan = { columns, checkpoint };
  }

  /** Matches among `within`, which is left as it is. */
  async mask(node: QueryNode, within: Mask): Promise<Mask> {
    switch (node.kind) {
      case "all":
        return within;
      case "and":
        return this.#and(node.parts, within);
      case "or":
        return this.#or(node.parts, within);
      case "not":
        return without(within, await this.mask(node.part, within));
      case "word":
        return wordMask(this.#scan, node.text, within);
      case "time":
        return this.#time(node, within);
      case "has":
        return presentMask(this.#scan, this.#bind(node.field), within);
      case "compare":
      case "range":
        return this.#values(node.field, [node], within);
    }
  }

  async #and(parts: readonly QueryNode[], within: Mask): Promise<Mask> {
    let left = within;
    for (const part of this.#cheapFirst(parts)) {
      if (!left.includes(1)) return left;
      left = await this.mask(part, left);
    }
    return left;
  }

  async #or(parts: readonly QueryNode[], within: Mask): Promise<Mask> {
    const out = new Uint8Array(within.length);
    let left = within;
    for (const part of this.#joinedByField(parts)) {
      const found = await part(left);
      for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) | (found[i] as number);
      left = without(left, found);
    }
    return out;
  }

  /** Conditions of one field are answered in one pass. */
  #joinedByField(parts: readonly QueryNode[]): readonly ((within: Mask) => Promise<Mask>)[] {
    const byField = new Map<string, (CompareNode | RangeNode)[]>();
    const steps: ((within: Mask) => Promise<Mask>)[] = [];
    for (const part of this.#cheapFirst(parts)) {
      if (part.kind !== "compare" && part.kind !== "range") {
        steps.push((within) => this.mask(part, within));
        continue;
      }
      const same = byField.get(part.field);
      if (same !== undefined) {
        same.push(part);
        continue;
      }
      const nodes = [part];
      byField.set(part.field, nodes);
      steps.push((within) => this.#values(part.field, nodes, within));
    }
    return steps;
  }

  async #values(field: string, nodes: readonly (CompareNode | RangeNode)[], within: Mask): Promise<Mask> {
    if (field === "id") return idMask(nodes, within);
    return fieldMask(this.#scan, this.#bind(field), nodes.map(valueTest), within);
  }

  async #time({ op, at }: TimeNode, within: Mask): Promise<Mask> {
    const { columns, checkpoint } = this.#scan;
    const out = new Uint8Array(within.length);
    const from = op === ">=" ? at : Number.NEGATIVE_INFINITY;
    const to = op === "<" ? at : Number.POSITIVE_INFINITY;
    const { time } = columns;
    await inSlices(out.length, checkpoint, (first, end) => {
      for (let i = first; i < end; i++) {
        const t = time[i] as number;
        out[i] = t >= from && t < to ? (within[i] as number) : 0;
      }
    });
    return out;
  }

  #cheapFirst(parts: readonly QueryNode[]): readonly QueryNode[] {
    return parts.toSorted((a, b) => this.#cost(a) - this.#cost(b));
  }

  #cost(node: QueryNode): number {
    switch (node.kind) {
      case "and":
      case "or":
        return Math.max(...node.parts.map((part) => this.#cost(part)));
      case "not":
        return this.#cost(node.part);
      case "word":
        return COST.word;
      case "has":
      case "compare":
      case "range":
        return this.#fieldCost(node);
      case "all":
      case "time":
        return COST.scan;
    }
  }

  #fieldCost(node: Extract<QueryNode, { kind: "has" | "compare" | "range" }>): number {
    const { kind } = this.#bind(node.field);
    if (kind === "reread") return COST.reread;
    if (kind === "dict" || kind === "list") return node.kind === "has" ? COST.scan : COST.dictionary;
    if (kind !== "hash64") return COST.scan;
    if (node.kind === "has") return COST.scan;
    return node.kind === "compare" && node.op === "=" ? COST.hash : COST.reread;
  }

  #bind(field: string): BoundField {
    let bound = this.#bound.get(field);
    if (bound === undefined) {
      bound = bind(this.#scan.columns, field);
      this.#bound.set(field, bound);
    }
    return bound;
  }
}

/** Entry numbers are the places in the mask. */
function idMask(nodes: readonly (CompareNode | RangeNode)[], within: Mask): Mask {
  const out = new Uint8Array(within.length);
  for (const node of nodes) {
    const [first, end] = idRange(node);
    if (first < end) out.set(within.subarray(first, end), Math.min(first, out.length));
  }
  return out;
}

function idRange(node: CompareNode | RangeNode): readonly [first: number, end: number] {
  if (node.kind === "range") return [Number(node.from), Number(node.to) + 1];
  const id = Number(node.value.text);
  switch (node.op) {
    case ":":
    case "=":
      return [id, id + 1];
    case "<":
      return [0, id];
    case "<=":
      return [0, id + 1];
    case ">":
      return [id + 1, Number.POSITIVE_INFINITY];
    case ">=":
      return [id, Number.POSITIVE_INFINITY];
  }
}

function without(mask: Mask, taken: Mask): Mask {
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = (mask[i] as number) & ~(taken[i] as number);
  return out;
}
