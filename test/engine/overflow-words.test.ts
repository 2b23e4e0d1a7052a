/** Beyond 512 original fields a value has no dictionary: a word that its bytes hide must be found all the same. */
import { expect, test } from "vitest";
import { Harness, query, value } from "./harness.ts";

const MANY = 600;

/** A record with many fields of its own; escapes hide the words of `hidden` from whoever reads only the bytes. */
function record(prefix: string, hidden: Readonly<Record<string, string>>, hiddenLast: boolean): string {
  const plain = Array.from({ length: MANY }, (_, at) => `"${prefix}${at}":"v${at}"`);
  const escaped = Object.entries(hidden).map(([name, text]) => `"${name}":"${escapes(text)}"`);
  const fields = hiddenLast ? [...plain, ...escaped] : [...escaped, ...plain];
  return `{"time":"2026-01-01T00:00:00Z",${fields.join(",")}}\n`;
}

function escapes(text: string): string {
  return [...text.matchAll(/./gu)]
    .map(([char]) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
    .join("");
}

test("words of fields beyond the limit are found, also where only the store knows of the limit", async () => {
  const harness = new Harness();
  await harness.newCase();
  const early = '{"time":"2026-01-01T00:00:00Z","early":"' + escapes("cafeteria") + '"}\n';
  await harness.import(harness.write("early.json", early));
  await harness.import(harness.write("many.json", record("a", { early: "library" }, true)));
  await harness.import(
    harness.write("late.json", '{"time":"2026-01-01T00:00:00Z","late":"' + escapes("orchard") + '"}\n'),
  );
  const key = Buffer.from("pasture\u0001gate").toString("hex").toUpperCase();
  const call =
    "type=SYSCALL msg=audit(1700000000.123:7): arch=c000003e syscall=2 success=yes exit=3 pid=1 auid=0 uid=0";
  await harness.import(harness.write("audit.log", `${call} comm="a" exe="/bin/a" key=${key}\n`));
  for (const word of ["pasture", "cafeteria", "library", "orchard", "raw.early:cafeteria", "raw.late:orchard"]) {
    const { id, matched } = value(await harness.api.open(query(word)));
    expect([word, matched]).toEqual([word, 1]);
    await harness.api.close(id);
  }
  expect(value(await harness.api.open(query("vineyard"))).matched).toBe(0);
});
