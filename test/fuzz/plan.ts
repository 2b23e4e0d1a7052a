/** The cases of a seed: number and seed alone decide each. */
import type { ReadingAnswer } from "../../workers/contract.ts";
import { everyChoice } from "../../workers/import/detect.ts";
import { gzipSync } from "node:zlib";
import { makeTar } from "../containers/make-tar.ts";
import { makeZip } from "../containers/make-zip.ts";
import { attributesText, PROPERTIES_TEXT } from "../support/mapping.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { PASSWORDS, type Seed } from "./seeds.ts";
import type { Trial } from "./trial.ts";

export interface Only {
  readonly container?: string;
  readonly carrier?: string;
  readonly format?: string;
}

const ANSWERS: readonly ReadingAnswer[] = [
  { zone: "Europe/Prague" },
  { zone: "-03:30", year: 2024 },
  { dateOrder: "day-first" },
  { dateOrder: "month-first" },
  { encoding: "utf-16le" },
  { encoding: "utf-16be" },
  { encoding: "windows-1252" },
  { timeField: "timestamp" },
  { mapping: { properties: PROPERTIES_TEXT, attributes: attributesText() } },
];

export class Plan {
  readonly #seed: number;
  readonly #seeds: readonly Seed[];
  readonly #all: readonly Seed[];
  readonly #choices: readonly string[];
  readonly #only: Only;

  constructor(seed: number, seeds: readonly Seed[], only: Only = {}) {
    this.#seed = seed;
    this.#all = seeds;
    this.#only = only;
    this.#choices = everyChoice()
      .map(({ choice }) => choice)
      .filter((choice) => isWanted(choice, only));
    this.#seeds = seeds.filter((one) => isSeedWanted(one, only));
    if (this.#seeds.length === 0 || this.#choices.length === 0) throw new Error("no input fits what is asked for");
  }

  /** First every seed as it is; then mutations. */
  trial(number: number): Trial {
    const random = new Random(Math.imul(this.#seed, 0x9e3779b1) + number);
    const untouched = this.#seeds[number];
    const seed = untouched ?? random.pick(this.#seeds);
    const other = random.pick(this.#all.filter(({ container }) => container === seed.container));
    const times = untouched === undefined ? 1 + random.below(6) : 0;
    const bytes = mutate(seed.bytes, times, random, other.bytes);
    const isPacked =
      untouched === undefined && seed.container === "plain" && this.#only.carrier === undefined && random.oneIn(12);
    return {
      label: `${seed.name}, ${times} mutations${isPacked ? ", packed" : ""}`,
      name: "input.log",
      bytes: isPacked ? pack(bytes, seed, random) : bytes,
      choice: this.#choice(seed, untouched !== undefined, random),
      answer: untouched === undefined && random.oneIn(6) ? random.pick(ANSWERS) : {},
      passwords: random.oneIn(8) ? ["wrong"] : PASSWORDS,
      chunk: random.oneIn(3) ? 1 + random.below(random.pick([3, 80, 5000])) : undefined,
    };
  }

  /** What a person may choose, fitting or not; mostly what fits, or nothing. */
  #choice(seed: Seed, isUntouched: boolean, random: Random): string | undefined {
    if (isUntouched) return undefined;
    const { carrier, format } = this.#only;
    const isForced = carrier !== undefined || format !== undefined;
    if (random.oneIn(5)) return random.pick(this.#choices);
    if (seed.choice !== undefined && isWanted(seed.choice, this.#only) && random.oneIn(2)) return seed.choice;
    return isForced ? random.pick(this.#choices) : undefined;
  }
}

function isWanted(choice: string, { carrier, format }: Only): boolean {
  const [carrierId, formatId] = choice.split("+");
  return (carrier === undefined || carrier === carrierId) && (format === undefined || format === formatId);
}

/** Where nothing is read so by itself, everything is read so by force. */
function isSeedWanted({ container, choice }: Seed, only: Only): boolean {
  if (only.container !== undefined) return container === only.container;
  if (only.carrier === undefined && only.format === undefined) return true;
  return container === "plain" && choice !== undefined && isWanted(choice, only);
}

function pack(bytes: Uint8Array, seed: Seed, random: Random): Uint8Array {
  const half = random.below(bytes.length + 1);
  const rotated = [
    { name: "log/audit.log.1", data: bytes.subarray(0, half) },
    { name: "log/audit.log", data: bytes.subarray(half) },
  ];
  const packers = [
    () => gzipSync(bytes),
    () => makeTar(rotated),
    () => gzipSync(makeTar([...rotated, { name: "other", data: seed.bytes }])),
    () => makeZip([...rotated, { name: "again/audit.log", data: seed.bytes }]),
  ];
  return random.pick(packers)();
}
