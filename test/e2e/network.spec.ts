import { expect, test } from "@playwright/test";
import { answerSaveDialog } from "./support/dialogs.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { allSamples, type Folder, temporaryFolder } from "./support/files.ts";
import { isLoopback, openSockets, processTree } from "./support/process-tree.ts";
import { facet, importDropped, openRow, openTab, runQuery } from "./support/workbench.ts";

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  exhibit = await launchExhibit();
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

/** Sockets of the whole tree. Playwright drives the window over loopback: those were there before the journey. */
async function sockets(): Promise<readonly string[]> {
  const tree = await processTree(exhibit.app.process().pid ?? 0);
  const open = await openSockets(tree.map(({ pid }) => pid));
  return open.map(({ protocol, local, remote, state }) => `${protocol} ${local} ${remote} ${state}`);
}

/** Import, query, detail and export, as a person would do them. */
async function wholeJourney(target: string): Promise<void> {
  const { page, app } = exhibit;
  await importDropped(page, allSamples);
  await facet(page, /^success\b/).click();
  await runQuery(page, "actor:alice");
  await openRow(page, 0);
  for (const tab of ["Raw", "Interpreted", "Records"] as const) await openTab(page, tab);
  await answerSaveDialog(app, target);
  await page.keyboard.press("Control+e");
  await page.getByRole("button", { name: /^Export [\d\s]+ entries/ }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

test("nothing listens and nothing is sent during a whole import, query and export", async () => {
  test.skip(process.platform !== "linux", "reads /proc");
  const { page } = exhibit;
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  const before = await sockets();
  const seen = new Set<string>();
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over) {
      for (const socket of await sockets()) seen.add(socket);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const watching = watch();
  try {
    await wholeJourney(folder.in("out.csv"));
  } finally {
    over = true;
    await watching;
  }

  expect([...seen].filter((socket) => !before.includes(socket))).toEqual([]);
  const addresses = [...seen].flatMap((socket) => socket.split(" ").slice(1, 3));
  expect(addresses.filter((address) => !isLoopback(address) && !/^0+:0000$/.test(address))).toEqual([]);
  expect(requested.filter((url) => !/^(?:app:\/\/exhibit|blob:app:\/\/exhibit|data:)/.test(url))).toEqual([]);
  expect(await page.evaluate(() => window.exhibit.networkCounters())).toMatchObject({ bytesSent: 0, connections: 0 });
  await page.getByRole("button", { name: "offline" }).click();
  await expect(page.getByText("Sent since start: 0 bytes, 0 connections.")).toBeVisible();
});
