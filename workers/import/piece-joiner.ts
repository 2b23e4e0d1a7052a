/**
 * Stands between carrier and format where a carrier cuts records that their writer had to split: the format sees them
 * whole, and whoever takes its output sees the pieces, which are what lies in the member.
 */
import type { Carrier } from "../carriers/carrier.ts";
import type { FlagName } from "../contract.ts";
import type {
  AnyFormat,
  AnyOutput,
  Assembler,
  CarriedRecord,
  EntrySink,
  Explanation,
  ReadContext,
  Remark,
} from "../formats/format.ts";

type Join = NonNullable<Carrier["join"]>;

/** A format's assembler that sees pieces joined, where the carrier joins any. */
export function assembleJoined(
  carrier: Carrier,
  format: AnyFormat,
  context: ReadContext,
  output: AnyOutput,
): Assembler {
  if (carrier.join === undefined) return format.assemble(context, output);
  return new PieceJoiner(carrier.join, (inner) => format.assemble(context, inner), output);
}

/** A stream that never ends its record is cut here: what is held of it stays bounded. */
const MOST_PIECES = 4096;
const MOST_BYTES = 64 * 1024 * 1024;

interface OpenStream {
  readonly pieces: CarriedRecord[];
  bytes: number;
}

class PieceJoiner implements Assembler {
  readonly #join: Join;
  readonly #inner: Assembler;
  readonly #open = new Map<string, OpenStream>();
  /** Pieces of the joined records that the format has not decided on yet, by where they begin. */
  readonly #pieces = new Map<number, readonly CarriedRecord[]>();

  constructor(join: Join, assemble: (output: AnyOutput) => Assembler, output: AnyOutput) {
    this.#join = join;
    this.#inner = assemble(this.#mapped(output));
  }

  push(record: CarriedRecord): void {
    const { piece } = record;
    let open = piece === undefined ? undefined : this.#open.get(piece.stream);
    // A log that was printed backwards has the end of a record before its start: such pieces stay apart.
    if (piece !== undefined && open !== undefined && timeOf(record) < timeOf(open.pieces.at(-1))) {
      this.#close(piece.stream, open);
      open = undefined;
    }
    if (piece === undefined || (piece.last && open === undefined)) return this.#inner.push(record);
    const stream = open ?? { pieces: [], bytes: 0 };
    if (open === undefined) this.#open.set(piece.stream, stream);
    stream.pieces.push(record);
    stream.bytes += record.length;
    const isFull = stream.pieces.length >= MOST_PIECES || stream.bytes >= MOST_BYTES;
    if (piece.last || isFull) this.#close(piece.stream, stream);
  }

  drain(limit: number): boolean {
    this.#closeAll();
    return this.#inner.drain?.(limit) ?? false;
  }

  remark(): Remark | undefined {
    return this.#inner.remark?.();
  }

  finish(): void {
    this.#closeAll();
    this.#inner.finish();
  }

  #closeAll(): void {
    for (const [name, stream] of this.#open) this.#close(name, stream);
  }

  #close(name: string, { pieces }: OpenStream): void {
    this.#open.delete(name);
    const whole = this.#join(pieces);
    this.#pieces.set(whole.offset, pieces);
    this.#inner.push(whole);
  }

  #mapped(output: AnyOutput): AnyOutput {
    return {
      entry: (records, duplicates, write, explain, auditRows) => {
        if (!records.some((record) => this.#pieces.has(record.offset))) {
          return output.entry(records, duplicates, write, explain, auditRows);
        }
        const parts = records.map((record) => this.#take(record));
        const flags = records.flatMap((record) => record.flags);
        output.entry(
          parts.flat(),
          duplicates,
          (sink, own) => {
            const starts = startsOf(parts);
            write(movedSink(sink, starts), own);
            for (const flag of flags) sink.flag(flag);
          },
          () => movedExplanation(explain(), parts),
          auditRows,
        );
      },
      reject: (record, code, detail) => {
        for (const part of this.#take(record)) output.reject(part, code, detail);
      },
      ignore: (record) => {
        for (const part of this.#take(record)) output.ignore(part);
      },
    };
  }

  /** The pieces of a record, or itself. A character that a writer cut in two is no fault of its bytes. */
  #take(record: CarriedRecord): readonly CarriedRecord[] {
    const pieces = this.#pieces.get(record.offset);
    if (pieces === undefined) return [record];
    this.#pieces.delete(record.offset);
    return pieces.map((piece) => ({ ...piece, flags: piece.flags.filter((flag: FlagName) => flag !== "encoding") }));
  }
}

/** NaN, which is not before any time, where the header tells none. */
function timeOf(record: CarriedRecord | undefined): number {
  return record?.wrap?.time?.parsed?.at ?? Number.NaN;
}

/** The place of each record's first piece among all pieces. */
function startsOf(parts: readonly (readonly CarriedRecord[])[]): readonly number[] {
  let start = 0;
  return parts.map((pieces) => {
    const at = start;
    start += pieces.length;
    return at;
  });
}

function movedSink(sink: EntrySink, starts: readonly number[]): EntrySink {
  const at = (record: number): number => starts[record] ?? record;
  const moved: EntrySink = {
    time: (when, precision, text, origin, mark) =>
      sink.time(when, precision, text, origin, mark === undefined ? undefined : { ...mark, record: at(mark.record) }),
    text: (field, value, origin, mark) =>
      sink.text(field, value, origin, mark === undefined ? undefined : { ...mark, record: at(mark.record) }),
    original: (name, value, mark) =>
      sink.original(name, value, mark === undefined ? undefined : { ...mark, record: at(mark.record) }),
    originalIn: (name, text, start, end, record) => sink.originalIn(name, text, start, end, at(record)),
    flag: (flag) => sink.flag(flag),
  };
  return sink.wants === undefined ? moved : { ...moved, wants: (field) => sink.wants?.(field) !== false };
}

function movedExplanation(explanation: Explanation, parts: readonly (readonly CarriedRecord[])[]): Explanation {
  const starts = startsOf(parts);
  const records = parts.flatMap((pieces, i) => {
    const { title, tokens } = explanation.records[i] ?? { title: "", tokens: [] };
    if (pieces.length === 1) return [{ title, tokens }];
    return pieces.map((_, at) => ({ title: `${title}, piece ${at + 1} of ${pieces.length}`, tokens: [] }));
  });
  const interpretations = explanation.interpretations.map((row) =>
    row.mark === undefined
      ? row
      : { ...row, mark: { ...row.mark, record: starts[row.mark.record] ?? row.mark.record } },
  );
  return { ...explanation, records, interpretations };
}
