/**
 * The body of a bulk request to Elasticsearch: a line that says what is to be done, and, but for `delete`, a line with the
 * document. Both lines are one unit, because the first tells index and id of the second; the first counts as an ignored
 * line. Source: Elasticsearch reference, "Bulk API".
 */
import { parseJson } from "../base/json-parse.ts";
import { type JsonSpans, jsonSpans, type ValueSpan } from "../base/json-spans.ts";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { CarriedRecord, Recognition, Wrap } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { headerOf } from "./elastic-hit.ts";
import { asItIs, takeObject } from "./json-object.ts";
import { recogniseText, splitLines } from "./lines.ts";
import { SILENT } from "./message.ts";

export const elasticsearchBulk: Carrier = {
  id: "elasticsearch-bulk",
  title: "Elasticsearch bulk request, an action and a document",
  version: "1",
  yields: "object",
  recognise,
  split: (output) => new BulkSplitter(output),
  reread(bytes, offset, line) {
    let found: CarriedRecord | undefined;
    const splitter = new BulkSplitter({ ...SILENT, record: (record) => void (found ??= record) }, true);
    splitter.push(bytes);
    splitter.finish();
    return found === undefined ? undefined : { ...found, offset, line };
  },
};

interface Action {
  readonly name: string;
  readonly wrap: Wrap;
  readonly offset: number;
  readonly line: number;
  readonly text: string;
  /** Bytes of its line, and of blank lines behind it. */
  length: number;
}
type Place = Pick<CarriedRecord, "offset" | "length" | "line">;

const ACTIONS = new Set(["index", "create", "update", "delete"]);
/** What an action may say of its document. */
const META =
  /^(?:_?(?:index|id|type|routing|parent|version|version_type|retry_on_conflict)|require_alias|if_seq_no|if_primary_term|dynamic_templates|pipeline|list_executed_pipelines|require_data_stream)$/;

/** The action that a line is, with its header; undefined for any other line. */
function actionOf(text: string): { readonly name: string; readonly wrap: Wrap } | undefined {
  if (!ACTION_START.test(text)) return undefined;
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const [name = "", ...more] = Object.keys(parsed.value);
  const meta = parsed.value[name];
  if (more.length > 0 || !ACTIONS.has(name) || !isJsonObject(meta)) return undefined;
  return Object.keys(meta).every((each) => META.test(each)) ? { name, wrap: headerOf(meta) } : undefined;
}
const ACTION_START = /^\s*\{\s*"(?:index|create|update|delete)"\s*:\s*\{/;

class BulkSplitter implements Splitter {
  readonly #output: UnitOutput;
  readonly #isReread: boolean;
  readonly #lines: Splitter;
  #action: Action | undefined;
  #deletes = 0;

  /** `isReread`: what is cut is one unit, and its bytes are wanted. */
  constructor(output: UnitOutput, isReread = false) {
    this.#output = output;
    this.#isReread = isReread;
    const around: UnitOutput = {
      ...SILENT,
      reject: (...reject) => {
        this.#closeAction();
        output.reject(...reject);
      },
      ignore: (...gap) => {
        this.#closeAction();
        output.ignore(...gap);
      },
      blank: (offset, length) => {
        if (this.#action === undefined) output.blank(offset, length);
        else this.#action.length += length;
      },
    };
    this.#lines = splitLines(around, (...line) => this.#line(...line));
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  finish(): void {
    this.#lines.finish();
    this.#closeAction();
    if (this.#deletes === 0) return;
    this.#output.note(
      `Asks to delete ${this.#deletes} documents, which it does not hold.`,
      "Look for them in another copy of the index.",
    );
  }

  #line(text: string, offset: number, length: number, line: number): void {
    const action = actionOf(text);
    if (action === undefined) return this.#document(text, { offset, length, line });
    this.#closeAction();
    if (action.name === "delete") {
      this.#deletes++;
      this.#output.ignore(offset, length);
    } else this.#action = { ...action, offset, length, line, text };
  }

  #document(text: string, place: Place): void {
    const action = this.#action;
    this.#action = undefined;
    const take: UnitOutput = {
      ...SILENT,
      record: (record) => this.#take(record, action),
      reject: (_offset, _length, _line, code, detail) => {
        const { offset, length, line } = unitOf(place, action);
        this.#output.reject(offset, length, line, code, detail);
      },
    };
    takeObject(take, text, place.offset, place.length, place.line, asItIs);
  }

  #take(record: CarriedRecord, action: Action | undefined): void {
    const { body } = record;
    if (body.kind !== "object") return;
    const holder = action?.name === "update" && isJsonObject(body.value["doc"]) ? "doc" : undefined;
    const value = holder === undefined ? body.value : (body.value[holder] as JsonObject);
    const unit = unitOf(record, action);
    const start = unit.length - record.length;
    if (action !== undefined) this.#output.ignore(unit.offset, 0, 1);
    const text = action === undefined ? body.text : `${action.text}\n${body.text}`;
    this.#output.record({
      ...record,
      ...unit,
      body: {
        kind: "object",
        value,
        ...(text === undefined ? {} : { text }),
        verbatim: body.verbatim === true,
        ...(this.#isReread ? { spans: () => spansOf(body.text ?? "", body.value, holder, start, unit.length) } : {}),
      },
      ...(action === undefined ? {} : { wrap: action.wrap }),
    });
  }

  /** An action whose document is not there. */
  #closeAction(): void {
    const action = this.#action;
    if (action === undefined) return;
    this.#action = undefined;
    const { offset, length, line, name } = action;
    this.#output.reject(offset, length, line, "elastic.no-document", `the action ${name} without its document`);
  }
}

/** The document with the action before it. */
function unitOf({ offset, length, line }: Place, action: Action | undefined): Place {
  if (action === undefined) return { offset, length, line };
  return { offset: action.offset, length: action.length + length, line: action.line };
}

/** Places in the document, which begins at `start` of the unit, by the names within `holder`. */
function spansOf(
  text: string,
  value: JsonObject,
  holder: string | undefined,
  start: number,
  length: number,
): JsonSpans {
  const { values, tokens } = jsonSpans(text, value);
  const own = (path: string): string =>
    holder !== undefined && path.startsWith(`${holder}.`) ? path.slice(holder.length + 1) : path;
  const moved = new Map<string, ValueSpan>();
  for (const [path, span] of values) {
    if (path !== holder) moved.set(own(path), { ...span, start: span.start + start, end: span.end + start });
  }
  const inside = tokens.map((token) => ({
    ...token,
    ...(token.field === undefined ? {} : { field: own(token.field) }),
    start: token.start + start,
    end: token.end + start,
  }));
  const end = start + text.length;
  const before = start > 0 ? [{ start: 0, end: start, kind: "separator" } as const] : [];
  const after = end < length ? [{ start: end, end: length, kind: "separator" } as const] : [];
  return { values: moved, tokens: [...before, ...inside, ...after] };
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  if (recogniseText(head, whole).confidence === 0) return { confidence: 0, reasons: ["holds no text"] };
  let actions = 0;
  let documents = 0;
  let bare = 0;
  let damaged = 0;
  const counting: UnitOutput = {
    ...SILENT,
    record: ({ wrap }) => (wrap === undefined ? bare++ : documents++),
    reject: () => damaged++,
    ignore: (_offset, _length, lines = 1) => void (actions += lines),
  };
  const splitter = new BulkSplitter(counting);
  splitter.push(head);
  if (whole) splitter.finish();
  if (documents <= bare) return { confidence: 0, reasons: ["few or no documents with an action before them"] };
  // Torn lines and actions without a document are damage to be shown, not a doubt about the rest.
  const share = documents / (documents + bare + damaged);
  return {
    confidence: share < 0.5 ? share : 0.9 + share / 10,
    reasons: [`${actions} actions of a bulk request, ${documents} documents`],
  };
}
