/**
 * `npm run fuzz -- [--seconds N] [--seed S] [--only carrier=lines | container=zip | format=auditd] [--case NUMBER]`: mutated
 * inputs until the time is up. Of a failure it prints seed, case, reason and the shrunk input, goes on, and ends with 1.
 */
import { parseArgs } from "node:util";
import { sharedPath } from "../support/shared.ts";
import { Coverage } from "./coverage.ts";
import { type Only, Plan } from "./plan.ts";
import { Runner } from "./runner.ts";
import { corpusSeeds, ownSeeds } from "./seeds.ts";
import { kindOf, shrink } from "./shrink.ts";
import type { Trial } from "./trial.ts";

const SHRINK_MS = 30_000;
const SLOWEST_KEPT = 5;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string", default: "" },
    case: { type: "string" },
  },
});
const seed = Number(values.seed);
const seconds = Number(values.seconds);
const [kind = "", id = ""] = values.only.split("=");
if (
  !Number.isSafeInteger(seed) ||
  !(seconds > 0) ||
  (values.only !== "" && !/^(?:container|carrier|format)=./.test(values.only))
) {
  process.stderr.write(
    "fuzz: --seed is a whole number, --seconds more than 0, --only is container=…, carrier=… or format=…\n",
  );
  process.exit(2);
}

const only: Only = values.only === "" ? {} : { [kind]: id };
const corpus = sharedPath("corpus");
const seeds = [...(await ownSeeds()), ...(corpus === undefined ? [] : corpusSeeds(corpus))];
const plan = new Plan(seed, seeds, only);
const runner = new Runner();
const coverage = new Coverage();
const slowest: { readonly ms: number; readonly text: string }[] = [];
const kinds = new Map<string, number>();
const until = performance.now() + seconds * 1000;
const first = values.case === undefined ? 0 : Number(values.case);
let number = first;
do {
  await one(plan.trial(number));
  number++;
} while (values.case === undefined && performance.now() < until);
await runner.close();

const failures = [...kinds.values()].reduce((sum, count) => sum + count, 0);
say(`seed ${seed}: ${number - first} cases, ${failures} failures`);
say(coverage.text());
for (const { ms, text } of slowest) say(`slow: ${ms.toFixed(0)} ms, ${text}`);
for (const [trouble, count] of kinds) say(`${count} × ${trouble}`);
process.exitCode = failures > 0 ? 1 : 0;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function one(trial: Trial): Promise<void> {
  const outcome = await runner.run(trial);
  if ("reached" in outcome) {
    coverage.add(outcome.reached);
    slowest.push({ ms: outcome.ms, text: `case ${number}, ${trial.bytes.length} bytes of ${trial.label}` });
    slowest.sort((a, b) => b.ms - a.ms).splice(SLOWEST_KEPT);
    return;
  }
  const found = kindOf(outcome.trouble);
  const before = kinds.get(found) ?? 0;
  kinds.set(found, before + 1);
  if (before > 0) return;
  say(`\nFAILED seed ${seed} case ${number}: ${found}`);
  const small = await shrink(trial, outcome.trouble, (less) => runner.run(less), SHRINK_MS);
  say(`${small.label}; again with: npm run fuzz -- --seed ${seed} --case ${number}`);
  say(`choice ${trial.choice ?? "none"}, answer ${JSON.stringify(trial.answer)}, chunk ${trial.chunk ?? "none"}`);
  say(outcome.trouble);
  say(`input of ${small.bytes.length} bytes: ${Buffer.from(small.bytes).toString("hex").slice(0, 8000)}`);
  say(JSON.stringify(Buffer.from(small.bytes).toString("latin1")).slice(0, 2000));
}
