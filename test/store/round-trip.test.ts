import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter, type WriterOptions } from "../../workers/store/case-writer.ts";
import { cutting, source } from "./support/arbitrary.ts";
import { expectCase } from "./support/expected.ts";
import { bytesOfMember, type Cutting, digest, messagesOf, type ModelSource } from "./support/model.ts";
import { temporaryCase } from "./support/temporary.ts";

const small: WriterOptions = { segmentEntries: 16, commitBytes: 0, maxDictionary: 12 };

async function write(writer: CaseWriter, from: ModelSource, cut: Cutting): Promise<void> {
  for (const message of messagesOf(from, cut)) await writer.accept(message);
}

describe("a case says what was imported", () => {
  test("whatever the batches, blocks, kinds and segment ends", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(source, cutting), { minLength: 1, maxLength: 3 }),
      async (imports) => {
        const file = temporaryCase();
        const writer = CaseWriter.create(file, small);
        for (const [one, cut] of imports) await write(writer, one, cut);
        writer.close();
        const reader = CaseReader.open(file);
        expectCase(
          reader,
          imports.map(([one]) => one),
        );
        reader.close();
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test("when each source is imported after the case was closed and opened again", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(source, cutting), { minLength: 2, maxLength: 4 }),
      async (imports) => {
        const file = temporaryCase();
        CaseWriter.create(file, small).close();
        for (const [one, cut] of imports) {
          const writer = CaseWriter.open(file, small);
          await write(writer, one, cut);
          writer.close();
        }
        const reader = CaseReader.open(file);
        expectCase(
          reader,
          imports.map(([one]) => one),
        );
        reader.close();
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  test("to a reader that follows commit by commit, and older snapshots stay as they were", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(source, cutting), { minLength: 1, maxLength: 3 }),
      async (imports) => {
        const file = temporaryCase();
        const writer = CaseWriter.create(file, small);
        let reader = CaseReader.open(file);
        const older: { reader: CaseReader; done: ModelSource[] }[] = [];
        const done: ModelSource[] = [];
        for (const [one, cut] of imports) {
          for (const message of messagesOf(one, cut)) {
            await writer.accept(message);
            reader = reader.refresh();
            for (const name of reader.canonicalNames) reader.field(name);
            if (reader.text.blocks > 0) reader.text.signature(0);
            expect(reader.timeOrder?.length ?? reader.entries).toBe(reader.entries);
          }
          done.push(one);
          expectCase(reader, done);
          older.push({ reader, done: [...done] });
        }
        for (const snapshot of older) expectCase(snapshot.reader, snapshot.done);
        reader.close();
        writer.close();
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});

test("the digest of a member's blocks is the digest of its bytes", async () => {
  const property = fc.asyncProperty(source, cutting, async (one, cut) => {
    const writer = CaseWriter.create(temporaryCase(), small);
    await write(writer, one, cut);
    const members = writer.info().sources[0]?.members ?? [];
    expect(members.map((member) => writer.digestFromBlocks(member.id))).toEqual(
      one.members.map((member) => digest(bytesOfMember(member))),
    );
    expect(members.map((member) => member.sha256)).toEqual(one.members.map((member) => digest(bytesOfMember(member))));
    writer.close();
  });
  await fc.assert(property, { numRuns: 20 });
});
