import { join } from "node:path";
import { launchExhibit } from "../e2e/support/exhibit.ts";

/** Opens the window and keeps a picture of what a first start shows. */
const folder = process.env["EXHIBIT_SCREENSHOTS"] ?? "screenshots";
const exhibit = await launchExhibit();
await exhibit.page.waitForTimeout(1000);
const picture = join(folder, "first-run.png");
await exhibit.page.screenshot({ path: picture });
await exhibit.close();
console.log(picture);
