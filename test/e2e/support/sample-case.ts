import { type CliImport, importByCli } from "./cli.ts";
import { type Exhibit, launchExhibit } from "./exhibit.ts";
import { allSamples, type Folder, temporaryFolder } from "./files.ts";
import { importEnded, setWindowSize } from "./workbench.ts";

export interface SampleCase {
  readonly exhibit: Exhibit;
  readonly folder: Folder;
  /** The case file that the window shows. */
  readonly file: string;
  /** What the command line said when it made the case. */
  readonly imported: CliImport;
  close(): Promise<void>;
}

/** The window at 1440 × 900 on a case of the bundled samples, which the command line has just made. */
export async function openSampleCase(paths: readonly string[] = allSamples): Promise<SampleCase> {
  const folder = await temporaryFolder();
  const file = folder.in("samples.exhibit");
  const imported = await importByCli(file, paths);
  const exhibit = await launchExhibit({ args: [file] });
  await setWindowSize(exhibit, 1440, 900);
  await importEnded(exhibit.page);
  const close = async (): Promise<void> => {
    await exhibit.close();
    await folder.remove();
  };
  return { exhibit, folder, file, imported, close };
}
