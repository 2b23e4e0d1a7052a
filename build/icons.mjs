/* npm run icons: draws build/icon/*.svg into the sizes and containers that the systems want; the results are committed. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawIcons } from "./package/icon.mjs";
import { runScript, say } from "./runtime/output.mjs";
import { checkout } from "./runtime.mjs";

await runScript(async () => {
  const folder = join(checkout, "build", "icon");
  const drawings = {
    large: await readFile(join(folder, "icon.svg"), "utf8"),
    small: await readFile(join(folder, "icon-small.svg"), "utf8"),
  };
  const files = await drawIcons(drawings);
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  say(`drew ${files.size} files in build/icon`);
});
