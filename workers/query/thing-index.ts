/**
 * Finds the first thing that an entry without a reference may tell of. Things that tell of the same fields, with times
 * written alike, are one kind; within a kind, those that agree with an entry in all that both tell stand in one queue.
 */
import type { SameThing, Shape, Told } from "./same-thing.ts";

export interface Thing {
  readonly entries: number[];
  /** Indexes of members, each once. */
  readonly members: number[];
  /** The entry whose time was written with the most digits. */
  finest: number;
  /** Its entries have one actor and code, so that it can be known by them. */
  isAlike: boolean;
  /** As `SameThing.tellers` of all entries, once they were asked for. */
  tellers: readonly number[] | undefined;
}

interface Placed {
  readonly thing: Thing;
  readonly place: number;
  readonly told: Told;
}
interface Kind {
  readonly shape: Shape;
  readonly placed: Placed[];
  /** By the shape of the entries that look for things in it. */
  readonly queues: Map<number, ReadonlyMap<number, Queue>>;
}
/** Those before `next` have got an entry of the member. */
interface Queue {
  readonly placed: Placed[];
  next: number;
}

/** Things of equal hash that tell otherwise, at most so many in one queue. */
const MOST_TRIED = 64;

/** Holds for the entries of one member, which joins each thing it finds before it looks for the next. */
export class ThingIndex {
  readonly #same: SameThing;
  readonly #member: number;
  readonly #kinds = new Map<number, Kind>();

  constructor(same: SameThing, things: readonly Thing[], member: number) {
    this.#same = same;
    this.#member = member;
    things.forEach((thing, place) => {
      if (!thing.isAlike || !same.tellsEnough(thing.finest) || thing.members.includes(member)) return;
      thing.tellers ??= same.tellers(thing.entries);
      const told = { finest: thing.finest, tellers: thing.tellers };
      const shape = same.shapeOf(told);
      let kind = this.#kinds.get(numberOf(shape));
      if (kind === undefined) this.#kinds.set(numberOf(shape), (kind = { shape, placed: [], queues: new Map() }));
      kind.placed.push({ thing, place, told });
    });
  }

  /** exactly: only among things that tell of the same fields. */
  find(entry: number, exactly: boolean): Thing | undefined {
    if (this.#kinds.size === 0) return undefined;
    const told = { finest: entry, tellers: this.#same.tellers([entry]) };
    const shape = this.#same.shapeOf(told);
    let best: Placed | undefined;
    for (const kind of this.#kinds.values()) {
      if (exactly && kind.shape.fields !== shape.fields) continue;
      const queue = this.#queues(kind, shape).get(this.#same.tellingKey(told, shape, kind.shape));
      const found = queue && this.#firstFree(queue, entry);
      if (found !== undefined && (best === undefined || found.place < best.place)) best = found;
    }
    return best?.thing;
  }

  #queues(kind: Kind, shape: Shape): ReadonlyMap<number, Queue> {
    const known = kind.queues.get(numberOf(shape));
    if (known !== undefined) return known;
    const queues = new Map<number, Queue>();
    for (const placed of kind.placed) {
      const key = this.#same.tellingKey(placed.told, kind.shape, shape);
      const queue = queues.get(key);
      if (queue === undefined) queues.set(key, { placed: [placed], next: 0 });
      else queue.placed.push(placed);
    }
    kind.queues.set(numberOf(shape), queues);
    return queues;
  }

  #firstFree(queue: Queue, entry: number): Placed | undefined {
    const { placed } = queue;
    while (queue.next < placed.length && this.#isTaken(placed[queue.next] as Placed)) queue.next++;
    const end = Math.min(placed.length, queue.next + MOST_TRIED);
    for (let at = queue.next; at < end; at++) {
      const each = placed[at] as Placed;
      if (!this.#isTaken(each) && this.#same.isOneByTelling(each.told, entry)) return each;
    }
    return undefined;
  }

  #isTaken({ thing }: Placed): boolean {
    return thing.members.includes(this.#member);
  }
}

function numberOf({ fields, digits }: Shape): number {
  return fields * 8 + digits;
}
