/**
 * JSON that is not one object a line: one array, objects one after another over several lines, and pages of an API whose
 * records are the elements of an array. mongoexport writes the first two (--jsonArray, --pretty).
 */
import { latin1Of } from "../base/bytes.ts";
import type { Recognition } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { decodeExtended } from "./extended-json.ts";
import { DocumentCutter, type DocumentOutput } from "./json-document-cutter.ts";
import { FORM_BYTES, formOf, type JsonForm } from "./json-form.ts";
import { recogniseJsonLines } from "./json-lines.ts";
import { asItIs, rereadObject, takeObject, type Unwrap, WRAPPER } from "./json-object.ts";
import type { Page } from "./json-page.ts";
import { TOOL_OUTPUT } from "./tool-output.ts";

export const jsonDocuments: Carrier = {
  id: "json-documents",
  title: "JSON array or objects over several lines",
  version: "1",
  yields: "object",
  recognise,
  split: (output) => new FormSplitter(output, asItIs),
  reread: (bytes, offset, line) => rereadObject(bytes, offset, line, asItIs),
};

export const mongoexportDocuments: Carrier = {
  id: "mongoexport-documents",
  title: "mongoexport, JSON array or pretty printed",
  version: "1",
  yields: "object",
  recognise(head, whole) {
    const plain = recognise(head, whole);
    const wrapper = WRAPPER.exec(latin1Of(head));
    if (plain.confidence === 0) return plain;
    if (wrapper === null) return { confidence: 0, reasons: ["no Extended JSON types"] };
    return { confidence: plain.confidence, reasons: [...plain.reasons, `types of Extended JSON (${wrapper[0]}…)`] };
  },
  split: (output) => new FormSplitter(output, decodeExtended),
  reread: (bytes, offset, line) => rereadObject(bytes, offset, line, decodeExtended),
};

/** Finds the form from the first bytes, the same ones at whatever sizes the chunks arrive, then cuts. */
class FormSplitter implements Splitter {
  readonly #output: UnitOutput;
  readonly #unwrap: Unwrap;
  #head: Buffer[] = [];
  #headLength = 0;
  #form: JsonForm | undefined;
  #cutter: DocumentCutter | undefined;

  constructor(output: UnitOutput, unwrap: Unwrap) {
    this.#output = output;
    this.#unwrap = unwrap;
  }

  push(chunk: Uint8Array): void {
    if (this.#cutter !== undefined) return this.#cutter.push(chunk);
    this.#head.push(Buffer.from(chunk));
    this.#headLength += chunk.length;
    if (this.#headLength >= FORM_BYTES) this.#start().push(this.#takeHead());
  }

  finish(): void {
    if (this.#headLength === 0 && this.#cutter === undefined) return;
    const cutter = this.#cutter ?? this.#start();
    if (this.#headLength > 0) cutter.push(this.#takeHead());
    notePage(cutter.finish(), this.#form, this.#output);
  }

  #start(): DocumentCutter {
    this.#form = formOf(Buffer.concat(this.#head).subarray(0, FORM_BYTES));
    const envelope = this.#form?.kind === "envelope" ? this.#form : undefined;
    this.#cutter = new DocumentCutter(
      documentOutput(this.#output, this.#unwrap),
      envelope?.path,
      undefined,
      envelope?.outer,
    );
    return this.#cutter;
  }

  #takeHead(): Buffer {
    const head = Buffer.concat(this.#head);
    this.#head = [];
    this.#headLength = 0;
    return head;
  }
}

function documentOutput(output: UnitOutput, unwrap: Unwrap): DocumentOutput {
  return {
    value: (text, offset, length, line) => takeObject(output, text, offset, length, line, unwrap),
    garbage(text, offset, length, line) {
      if (/^\0+\r?$/.test(text)) output.ignore(offset, length);
      else if (TOOL_OUTPUT.test(text)) output.reject(offset, length, line, "mongoexport.tool-output", "tool output");
      else takeObject(output, text, offset, length, line, unwrap);
    },
    reject: (offset, length, line, code, detail) => output.reject(offset, length, line, code, detail),
    around: (offset, length) => output.ignore(offset, length, 0),
  };
}

function notePage(page: Page, form: JsonForm | undefined, output: UnitOutput): void {
  const { records, total, hasNext, isCut, troubles } = page;
  // `timed_out` and failed shards of an Elasticsearch answer: what is there may be less than what was to be found.
  const search = troubles.length === 0 ? "" : ` The search ${troubles.join(" and ")}.`;
  if (isCut) {
    output.note(
      `The file ends before its JSON does, after ${records} records: the rest is missing.`,
      "Export or copy the file again.",
    );
  } else if (form?.kind === "envelope" && total !== undefined && records < total) {
    output.note(
      `Holds ${records} of ${total} records: it is one page of several.${search}`,
      "Export the other pages as well and import them.",
    );
  } else if (form?.kind === "envelope" && hasNext) {
    output.note(
      `Holds ${records} records and names a further page.${search}`,
      "Export the pages that follow as well and import them.",
    );
  } else if (form?.kind === "envelope" && search !== "") {
    output.note(
      `Holds ${records} records, and may not hold all that there are.${search}`,
      "Search again where it comes from, and import the whole answer.",
    );
  }
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  const form = formOf(head.subarray(0, FORM_BYTES));
  if (form === undefined) return { confidence: 0, reasons: ["starts with neither a JSON object nor an array"] };
  let objects = 0;
  let others = 0;
  const output: UnitOutput = {
    record: () => objects++,
    reject(_offset, _length, _line, code) {
      if (code !== "mongoexport.tool-output") others++;
    },
    ignore() {},
    blank() {},
    note() {},
  };
  const splitter = new FormSplitter(output, asItIs);
  splitter.push(head);
  // A head of fewer bytes than decide the form is looked at whole; what it cuts off is no damage.
  splitter.finish();
  if (!whole && others > 0) others--;
  if (objects === 0) return { confidence: 0, reasons: ["holds no whole JSON object"] };
  const share = objects / (objects + others);
  // Objects of a line each are told apart by their lines, whatever happened to one of them.
  if (form.kind === "sequence" && recogniseJsonLines(head, whole).confidence >= 0.5) {
    return { confidence: share * 0.8, reasons: [reasonOf(form, objects)] };
  }
  const isOneObject = form.kind === "sequence" && objects === 1 && others === 0;
  // Settings look like this as well: without a time such a document is not taken for a log.
  const doubt = isOneObject || (form.kind === "envelope" && !form.isKnown) ? 0.8 : 1;
  return { confidence: doubt * (share < 0.5 ? share : 0.9 + share / 10), reasons: [reasonOf(form, objects)] };
}

function reasonOf(form: JsonForm, objects: number): string {
  const count = `${objects} objects in its first bytes`;
  if (form.kind === "envelope") return `an envelope with records in ${form.path.join(".")}, ${count}`;
  return form.kind === "array" ? `one JSON array, ${count}` : `JSON objects one after another, ${count}`;
}
