import { cleanup, render } from "@testing-library/react";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { EvidenceText } from "../../renderer/ui/evidence-text.tsx";
import { shownText, textRuns } from "../../renderer/ui/text-runs.ts";

afterEach(cleanup);

const tokens = (text: string): readonly string[] =>
  textRuns(text).flatMap((run) => (run.kind === "token" ? [run.name] : []));

describe("textRuns", () => {
  it.each([
    ["a\u0000b", ["NUL"]],
    ["line\r\n", ["CR", "LF"]],
    ["\u001b[31m", ["ESC"]],
    ["gs\u001d\u007f", ["GS", "DEL"]],
    ["\u0085", ["NEL"]],
    ["report\u202efdp.exe", ["U+202E"]],
    ["\u2066isolated\u2069", ["U+2066", "U+2069"]],
    ["zero\u200bwidth\u200d", ["U+200B", "U+200D"]],
    ["\ufeffbom", ["U+FEFF"]],
    ["soft\u00adhyphen", ["U+00AD"]],
    ["emoji\u2764\ufe0f", ["U+FE0F"]],
    ["tag\u{e0041}", ["U+E0041"]],
    ["filler\u3164", ["U+3164"]],
    ["\ud800lone", ["U+D800"]],
  ])("%j names %j", (text, names) => {
    expect(tokens(text)).toEqual(names);
  });

  it("leaves ordinary text of any script as one run", () => {
    for (const text of ["plain", "naïve", "مستندات/تقرير", "日本語", "🙂 ok", "n\u0303"]) {
      expect(textRuns(text)).toEqual([{ kind: "text", text }]);
    }
  });

  it("clamps a flood of combining marks", () => {
    const flood = `a${"\u0301".repeat(500)}b`;
    const shown = textRuns(flood)
      .map((run) => (run.kind === "text" ? run.text : ""))
      .join("");
    expect(shown.length).toBeLessThan(10);
    expect(shown).toMatch(/^a\u0301+\ufffdb$/);
  });

  it("never shows a control or bidi character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const run of textRuns(text)) {
          if (run.kind === "text") expect(run.text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u);
        }
      }),
    );
  });
});

describe("shownText", () => {
  it("names what cannot be seen, and cuts between characters", () => {
    expect(shownText("plain")).toBe("plain");
    expect(shownText("a\u202eb\n")).toBe("a‹U+202E›b‹LF›");
    expect(shownText("🙂".repeat(10), 5)).toBe("🙂🙂 …");
  });
});

describe("EvidenceText", () => {
  it("makes text nodes only", () => {
    const { container } = render(
      <EvidenceText text={'<img src=x onerror="alert(1)"> <b>bold</b> & http://example.org'} />,
    );
    expect(container.querySelector("img, b, a")).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror="alert(1)"> <b>bold</b> & http://example.org');
  });

  it("boxes tokens with their full name", () => {
    const { container } = render(<EvidenceText text={"a\u202eb"} />);
    const token = container.querySelector(".token");
    expect(token?.textContent).toBe("U+202E");
    expect(token?.getAttribute("title")).toBe("U+202E right-to-left override");
    expect(container.textContent).not.toContain("\u202e");
  });

  it("says how much it leaves out and keeps surrogate pairs whole", () => {
    const { container } = render(<EvidenceText text={"🙂".repeat(10)} limit={5} />);
    expect(container.textContent).toBe("🙂🙂 … 16 more");
  });
});
