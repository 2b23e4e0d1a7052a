/** What clocks in a zone showed, and when, for many times one after another: an answer holds for all of an ordinary day. */
import type { EpochMicros } from "../contract.ts";
import { instantOfWall, offsetAt, type ZonedInstant } from "./zone.ts";

const DAY = 86_400_000_000;
const MINUTE = 60_000_000;
/** A change of the offset is looked for from a day before to a day after, as `instantOfWall` does. */
const LOOKS = [-24, -12, 0, 12, 24, 36, 48].map((hours) => hours * 3_600_000_000);

export class WallClock {
  readonly #zone: string;
  /** µs east of UTC, by day since 1970; NaN where it changes about that day. */
  readonly #days = new Map<number, number>();
  #day = Number.NaN;
  #offset = Number.NaN;
  #kind: ZonedInstant["kind"] = "unique";

  /** Without a zone clocks showed UTC. Throws RangeError for what is no zone. */
  constructor(zone: string | undefined) {
    this.#zone = zone ?? "UTC";
  }

  /** Of what `instant` answered last: whether clocks showed that time once, twice or never. */
  get kind(): ZonedInstant["kind"] {
    return this.#kind;
  }

  /** The instant at which clocks showed a time, given as if it were UTC; as `instantOfWall`. */
  instant(wall: number): number {
    const offset = this.#offsetOn(wall);
    this.#kind = "unique";
    if (!Number.isNaN(offset)) return wall - offset;
    if (Number.isNaN(wall)) return wall;
    const { at, kind } = instantOfWall(this.#zone, wall as EpochMicros);
    this.#kind = kind;
    return Math.round(at);
  }

  /**
   * What was written, from the instant that `instant` made of it. `skipped`: clocks never showed it, so that it was read with
   * the offset before the change.
   */
  wall(at: number, skipped: boolean): number {
    const offset = this.#offsetOn(at);
    if (!Number.isNaN(offset)) return at + offset;
    if (Number.isNaN(at)) return at;
    // No change leaves out more than a day.
    return Math.round(at + offsetAt(this.#zone, (skipped ? at - DAY : at) as EpochMicros) * MINUTE);
  }

  #offsetOn(at: number): number {
    const day = Math.floor(at / DAY);
    if (day === this.#day) return this.#offset;
    if (Number.isNaN(day)) return day;
    let offset = this.#days.get(day);
    if (offset === undefined) {
      offset = this.#constantAbout(day * DAY);
      this.#days.set(day, offset);
    }
    this.#day = day;
    this.#offset = offset;
    return offset;
  }

  #constantAbout(start: number): number {
    const offset = offsetAt(this.#zone, start as EpochMicros);
    const isConstant = LOOKS.every((look) => offsetAt(this.#zone, (start + look) as EpochMicros) === offset);
    return isConstant ? Math.round(offset * MINUTE) : Number.NaN;
  }
}
