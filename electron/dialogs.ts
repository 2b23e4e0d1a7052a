import { basename, extname, join } from "node:path";
import { app, type BrowserWindow, dialog } from "electron";
import type { Grant } from "./bridge.ts";
import { caseFolder } from "./case-places.ts";
import { caseExtension, type Grants } from "./grants.ts";
import { rememberCase } from "./recent-cases.ts";

const caseFilter = { name: "Exhibit case", extensions: [caseExtension.slice(1)] };

export async function chooseEvidence(
  window: BrowserWindow,
  grants: Grants,
  kind: "files" | "folder",
): Promise<readonly Grant[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: kind === "files" ? "Add evidence" : "Add a folder of evidence",
    buttonLabel: "Add",
    properties: kind === "files" ? ["openFile", "multiSelections"] : ["openDirectory"],
  });
  return canceled ? [] : grantExisting(grants, filePaths);
}

export async function choosePasswordFile(window: BrowserWindow, grants: Grants): Promise<Grant | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Use a password file",
    buttonLabel: "Use",
    filters: [
      { name: "Tables and text", extensions: ["csv", "txt"] },
      { name: "All files", extensions: ["*"] },
    ],
    properties: ["openFile"],
  });
  return canceled ? undefined : (await grantExisting(grants, filePaths))[0];
}

/** Grants what lies at these paths, in their order; what is not there is left out. */
export async function grantExisting(grants: Grants, paths: readonly string[]): Promise<readonly Grant[]> {
  const found = await Promise.all(paths.filter((path) => path !== "").map((path) => grants.addExisting(path)));
  return found.filter((grant) => grant !== undefined);
}

export async function chooseCaseToOpen(window: BrowserWindow, grants: Grants): Promise<Grant | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Open a case",
    defaultPath: await caseFolder(),
    filters: [caseFilter],
    properties: ["openFile"],
  });
  const [path] = filePaths;
  return canceled || path === undefined ? undefined : grantCase(grants, path);
}

export async function chooseCaseToCreate(
  window: BrowserWindow,
  grants: Grants,
  suggestedName: string,
): Promise<Grant | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: "Create a case",
    buttonLabel: "Create",
    defaultPath: join(await caseFolder(), withExtension(plainName(suggestedName, "Case"))),
    filters: [caseFilter],
  });
  return canceled || filePath === "" ? undefined : grantCase(grants, withExtension(filePath));
}

export async function chooseExportTarget(
  window: BrowserWindow,
  grants: Grants,
  suggestedName: string,
): Promise<Grant | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: "Export to",
    buttonLabel: "Export",
    defaultPath: join(app.getPath("documents"), plainName(suggestedName, "export.csv")),
  });
  return canceled || filePath === "" ? undefined : grants.addTarget(filePath);
}

/** The files have fixed names: what is chosen to save is where the second of them goes, the first beside it. */
export async function chooseMapping(
  window: BrowserWindow,
  grants: Grants,
  kind: "open" | "save",
): Promise<Grant | undefined> {
  if (kind === "open") {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: "Open the folder with eventproperties.csv and eventmapping.csv",
      buttonLabel: "Open",
      properties: ["openDirectory"],
    });
    return canceled ? undefined : (await grantExisting(grants, filePaths))[0];
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: "Save eventmapping.csv, with eventproperties.csv beside it",
    buttonLabel: "Save both",
    defaultPath: join(app.getPath("documents"), "eventmapping.csv"),
    filters: [{ name: "Definition files", extensions: ["csv"] }],
  });
  return canceled || filePath === "" ? undefined : grants.addTarget(filePath);
}

/** Grants a case and puts it at the head of the recent ones. */
export async function grantCase(grants: Grants, path: string): Promise<Grant> {
  await rememberCase(path);
  return grants.addCase(path);
}

/** A name suggested by the page may come from evidence: only its last part is used, without odd characters. */
function plainName(suggested: string, otherwise: string): string {
  const name = basename(suggested.replaceAll("\\", "/"))
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "_")
    .trim();
  return name === "" || name.startsWith(".") ? otherwise : name.slice(0, 200);
}

function withExtension(path: string): string {
  return extname(path).toLowerCase() === caseExtension ? path : `${path}${caseExtension}`;
}
