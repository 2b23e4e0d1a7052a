import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { answerSaveDialog } from "./support/dialogs.ts";
import { samples } from "./support/files.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { chooseZone, detail, grid, openRow, openTab } from "./support/workbench.ts";

let sample: SampleCase;
test.beforeAll(async () => {
  sample = await openSampleCase([samples.audit]);
});
test.afterAll(() => sample.close());

const ZONES = [
  { zone: "UTC", offset: "+00:00", clock: "00:00:01.042", date: "2026-03-17", bar: "17 Mar 2026, 00:00:00" },
  {
    zone: "Australia/Adelaide",
    offset: "+10:30",
    clock: "10:30:01.042",
    date: "2026-03-17",
    bar: "17 Mar 2026, 10:30:00",
  },
  { zone: "-03:30", offset: "-03:30", clock: "20:30:01.042", date: "2026-03-16", bar: "16 Mar 2026, 20:30:00" },
];
for (const { zone, offset, clock, date, bar } of ZONES) {
  test(`${zone} holds for grid, time line, detail, range and export alike`, async () => {
    const { page, app } = sample.exhibit;
    await chooseZone(page, zone);
    await expect(page.getByRole("contentinfo")).toContainText(`UTC${offset}`);
    await expect(page.locator("[role=columnheader][data-column=time]")).toContainText(`UTC${offset}`);
    const first = grid(page).locator("[data-row='0'] [data-column=time]");
    await expect(first).toContainText(`${date.slice(5)} ${clock}`);
    await expect(page.getByRole("slider", { name: /^Time line/ })).toHaveAttribute("aria-valuetext", new RegExp(bar));
    await openRow(page, 0);
    await openTab(page, "Fields");
    await expect(detail(page).getByRole("option", { name: /^time / })).toContainText(new RegExp(`${date}\\s${clock}`));
    await expect(detail(page).getByRole("option", { name: /^time / })).toContainText(offset);
    const target = sample.folder.in(`zone ${offset.replace(":", "")}.csv`);
    await answerSaveDialog(app, target);
    await page.keyboard.press("Control+e");
    const dialog = page.getByRole("dialog", { name: "Export" });
    await expect(dialog.getByText(`UTC${offset}`)).toBeVisible();
    await dialog.getByRole("button", { name: /^Export [\d\s]+ entries/ }).click();
    await dialog.getByRole("button", { name: "Done" }).click();
    const line = (await readFile(target, "utf8")).split("\n")[1] ?? "";
    const [local, utc] = line.split(",");
    expect(local?.replace(/Z$/, "+00:00")).toBe(`${date}T${clock}${offset}`);
    expect(utc).toBe("2026-03-17T00:00:01.042000Z");
  });
}
