import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Count, countText, shareText, sizeText } from "../../renderer/ui/count.tsx";
import { splitPath } from "../../renderer/ui/path-text.tsx";

afterEach(cleanup);

describe("figures", () => {
  it("are copied without the spaces that are seen", () => {
    const { container } = render(<Count value={1_204_882} />);
    expect(container.textContent).toBe("1204882");
    expect(container.querySelectorAll(".count-group")).toHaveLength(2);
    expect(countText(1_204_882)).toBe("1\u202f204\u202f882");
    expect([0, 7, 999, 1000, -12_431].map(countText)).toEqual(["0", "7", "999", "1\u202f000", "-12\u202f431"]);
  });
  it("never round a share up to all", () => {
    expect(shareText(99_996, 100_000)).toBe("99.99");
    expect(shareText(1_182_863, 1_182_864)).toBe("99.99");
    expect(shareText(5, 5)).toBe("100.00");
    expect(shareText(0, 0)).toBe("100.00");
    expect(shareText(1, 3)).toBe("33.33");
  });
  it("round sizes only", () => {
    expect([0, 999, 1000, 731_402_118, 1_080_995_875].map(sizeText)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "731 MB",
      "1.1 GB",
    ]);
  });
});

it.each([
  ["/usr/bin/cat", "/usr/bin/", "cat"],
  ["C:\\Windows\\reg.exe", "C:\\Windows\\", "reg.exe"],
  ["/srv/", "", "/srv/"],
  ["inet 203.0.113.77:443", "", "inet 203.0.113.77:443"],
  ["retention 365/30 days", "", "retention 365/30 days"],
])("splitPath(%j)", (text, directory, name) => {
  expect(splitPath(text)).toEqual({ directory, name });
});
