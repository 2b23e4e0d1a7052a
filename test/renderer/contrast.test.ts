import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../renderer/app/tokens.css"), "utf8");

function tokensOf(theme: string): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] as string, found[2] as string]),
  );
}

/** WCAG 2.x relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "chrome", "raised", "hover", "press", "accent-soft"];
/** The worst of each token over all grounds and its own soft one, as the design states it. */
const STATED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  dark: {
    t1: 10.9,
    t2: 7,
    t3: 4.8,
    accent: 5.6,
    yours: 7.4,
    care: 8,
    fail: 5.3,
    crit: 5.2,
    ok: 8.1,
    edge: 3.3,
    "accent-line": 3.9,
  },
  light: {
    t1: 13.8,
    t2: 7.6,
    t3: 4.9,
    accent: 4.9,
    yours: 7.8,
    care: 4.5,
    fail: 5.6,
    crit: 6.3,
    ok: 6.5,
    edge: 3,
    "accent-line": 3.2,
  },
  "high-contrast": {
    t1: 12.6,
    t2: 11.1,
    t3: 8.7,
    accent: 7,
    yours: 8.5,
    care: 8.8,
    fail: 6.1,
    crit: 5.9,
    ok: 9.1,
    edge: 12.6,
    "accent-line": 7,
  },
};
const WHITE_ON_FILL: Readonly<Record<string, number>> = { dark: 5.2, light: 5.8, "high-contrast": 6.6 };

describe.each(Object.keys(STATED))("%s", (theme) => {
  const tokens = tokensOf(theme);
  const colour = (name: string): string => {
    const hex = tokens.get(name);
    if (hex === undefined) throw new Error(`--${name} is missing from ${theme}`);
    return hex;
  };
  it.each(Object.entries(STATED[theme] ?? {}))("%s keeps its least contrast", (name, stated) => {
    const grounds = [...GROUNDS, ...[`${name}-soft`].filter((ground) => tokens.has(ground))];
    const least = Math.min(...grounds.map((ground) => contrast(colour(name), colour(ground))));
    // The table is rounded to a tenth.
    expect(least).toBeGreaterThanOrEqual(stated - 0.06);
    expect(least).toBeGreaterThanOrEqual(["edge", "accent-line"].includes(name) ? 2.95 : 4.45);
  });
  it("carries white text on fills and t1 on marks", () => {
    const white = Math.min(contrast("#ffffff", colour("accent-fill")), contrast("#ffffff", colour("crit-fill")));
    expect(white).toBeGreaterThanOrEqual((WHITE_ON_FILL[theme] ?? 0) - 0.06);
    expect(contrast(colour("t1"), colour("hit"))).toBeGreaterThanOrEqual(6.5);
    expect(contrast(colour("t1"), colour("byte"))).toBeGreaterThanOrEqual(7.2);
  });
  it("shows every lane on canvas and ghost", () => {
    for (let lane = 0; lane < 8; lane += 1) {
      for (const ground of ["canvas", "ghost"])
        expect(contrast(colour(`lane-${lane}`), colour(ground))).toBeGreaterThanOrEqual(2.95);
    }
  });
});

it("has the same tokens in every theme", () => {
  const names = Object.keys(STATED).map((theme) => [...tokensOf(theme).keys()].toSorted());
  expect(names[1]).toEqual(names[0]);
  expect(names[2]).toEqual(names[0]);
});
