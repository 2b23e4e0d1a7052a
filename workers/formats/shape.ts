/**
 * The names of an object, and which lookups of a field table can succeed under them. Logs repeat few shapes, so most of a
 * table is ruled out once instead of for every record.
 */
import type { JsonObject } from "../base/json.ts";
import type { MeaningOrigin } from "../contract.ts";
import type { FieldRule } from "./field-table.ts";

/** A path of a table as it is written in objects of this shape, and the names that lead there. */
export interface Place {
  readonly path: string;
  readonly names: readonly string[];
  /** "as recorded in `path`" */
  readonly origin: MeaningOrigin;
}

/** A rule with its lookups resolved; `from` and `when` are empty where it has none. */
export interface LiveRule {
  readonly rule: FieldRule;
  readonly from: readonly Place[];
  readonly when: readonly Place[];
}

const MOST_SHAPES = 2_000;
const MOST_NAMES = 200;
const shapes = new Map<string, Shape>();
/** The shape met last of so many names: mostly the one asked for, and sooner compared than found. */
const recent: (Shape | undefined)[] = [];

export function shapeOf(object: JsonObject): Shape {
  const names = Object.keys(object);
  if (names.length > MOST_NAMES) return new Shape(names);
  const last = recent[names.length];
  if (last?.hasNames(names) === true) return last;
  const shape = knownShape(names);
  recent[names.length] = shape;
  return shape;
}

function knownShape(names: readonly string[]): Shape {
  const key = names.join("\0");
  let shape = shapes.get(key);
  // Two lists of names can have one key where a name holds NUL.
  if (shape?.hasNames(names) !== true) {
    if (shapes.size >= MOST_SHAPES) shapes.clear();
    shape = new Shape(names);
    shapes.set(key, shape);
  }
  return shape;
}

export class Shape {
  readonly #inOrder: readonly string[];
  readonly #names: ReadonlySet<string>;
  readonly #folded = new Map<string, string>();
  readonly #places = new WeakMap<readonly string[], readonly Place[]>();
  readonly #rules = new WeakMap<readonly FieldRule[], readonly LiveRule[]>();

  constructor(names: readonly string[]) {
    this.#inOrder = names;
    this.#names = new Set(names);
    for (const name of names) {
      if (!this.#folded.has(fold(name))) this.#folded.set(fold(name), name);
    }
  }

  /** Whether these are the names of the shape, in their order. */
  hasNames(names: readonly string[]): boolean {
    for (let at = 0; at < names.length; at++) if (names[at] !== this.#inOrder[at]) return false;
    return names.length === this.#inOrder.length;
  }

  /** Where objects of this shape may hold one of the paths, in their order. Keep `paths` in a constant: it is the key. */
  places(paths: readonly string[]): readonly Place[] {
    let places = this.#places.get(paths);
    if (places === undefined) {
      places = paths.flatMap((path) => this.#place(path) ?? []);
      this.#places.set(paths, places);
    }
    return places;
  }

  /** The rules that may yield something for objects of this shape. */
  rules(rules: readonly FieldRule[]): readonly LiveRule[] {
    let live = this.#rules.get(rules);
    if (live === undefined) {
      live = rules.flatMap((rule) => this.#live(rule) ?? []);
      this.#rules.set(rules, live);
    }
    return live;
  }

  #live(rule: FieldRule): LiveRule | undefined {
    const from = this.places(rule.from ?? []);
    const when = this.places(rule.when ?? []);
    if (rule.when !== undefined && when.length === 0) return undefined;
    return rule.constant === undefined && from.length === 0 ? undefined : { rule, from, when };
  }

  /**
   * By the very name, then by the path through nested objects, then without regard to case and separators: the whole as
   * one name, or the first name of a path.
   */
  #place(path: string): Place | undefined {
    if (this.#names.has(path)) return placeAt(path, [path]);
    const names = path.split(".");
    if (names.length > 1 && this.#names.has(names[0] as string)) return placeAt(path, names);
    const name = this.#folded.get(fold(path));
    if (name !== undefined) return placeAt(name, [name]);
    const first = names.length > 1 ? this.#folded.get(fold(names[0] as string)) : undefined;
    if (first === undefined) return undefined;
    return placeAt([first, ...names.slice(1)].join("."), [first, ...names.slice(1)]);
  }
}

function placeAt(path: string, names: readonly string[]): Place {
  return { path, names, origin: { kind: "record", text: `field ${path}` } };
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_\-.]/g, "");
}
