/** Definition files over the engine's own port: opened, edited, written, and tried on a file. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { MappingDraft } from "../../workers/contract.ts";
import { attributesText, MAPPING_COLUMNS, PROPERTIES_TEXT, SOURCE_TEXT } from "../support/mapping.ts";
import { Harness } from "./harness.ts";

const TEXTS = { properties: PROPERTIES_TEXT, attributes: attributesText() };

function withFolder(name = "mapping", attributes = TEXTS.attributes): Harness {
  const harness = new Harness();
  mkdirSync(harness.path(name));
  harness.write(`${name}/eventproperties.csv`, PROPERTIES_TEXT);
  harness.write(`${name}/eventmapping.csv`, attributes);
  return harness;
}

async function draft(harness: Harness, name = "mapping"): Promise<MappingDraft> {
  const answer = await harness.api.openMapping(harness.grant(harness.path(name)));
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.value;
}

describe("definitions", () => {
  test("are opened, edited and written into another folder as the same two files", async () => {
    const harness = withFolder();
    const { texts, usable } = await draft(harness);
    expect(usable).toBe(true);
    expect(texts).toEqual(TEXTS);
    const cell = MAPPING_COLUMNS.indexOf("log_custom2");
    const edited = await harness.api.editMapping(texts, [
      { kind: "cell", file: "eventmapping.csv", row: 1, cell, value: "{client}" },
    ]);
    if (!edited.ok) throw new Error(edited.fault.message);
    mkdirSync(harness.path("out"));
    const target = harness.grant(harness.path("out/eventmapping.csv"), "write-new");
    expect(await harness.api.saveMapping(target, edited.value.texts)).toMatchObject({
      ok: true,
      value: { files: ["eventproperties.csv", "eventmapping.csv"] },
    });
    expect(readdirSync(harness.path("out")).toSorted()).toEqual(["eventmapping.csv", "eventproperties.csv"]);
    expect(readFileSync(harness.path("out/eventproperties.csv"), "utf8")).toBe(PROPERTIES_TEXT);
    expect(readFileSync(harness.path("out/eventmapping.csv"), "utf8")).toBe(
      attributesText({ RD: { log_custom2: "{client}" } }),
    );
  });

  test("replace what is there only where the file chosen is one of the two, and never evidence", async () => {
    const harness = withFolder();
    const other = harness.grant(harness.path("mapping/mine.csv"), "write-new");
    expect(await harness.api.saveMapping(other, TEXTS)).toMatchObject({
      ok: false,
      fault: { code: "target.unwritable", message: expect.stringContaining("is already in") },
    });
    const same = harness.grant(harness.path("mapping/eventmapping.csv"), "write-new");
    const changed = { ...TEXTS, attributes: attributesText({ RD: { log_custom2: "x" } }) };
    expect(await harness.api.saveMapping(same, changed)).toMatchObject({ ok: true });
    expect(readFileSync(harness.path("mapping/eventmapping.csv"), "utf8")).toBe(changed.attributes);
    const nowhere = harness.grant(harness.path("nowhere/eventmapping.csv"), "write-new");
    expect(await harness.api.saveMapping(nowhere, TEXTS)).toMatchObject({ ok: false });
    expect(existsSync(harness.path("nowhere"))).toBe(false);
  });

  test("that are not there, or are no UTF-8, are told with the name of the file", async () => {
    const harness = withFolder();
    harness.write("mapping/eventproperties.csv", Uint8Array.of(0xff, 0xfe, 0x41));
    const grant = harness.grant(harness.path("mapping"));
    expect(await harness.api.openMapping(grant)).toMatchObject({
      ok: false,
      fault: { code: "format.unfit", message: "eventproperties.csv is no UTF-8." },
    });
    mkdirSync(harness.path("empty"));
    expect(await harness.api.openMapping(harness.grant(harness.path("empty")))).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining("eventproperties.csv cannot be read") },
    });
  });

  test("tried on a file say how they fit, which placeholders nothing fills, and show the first rows", async () => {
    const harness = withFolder();
    const log = harness.grant(harness.write("files.csv", SOURCE_TEXT));
    const mapping = { properties: PROPERTIES_TEXT, attributes: attributesText({ RD: { log_custom3: "{nothere}" } }) };
    const shown = await harness.api.preview(log, "files.csv", "csv+radiantone", { mapping, zone: "+02:00" });
    if (!shown.ok) throw new Error(shown.fault.message);
    expect(shown.value.mapping).toMatchObject({
      eventId: "type",
      known: 4,
      records: 4,
      fits: true,
      unknown: ["{nothere}"],
    });
    expect(shown.value.rows.map(({ time }) => time)).toEqual(
      [0, 1, 2, 3].map((second) => Date.UTC(2026, 0, 3, 6, 0, second) * 1000),
    );
    const other = harness.grant(harness.write("other.csv", "a,b\n1,2\n3,4\n"));
    const unfit = await harness.api.preview(other, "other.csv", "csv+radiantone", { mapping });
    expect(unfit.ok && unfit.value.mapping).toMatchObject({ fits: false, known: 0, columns: ["a", "b"] });
  });
});
