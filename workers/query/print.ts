/** Tree to canonical query text: reading it again, in any zone, gives an equal tree. */
import type { CompareNode, QueryNode, Text } from "./tree.ts";
import { printAt } from "../base/time.ts";
import { keyword } from "./lexer.ts";

export function print(node: QueryNode): string {
  switch (node.kind) {
    case "all":
      return "";
    case "and":
      return node.parts.map((part) => (part.kind === "or" ? inBrackets(part) : print(part))).join(" AND ");
    case "or":
      return printList(node.parts) ?? node.parts.map(print).join(" OR ");
    case "not":
      return printNot(node.part);
    case "word":
      return node.text.pattern ? node.text.text : printText(node.text.text);
    case "compare":
      return `${printField(node.field)}${node.op}${printValue(node.value)}`;
    case "range":
      return `${printField(node.field)}:[${printText(node.from)} TO ${printText(node.to)}]`;
    case "time":
      return `time${node.op}${printAt(node.at, 0, fractionDigits(node.at))}`;
    case "has":
      return `has:${printField(node.field)}`;
  }
}

function printNot(part: QueryNode): string {
  if (part.kind === "has") return `missing:${printField(part.field)}`;
  if (part.kind === "compare" && part.op === "=") return `${printField(part.field)}!=${printText(part.value.text)}`;
  return part.kind === "and" || (part.kind === "or" && printList(part.parts) === undefined)
    ? `NOT ${inBrackets(part)}`
    : `NOT ${print(part)}`;
}

function inBrackets(node: QueryNode): string {
  const text = print(node);
  return node.kind === "or" && printList(node.parts) !== undefined ? text : `(${text})`;
}

/** `field:(a, b)` where all parts compare one field in one way; undefined otherwise. */
function printList(parts: readonly QueryNode[]): string | undefined {
  const first = parts[0];
  if (first?.kind !== "compare" || (first.op !== ":" && first.op !== "=")) return undefined;
  const isSame = (part: QueryNode): part is CompareNode =>
    part.kind === "compare" && part.field === first.field && part.op === first.op && !part.value.text.includes(",");
  if (!parts.every(isSame)) return undefined;
  return `${printField(first.field)}${first.op}(${parts.map(({ value }) => printValue(value)).join(", ")})`;
}

const SAFE_NAME = /^[\p{L}\p{N}_@%/][\p{L}\p{N}_.@%/-]*$/u;
/** Letters of a bare value: none that is a sign of the language anywhere. */
const SAFE_TEXT = /^[\p{L}\p{N}_/@%+][\p{L}\p{N}_./@%+-]*$/u;

/** A field name as it is written in a query. */
function printField(name: string): string {
  return SAFE_NAME.test(name) && !name.includes("..") ? name : `\`${name.replaceAll("`", "``")}\``;
}

function printValue(value: Text): string {
  return value.pattern ? value.text : printText(value.text);
}

const RESERVED = /^(?:to|marked|noted|near|session)$/iu;

/** A text as it is written in a query: bare where nothing in it has a meaning, else quoted. */
function printText(text: string): string {
  const bare = SAFE_TEXT.test(text) && !text.includes("..") && keyword(text) === undefined && !RESERVED.test(text);
  if (bare && !(text.startsWith("/") && text.length > 1)) return text;
  if (bare && /^\/[^/]+(?:\/[^/]+)+$/u.test(text) && !/^\/[^/]+\/[imsu]*$/u.test(text)) return text;
  if (/["\\]/u.test(text) && !/[\p{Cc}]/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${text.replace(/["\\\p{Cc}]/gu, escaped)}"`;
}

function escaped(char: string): string {
  if (char === '"' || char === "\\") return `\\${char}`;
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function fractionDigits(at: number): number {
  return at % 1_000_000 === 0 ? 0 : at % 1000 === 0 ? 3 : 6;
}
