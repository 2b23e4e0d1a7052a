import { expect, test } from "vitest";
import { importBytes } from "../../import/run.ts";
import { formatById } from "../../../workers/formats/registry.ts";

const [sample = ""] = formatById("cloudtrail")?.samples ?? [];
const record = (number: number): string => sample.replace("000000000001", String(number).padStart(12, "0"));

test.each([
  ["a quote is missing", record(1).replace('"eva"', '"eva')],
  ["a word that is none", record(1).replace('"1.08"', "1.08v")],
  ["cut in the middle", record(1).slice(0, 160)],
])("one broken record (%s) of a file that is delivered as one line is one reject", async (_what, broken) => {
  for (const at of [0, 1, 3]) {
    const records = [0, 2, 3].map(record);
    records.splice(at, 0, broken);
    const text = `{"Records":[${records.join(",")}]}`;
    const { member } = await importBytes("trail.json", text);
    expect(member.start).toMatchObject({ carrier: "json-documents", format: "cloudtrail" });
    const texts = member.rows.map(({ spans: [span] }) =>
      text.slice(span?.offset, (span?.offset ?? 0) + (span?.length ?? 0)).replace(/,$/, ""),
    );
    expect(texts).toEqual([0, 2, 3].map(record));
    expect(member.rejects.map(({ code }) => code)).toEqual(["json.syntax"]);
    expect(member.bytes.toString()).toBe(text);
  }
});
