import type { Page } from "@playwright/test";

/**
 * Drops real files and folders on the window, as a file manager does. A `DataTransfer` made by a script would carry no
 * path, and so would not test what a drop really brings.
 */
export async function dropFiles(page: Page, paths: readonly string[], at?: { x: number; y: number }): Promise<void> {
  const place = at ?? (await middleOf(page));
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      ...place,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => ({ x: Math.floor(innerWidth / 2), y: Math.floor(innerHeight / 2) }));
}
