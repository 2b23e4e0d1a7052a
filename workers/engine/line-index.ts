/** Line numbers of bytes of a member, counted when first wanted and kept in steps. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { MemberId } from "../contract.ts";
import type { CaseReader } from "../store/case-reader.ts";

const STEP = 1 << 20;
const LF = 10;

export class LineIndex {
  /** Of each member: line ends before byte 0, STEP, 2 STEP … as far as they were counted. */
  readonly #steps = new Map<MemberId, number[]>();

  /** Line numbers from 1; members that are no lines of text have them too, by the line ends in their bytes. */
  async lines(reader: CaseReader, member: MemberId, offsets: readonly number[]): Promise<readonly number[]> {
    const lines: number[] = [];
    for (const offset of offsets) lines.push(await this.#line(reader, member, offset));
    return lines;
  }

  async #line(reader: CaseReader, member: MemberId, offset: number): Promise<number> {
    const steps = this.#stepsOf(member);
    const step = Math.floor(offset / STEP);
    while (steps.length <= step) {
      const at = (steps.length - 1) * STEP;
      steps.push((steps.at(-1) ?? 0) + countLines(reader.bytes(member, at, STEP)));
      await nextTurn();
    }
    return (steps[step] ?? 0) + countLines(reader.bytes(member, step * STEP, offset - step * STEP)) + 1;
  }

  #stepsOf(member: MemberId): number[] {
    const known = this.#steps.get(member);
    if (known !== undefined) return known;
    const steps = [0];
    this.#steps.set(member, steps);
    return steps;
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}
