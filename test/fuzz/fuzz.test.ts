/** The same inputs each time; `npm run fuzz` goes further. */
import { afterAll, expect, test } from "vitest";
import { Coverage } from "./coverage.ts";
import { FOUND } from "./found.ts";
import { mutate } from "./mutate.ts";
import { Plan } from "./plan.ts";
import { Random } from "./random.ts";
import { Runner } from "./runner.ts";
import { ownSeeds } from "./seeds.ts";
import { shrink } from "./shrink.ts";
import { runTrial, type Trial } from "./trial.ts";

const SEEDS = [1, 20_260_101];
const MUTATED = 70;
const runner = new Runner();
afterAll(() => runner.close());

const nothing = { choice: undefined, answer: {}, passwords: [], chunk: undefined };

test.each(FOUND)("$what", async ({ what, text, choice }) => {
  await runTrial({ ...nothing, label: what, name: "input.log", bytes: Buffer.from(text, "latin1"), choice });
});

test.each(SEEDS)(
  "every input of seed %i keeps what holds for any input, and all that is registered is entered",
  async (seed) => {
    const seeds = await ownSeeds();
    const plan = new Plan(seed, seeds);
    const coverage = new Coverage();
    const first = seed === SEEDS[0] ? 0 : seeds.length;
    for (let number = first; number < seeds.length + MUTATED; number++) {
      const trial = plan.trial(number);
      const outcome = await runner.run(trial);
      expect(outcome, `seed ${seed}, case ${number}, ${trial.label}`).not.toHaveProperty("trouble");
      if ("reached" in outcome) coverage.add(outcome.reached);
    }
    if (first === 0) expect(coverage.missed()).toEqual([]);
  },
  240_000,
);

test("number and seed alone decide an input", async () => {
  const seeds = await ownSeeds();
  const [one, again, other] = [new Plan(7, seeds), new Plan(7, seeds), new Plan(8, seeds)];
  const number = seeds.length + 3;
  expect(one.trial(number)).toEqual(again.trial(number));
  expect(one.trial(number)).not.toEqual(other.trial(number));
});

test("a mutation changes nothing but its copy", () => {
  const bytes = Buffer.from("type=X msg=audit(1.2:3): a=b\n");
  const before = bytes.toString();
  for (let seed = 0; seed < 200; seed++) mutate(bytes, 3, new Random(seed), bytes);
  expect(bytes.toString()).toBe(before);
});

test("an input that hangs is ended, and the next one runs", async () => {
  const impatient = new Runner(1);
  const trial: Trial = { ...nothing, label: "slow", name: "input.log", bytes: Buffer.alloc(150_000, "a=b\n") };
  expect(await impatient.run(trial)).toEqual({ trouble: "it is not done after 0.001 s" });
  await impatient.close();
  expect(await runner.run(trial)).toHaveProperty("reached");
});

test("a failing input is shrunk to what makes it fail", async () => {
  const trial: Trial = {
    ...nothing,
    label: "x",
    name: "input.log",
    bytes: Buffer.from(`${"a".repeat(500)}!${"b".repeat(300)}`),
  };
  const run = (less: Trial) =>
    Promise.resolve(
      Buffer.from(less.bytes).includes("!")
        ? { trouble: `found at ${less.bytes.length}\nmore` }
        : { reached: { containers: [], carriers: [], formats: [], entries: 0, rejects: 0 }, ms: 0 },
    );
  const small = await shrink(trial, "found at 801", run, 5_000);
  expect(Buffer.from(small.bytes).toString()).toBe("!");
});
