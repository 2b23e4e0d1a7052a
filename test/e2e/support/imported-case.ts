import { importByCli } from "./cli.ts";
import { type Exhibit, launchExhibit } from "./exhibit.ts";
import type { Folder } from "./files.ts";
import { importEnded, setWindowSize } from "./workbench.ts";

/** Exhibit at 1440 × 900 with a case of these files of the folder, which the command line has imported. */
export async function openImported(folder: Folder, ...names: readonly string[]): Promise<Exhibit> {
  const file = folder.in("case.exhibit");
  await importByCli(file, names.map(folder.in));
  const exhibit = await launchExhibit({ args: [file] });
  await setWindowSize(exhibit, 1440, 900);
  await importEnded(exhibit.page);
  return exhibit;
}
