/** The values of an object by their paths: which of them an event's records were made of, and which are left. */
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from "../../../base/json.ts";

export interface Leaf {
  /** With the place in each list: `PATH[1].name`. */
  readonly path: string;
  /** As original fields are named: `PATH.name`. */
  readonly plain: string;
  readonly text: string;
  readonly value: JsonValue;
}

const DEEPEST = 64;

/** Every leaf in order; an empty object or list is one, and so is what lies deeper than anything that a log holds. */
function leavesOf(object: JsonObject): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (path: string, plain: string, value: JsonValue, depth: number): void => {
    const isOpen = depth < DEEPEST;
    if (isOpen && isJsonArray(value) && value.length > 0) {
      value.forEach((item, i) => visit(`${path}[${i}]`, plain, item, depth + 1));
    } else if (isOpen && isJsonObject(value) && !isEmpty(value)) {
      const [front, plainFront] = path === "" ? ["", ""] : [`${path}.`, `${plain}.`];
      for (const name in value) visit(front + name, plainFront + name, value[name] as JsonValue, depth + 1);
    } else {
      leaves.push({ path, plain, text: jsonText(value), value });
    }
  };
  visit("", "", object, 0);
  return leaves;
}

function isEmpty(object: JsonObject): boolean {
  for (const _name in object) return false;
  return true;
}

export class Leaves {
  readonly all: readonly Leaf[];
  readonly #byPlain = new Map<string, Leaf[]>();
  readonly #taken = new Set<string>();

  constructor(object: JsonObject) {
    this.all = leavesOf(object);
    for (const leaf of this.all) {
      const known = this.#byPlain.get(leaf.plain);
      if (known === undefined) this.#byPlain.set(leaf.plain, [leaf]);
      else known.push(leaf);
    }
  }

  /** The first leaf of the first of these names that has one. */
  find(...names: readonly string[]): Leaf | undefined {
    for (const name of names) {
      const found = this.#byPlain.get(name)?.[0];
      if (found !== undefined && found.value !== null) return found;
    }
    return undefined;
  }

  /** All leaves of a list, or the one. */
  list(...names: readonly string[]): readonly Leaf[] {
    for (const name of names) {
      const found = this.#byPlain.get(name);
      if (found !== undefined) return found;
    }
    return [];
  }

  /** Leaves below a path, with the rest of their paths. */
  below(...names: readonly string[]): readonly (readonly [rest: string, leaf: Leaf])[] {
    for (const name of names) {
      const front = `${name}.`;
      const found = this.all.filter(({ plain }) => plain.startsWith(front));
      if (found.length > 0) return found.map((leaf) => [leaf.plain.slice(front.length), leaf] as const);
    }
    return [];
  }

  /** Its value stands in a record of the event, under the name that it has there. */
  take(leaf: Leaf): void {
    this.#taken.add(leaf.path);
  }

  /** What no record of the event holds. */
  get left(): readonly Leaf[] {
    return this.all.filter(({ path }) => !this.#taken.has(path));
  }
}

/** UTF-8, one char a byte, as the text of records is kept. */
export function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
