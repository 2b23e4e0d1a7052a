/** A settings file beside the log: only what the format page names is read of it, and nothing is guessed. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readSettings } from "../../../workers/formats/siren-investigate/settings.ts";
import { sharedPath } from "../../support/shared.ts";

function settings(text: string) {
  const read = readSettings(text);
  if (read.kind === "refused") throw new Error(read.reason);
  return read.settings;
}
const refusal = (text: string): string | undefined => {
  const read = readSettings(text);
  return read.kind === "refused" ? read.reason : undefined;
};

describe("investigate.yml", () => {
  test("with nothing but the switch has the documented defaults", () => {
    expect(settings("siren_audit:\n  enabled: true\n")).toEqual({
      says: [
        "bodies before and after are logged of no saved object",
        "bodies of answers are not logged: no entry shows what a search or an export found",
        "an export is logged in batches of 100 rows",
      ],
      bodyTypes: [],
      responseBodies: false,
      filters: [],
      exportBatch: 100,
    });
  });

  test("may have dotted keys, and what is not named is passed over", () => {
    const read = settings(
      [
        "elasticsearch.password: hunter2",
        "siren_audit.enabled: false",
        "siren_audit.logged_types: [ui, auth]",
        "investigate_core:",
        "  instance_name: blue",
        "  secret: hunter3",
      ].join("\n"),
    );
    expect(read).toMatchObject({ loggedTypes: ["ui", "auth"], instanceName: "blue" });
    expect(read.says).toContain("the audit is switched off: no entry could come from this instance");
    expect(read.says).toContain(
      "never logged by configuration: search, count, savedObject, security, dataExport, dev, systemSearch",
    );
    expect(JSON.stringify(read)).not.toContain("hunter");
  });

  test("with keys whose values are left out says what it says without them", () => {
    const keys = [
      "enabled",
      "logged_types",
      "logged_saved_object_types",
      "logged_saved_object_body_types",
      "log_response_body",
      "log_response_filters",
      "log_export_batch_size",
      "log_header_names",
      "log_remote_ip_from_header_name",
      "outputs",
    ];
    const bare = settings("siren_audit:\n  enabled: true\n");
    expect(settings(`siren_audit:\n${keys.map((key) => `  ${key}:\n`).join("")}`)).toEqual(bare);
    expect(settings("siren_audit.enabled: true\nsiren_audit:\ninvestigate_core:\n  instance_name: ~\n")).toEqual(bare);
    const dotted = settings("siren_audit.enabled: false\nsiren_audit:\n  enabled: ~\n");
    expect(dotted.says).toContain("the audit is switched off: no entry could come from this instance");
    expect(
      settings(
        "siren_audit:\n  outputs:\n  - elasticsearch:\n      index_prefix:\n      queue_size: 5\n  - elasticsearch:\n" +
          "  log_response_filters:\n  - type:\n    configuration:\n  - configuration:\n      pattern:\n      includes:\n      excludes: [a]\n",
      ),
    ).toMatchObject({
      filters: [
        { kind: "hit", pattern: "*", says: "nothing left out" },
        { kind: "hit", pattern: "*", says: "a left out by configuration" },
      ],
      says: expect.arrayContaining([
        "up to 5 entries wait while the output is down; beyond that the oldest are lost",
      ]) as unknown,
    });
  });

  test.each([
    [
      "a bare * at the start of a value, which is an alias",
      "siren_audit:\n  log_response_filters:\n  - configuration:\n      excludes:\n      - *\n",
      "no valid YAML (line 5)",
    ],
    ["the same key twice", "siren_audit:\n  enabled: true\n  enabled: false\n", "no valid YAML"],
    ["no audit at all", "server.port: 5606\n", "no siren_audit key"],
    ["text", "just some words", "no siren_audit key"],
    [
      "a batch beyond what is allowed",
      "siren_audit:\n  log_export_batch_size: 5000\n",
      "siren_audit.log_export_batch_size",
    ],
    ["a list where a switch is expected", "siren_audit:\n  enabled: [true]\n", "siren_audit.enabled"],
  ])("is refused for %s", (_what, text, reason) => expect(refusal(text)).toContain(reason));

  test("made to grow without end is refused", () => {
    const lists = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? "a0: &a0 [x,x,x,x,x,x,x,x,x]"
        : `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(",")}]`,
    );
    expect(refusal(`${lists.join("\n")}\nsiren_audit:\n  logged_types: *a8\n`)).toBeDefined();
  });
});

const sample = sharedPath("corpus", "siren", "filters", "investigate.yml");

describe.skipIf(sample === undefined)("the sample of the corpus", () => {
  test("says what its index says", () => {
    const read = settings(readFileSync(sample ?? "", "utf8"));
    const { expected } = JSON.parse(readFileSync((sample ?? "").replace(".yml", ".expected.json"), "utf8"));
    expect(read.says).toContain(`never logged by configuration: ${expected.neverLogged.join(", ")}`);
    expect(read.says).toContain(
      `saved objects are logged of these types only: ${expected.savedObjectTypes.join(", ")}`,
    );
    expect(read.bodyTypes).toEqual(expected.bodiesBeforeAfter);
    expect(read.responseBodies).toBe(expected.responseBodies);
    expect(read.exportBatch).toBe(expected.exportBatch);
    expect(read.instanceName).toBe(expected.instanceName);
    expect(read.filters).toEqual(expected.filtered);
    expect(read.says).toContain(`indices are called ${expected.indexPrefix}…`);
    expect(read.says).toContain(`a new index begins ${expected.indexInterval}`);
  });
});
