import type { ImportMessage } from "../base/batch.ts";

/** Buffers of a message that can move to another thread: those that one array holds to itself. */
export function transferable(message: ImportMessage): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  for (const view of viewsOf(message)) {
    const { buffer } = view;
    // A buffer with other views must not be taken away from them: its bytes are copied instead.
    if (buffer instanceof ArrayBuffer && buffer.byteLength === view.byteLength && buffer.byteLength > 0)
      found.add(buffer);
  }
  return [...found];
}

function* viewsOf(message: ImportMessage): Generator<ArrayBufferView> {
  if (message.kind === "blocks") {
    for (const block of message.blocks) yield* [block.data, block.signature];
  } else if (message.kind === "member-end") {
    yield message.end.gaps;
  } else if (message.kind === "entries") {
    const { batch } = message;
    yield* [batch.time, batch.flags, batch.precision, batch.block, batch.off, batch.len, batch.spans];
    for (const part of batch.dictionary) yield* [part.pool, part.ends];
    for (const part of batch.columns) {
      if (part.kind === "hash64") yield part.words;
      else yield part.codes;
      if (part.kind === "list") yield part.ends;
    }
  }
}
