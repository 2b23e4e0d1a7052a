/** The rows of a tree of JSON as they stand on screen: what is open, and of much only the first part. Pure. */
import { type JsonNode, childrenOf, jsonWithin, leafText } from "./json-tree.ts";
import { type TextPiece, textPieces } from "./long-value.ts";

export type TreeRow =
  | {
      readonly kind: "node";
      readonly node: JsonNode;
      /** The JSON that a text holds. */
      readonly inner: JsonNode | undefined;
      /** From 1. */
      readonly level: number;
      /** undefined: there is nothing to open. */
      readonly open: boolean | undefined;
      /** Members or items; of a text, those of the JSON in it. */
      readonly size: number | undefined;
      readonly place: number;
      readonly among: number;
    }
  | { readonly kind: "text"; readonly path: string; readonly level: number; readonly piece: TextPiece }
  | { readonly kind: "more"; readonly path: string; readonly level: number; readonly hidden: number };

/** How many parts of one node are laid out before somebody asks for the next as many. */
export const STEP = 100;
/** Longer texts are folded to their beginning. */
export const LONG_LEAF = 200;

export interface Opened {
  readonly paths: ReadonlySet<string>;
  /** Steps shown of a node with many parts, by path; one unless stated. */
  readonly steps: ReadonlyMap<string, number>;
}

export class Tree {
  readonly roots: readonly JsonNode[];
  /** Parts are looked for once, however often rows are made. */
  readonly #children = new Map<string, readonly JsonNode[]>();
  readonly #inner = new Map<string, JsonNode | undefined>();
  readonly #texts = new Map<string, readonly TextPiece[]>();

  constructor(root: JsonNode) {
    this.roots = childrenOf(root);
  }

  rows(opened: Opened): readonly TreeRow[] {
    const rows: TreeRow[] = [];
    this.roots.forEach((node, at) =>
      this.#add(rows, node, { level: 1, place: at + 1, among: this.roots.length }, opened),
    );
    return rows;
  }

  children(node: JsonNode): readonly JsonNode[] {
    const known = this.#children.get(node.path) ?? childrenOf(this.inner(node) ?? node);
    this.#children.set(node.path, known);
    return known;
  }

  /** A text of megabytes is parsed once, not with every key. */
  inner(node: JsonNode): JsonNode | undefined {
    if (!this.#inner.has(node.path)) this.#inner.set(node.path, jsonWithin(node));
    return this.#inner.get(node.path);
  }

  #add(
    rows: TreeRow[],
    node: JsonNode,
    at: { readonly level: number; readonly place: number; readonly among: number },
    opened: Opened,
  ): void {
    const isOpen = opened.paths.has(node.path);
    const inner = this.inner(node);
    const isBranch = node.kind === "object" || node.kind === "array" || inner !== undefined;
    const size = isBranch ? this.children(node).length : undefined;
    const isLong = !isBranch && node.end - node.start > LONG_LEAF;
    rows.push({ kind: "node", node, inner, ...at, size, open: (size ?? 0) > 0 || isLong ? isOpen : undefined });
    if (!isOpen) return;
    const level = at.level + 1;
    const most = STEP * (opened.steps.get(node.path) ?? 1);
    if (isLong) {
      const pieces = this.#pieces(node);
      for (const piece of pieces.slice(0, most)) rows.push({ kind: "text", path: node.path, level, piece });
      if (pieces.length > most) rows.push({ kind: "more", path: node.path, level, hidden: pieces.length - most });
      return;
    }
    const children = this.children(node);
    children
      .slice(0, most)
      .forEach((child, index) => this.#add(rows, child, { level, place: index + 1, among: children.length }, opened));
    if (children.length > most) rows.push({ kind: "more", path: node.path, level, hidden: children.length - most });
  }

  #pieces(node: JsonNode): readonly TextPiece[] {
    const known = this.#texts.get(node.path) ?? textPieces(leafText(node));
    this.#texts.set(node.path, known);
    return known;
  }
}
