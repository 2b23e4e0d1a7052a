/**
 * The names of JSON objects in the order they were met, as a tree. Records of a log repeat few orders, so a parser that
 * walks along can compare the next name in place instead of reading it, and knows that it did not come before.
 */
import { isAscii } from "./bytes.ts";
import { detached } from "./detached.ts";

const MOST_PLACES = 20_000;
const MOST_IN_ORDER = 200;
const LONGEST_NAME = 200;

/** A name after certain others. */
export class NamePlace {
  readonly name: string;
  /** Latin1 text of the name as compact writers put it, colon included; ASCII only, so it is the bytes too. */
  readonly spelled: string;
  /** The name that followed last. */
  next: NamePlace | undefined;
  #inner: NamePlace | undefined;
  readonly #before: NamePlace | undefined;
  readonly #ordinal: number;
  readonly #tree: Tree;
  #others: Map<string, NamePlace> | undefined;

  constructor(tree: Tree, before: NamePlace | undefined, name: string) {
    tree.count++;
    this.#tree = tree;
    this.#before = before;
    this.#ordinal = before === undefined ? 0 : before.#ordinal + 1;
    this.name = name;
    this.spelled = `"${name}":`;
  }

  /** The place of the name after this one; undefined where it is a repeated name, or one not worth remembering. */
  follow(name: string): NamePlace | undefined {
    const known = this.#others?.get(name) ?? this.#added(name);
    if (known !== undefined) this.next = known;
    return known;
  }

  /** Where the names of an object begin that is the value of this name: a place without a name. */
  enter(): NamePlace {
    this.#inner ??= new NamePlace(this.#tree, undefined, "");
    return this.#inner;
  }

  #added(name: string): NamePlace | undefined {
    if (name.length > LONGEST_NAME || !isAscii(name) || this.#ordinal >= MOST_IN_ORDER || this.#holds(name)) {
      return undefined;
    }
    const place = new NamePlace(this.#tree, this, detached(name));
    this.#others ??= new Map();
    this.#others.set(place.name, place);
    return place;
  }

  #holds(name: string): boolean {
    return this.#before !== undefined && (this.name === name || this.#before.#holds(name));
  }
}

interface Tree {
  count: number;
}
let tree: Tree = { count: 0 };
let start = new NamePlace(tree, undefined, "");

/** The place of a record itself, which has no name. */
export function outermost(): NamePlace {
  if (tree.count > MOST_PLACES) {
    tree = { count: 0 };
    start = new NamePlace(tree, undefined, "");
  }
  return start;
}
