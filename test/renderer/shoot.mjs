/*
 * Screenshots of the preview page, for holding a screen against its picture, and what axe finds in each:
 *   node test/renderer/shoot.mjs FOLDER NAME:ADDRESS[@WIDTHxHEIGHT] …
 * for example  node test/renderer/shoot.mjs out/shots "main-light:theme=light&entry=12@1024x640"
 */
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "vite";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
// Its own for each run: two may go on at once.
const folder = fileURLToPath(new URL(`../../out/preview-${process.pid}/`, import.meta.url));
const axe = readFileSync(fileURLToPath(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
const [target = "out/shots", ...shots] = process.argv.slice(2);

await build({
  configFile: fileURLToPath(new URL("vite.preview.ts", import.meta.url)),
  logLevel: "error",
  build: { outDir: folder },
});
mkdirSync(target, { recursive: true });
const server = createServer((request, response) => {
  const path = join(folder, normalize(new URL(request.url ?? "/", "http://localhost").pathname));
  if (!path.startsWith(folder) || !existsSync(path)) return response.writeHead(404).end();
  response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
  createReadStream(path).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({
  executablePath: process.env.EXHIBIT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const shot of shots) await take(shot);
await browser.close();
server.close();
rmSync(folder, { recursive: true });

async function take(shot) {
  const [, name, query, width = "1440", height = "900"] = /^([^:]+):([^@]*)(?:@(\d+)x(\d+))?$/.exec(shot) ?? [];
  const page = await browser.newPage({ viewport: { width: Number(width), height: Number(height) } });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") console.error(`${name}: ${message.text()}`);
  });
  page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/preview.html?${query}`);
  await page.waitForTimeout(900);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`,
    );
  });
  for (const violation of violations) console.error(`${name}: axe: ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
  await page.screenshot({ path: join(target, `${name}.png`) });
  await page.close();
}
