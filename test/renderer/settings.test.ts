import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSettings, isZone, withLayout } from "../../renderer/state/settings.ts";
import { DEFAULT_LAYOUT, DEFAULT_PREFERENCES } from "../../renderer/state/view-state.ts";

describe("decodeSettings", () => {
  it("takes back what was written", () => {
    const layout = {
      ...DEFAULT_LAYOUT,
      sidebar: { size: 300, visible: false },
      sort: { field: "actor", descending: true },
    };
    const settings = withLayout(
      decodeSettings({ theme: "light", zone: "Asia/Kolkata", density: "roomy", recentQueries: ["a"] }),
      "/c/x.exhibit",
      layout,
    );
    expect(decodeSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it("falls back field by field, never as a whole", () => {
    const read = decodeSettings({
      theme: "pink",
      zone: "Mars/Olympus",
      density: "medium",
      layouts: { a: { columns: "none", sidebar: { size: -5, visible: true } } },
    });
    expect(read.theme).toBe("system");
    expect(read.zone).toBe("UTC");
    expect(read.density).toBe("medium");
    expect(read.layouts["a"]).toEqual(DEFAULT_LAYOUT);
  });

  it("keeps the profiles that fit, and leaves out the others", () => {
    const profile = {
      name: "Old exports",
      shape: { key: "0123456789abcdef0123456789abcdef", text: "Lines" },
      answer: { delimiter: "~", zone: "+02:00" },
    };
    const read = decodeSettings({ profiles: [profile, { ...profile, shape: { key: "x", text: "" } }, 7] });
    expect(read.profiles).toEqual([profile]);
    expect(decodeSettings(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  it("survives anything that JSON can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const read = decodeSettings(stored);
        expect(read.version).toBe(1);
        expect(["system", "light", "dark", "high-contrast"]).toContain(read.theme);
        expect(isZone(read.zone)).toBe(true);
      }),
    );
    expect(decodeSettings(undefined)).toMatchObject(DEFAULT_PREFERENCES);
  });

  it("forgets the layouts that were used least lately", () => {
    let settings = decodeSettings(undefined);
    for (let index = 0; index < 60; index += 1) settings = withLayout(settings, `case-${index}`, DEFAULT_LAYOUT);
    expect(Object.keys(settings.layouts)).toHaveLength(40);
    expect(Object.keys(settings.layouts).at(-1)).toBe("case-59");
    expect(settings.layouts["case-19"]).toBeUndefined();
  });
});

it.each([
  ["UTC", true],
  ["local", true],
  ["+02:00", true],
  ["-09:30", true],
  ["+25:00", false],
  ["Europe/Paris", true],
  ["Europe/Nowhere", false],
  ["", false],
])("isZone(%j) is %s", (zone, expected) => {
  expect(isZone(zone)).toBe(expected);
});
