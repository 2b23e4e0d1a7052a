/** Settings of a Siren Investigate beside its log: kept with the entries they speak for, no log themselves. */
import { describe, expect, test } from "vitest";
import { asideOf } from "../../workers/import/asides.ts";
import { readSettingsFile, settingsFor } from "../../workers/import/settings-file.ts";
import { makeZip } from "../containers/make-zip.ts";
import { importBytes } from "./run.ts";

const SETTINGS =
  "# of the customer\nsiren_audit:\n  enabled: true\n  logged_types: [ui]\nelasticsearch.password: hunter2\n";
const LOG =
  '{"_index":"siren-audit-2026.01","_id":"A","_source":{"@timestamp":"2026-01-01T00:00:00Z","type":"savedObject","user":"eva","instanceName":"siren-1","action":"get"}}\n';
const aside = (text: string) => asideOf(Buffer.from(text), true);

describe("investigate.yml", () => {
  test("is told by its content", () => {
    expect(aside(SETTINGS)?.kind).toBe("settings");
    expect(aside(SETTINGS)?.reasons[0]).toContain("never logged by configuration: search");
    expect(aside("siren_audit:\n  - *\n")?.reasons).toEqual(["serves as no hint: it is no valid YAML (line 2)"]);
    expect(aside(`${SETTINGS}2026-01-01 10:00:00 INFO it started\n`)).toBeUndefined();
    expect(aside("server.port: 5606\n")).toBeUndefined();
  });

  test("in an archive speaks for the logs of the archive, and nothing else of it is kept", async () => {
    const zip = makeZip([
      { name: "a/investigate.yml", data: Buffer.from(SETTINGS) },
      { name: "a/audit.ndjson", data: Buffer.from(LOG) },
    ]);
    const { members } = await importBytes("siren.zip", zip);
    const log = members.find(({ start }) => start.format === "siren-investigate");
    expect(log?.start.reading.settings).toMatchObject({ origin: "a/investigate.yml", loggedTypes: ["ui"] });
    expect(JSON.stringify(members.map(({ start }) => start))).not.toContain("hunter2");
    const own = members.find(({ start }) => start.path === "a/investigate.yml");
    expect(own?.end).toMatchObject({ state: "unrecognised", entries: 0, rejects: 0 });
    expect(own?.blocks).toEqual([]);
  });

  test("of two that lie equally near neither counts", () => {
    const at = (path: string) => readSettingsFile(path, Buffer.from(SETTINGS), 0) ?? [];
    const files = [at("one/investigate.yml"), at("two/investigate.yml")].flat();
    expect(settingsFor("one/audit.ndjson", files)?.origin).toBe("one/investigate.yml");
    expect(settingsFor("three/audit.ndjson", files)).toBeUndefined();
  });
});
