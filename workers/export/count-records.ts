/** Counts the records of a CSV file without the code that wrote it: line ends outside quotes. */
const QUOTE = 0x22;
const LF = 0x0a;

export async function countRecords(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let records = 0;
  let isQuoted = false;
  for await (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LF && !isQuoted) records++;
    }
  }
  return records;
}
