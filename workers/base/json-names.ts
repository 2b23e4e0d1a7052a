/**
 * The names of JSON objects in the order they were met, as a tree. Records of a log repeat few orders, so a parser that
 * walks along can compare the next name in place instead of reading it, and knows that it did not come before.
 */
import { isAscii } from "./bytes.ts";
import { detached } from "./detached.ts";

const MOST_PLACES = 20_000;
const MOST_IN_ORDER = 200;
/** An object whose names go on in more ways is a map with keys of its own. */
const MOST_AFTER_ONE = 32;
const LONGEST_NAME = 200;

/** A name after certain others. */
export class NamePlace {
  readonly name: string;
  /** Latin1 text of the name as compact writers put it, colon included; ASCII only, so it is the bytes too. */
  readonly spelled: string;
  /** The name that followed last. */
  next: NamePlace | undefined;
  #inner: NamePlace | undefined;
  readonly #ordinal: number;
  readonly #tree: Tree;
  #others: Map<string, NamePlace> | undefined;

  constructor(tree: Tree, ordinal: number, name: string) {
    tree.count++;
    this.#tree = tree;
    this.#ordinal = ordinal;
    this.name = name;
    this.spelled = `"${name}":`;
  }

  /** The place of the name after this one, which no name before it repeats; undefined: not worth remembering. */
  follow(name: string): NamePlace | undefined {
    const known = this.#others?.get(name) ?? this.#added(name);
    if (known !== undefined) this.next = known;
    return known;
  }

  /** Where the names of an object begin that is the value of this name: a place without a name. */
  enter(): NamePlace {
    this.#inner ??= new NamePlace(this.#tree, 0, "");
    return this.#inner;
  }

  #added(name: string): NamePlace | undefined {
    if (this.#ordinal >= MOST_IN_ORDER || (this.#others?.size ?? 0) >= MOST_AFTER_ONE) return undefined;
    if (name.length > LONGEST_NAME || !isAscii(name)) return undefined;
    const place = new NamePlace(this.#tree, this.#ordinal + 1, detached(name));
    this.#others ??= new Map();
    this.#others.set(place.name, place);
    return place;
  }
}

interface Tree {
  count: number;
}
let tree: Tree = { count: 0 };
let start = new NamePlace(tree, 0, "");

/** The place of a record itself, which has no name. */
export function outermost(): NamePlace {
  if (tree.count > MOST_PLACES) {
    tree = { count: 0 };
    start = new NamePlace(tree, 0, "");
  }
  return start;
}
