import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { licencePlugin } from "./package/licence-plugin.mjs";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const mainEntries = {
  index: at("electron/main.ts"),
  engine: at("workers/engine/main.ts"),
  "import-worker": at("workers/engine/import-worker.ts"),
  "query-worker": at("workers/engine/query-worker.ts"),
  "export-worker": at("workers/engine/export-worker.ts"),
  cli: at("workers/cli/main.ts"),
};

const present = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

// The oldest runtime we start on is Electron 33: Node 20.18 and Chromium 130.
export default defineConfig({
  main: {
    build: {
      outDir: at("out/main"),
      sourcemap: true,
      target: "node20.18",
      // Small and pure ones are bundled; what carries a binary or loads files of its own stays a package.
      externalizeDeps: { exclude: ["comlink", "valibot"] },
      rolldownOptions: {
        input: present(mainEntries),
        // Chunks lie beside the entries, so that `new URL("./import-worker.js", import.meta.url)` holds in both.
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "shared-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: at("out/preload"),
      sourcemap: true,
      target: "node20.18",
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at("electron/preload.ts") },
        // A sandboxed preload must be CommonJS.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: at("renderer"),
    base: "./",
    plugins: [react(), licencePlugin()],
    resolve: { alias: [{ find: /^@\//, replacement: at("renderer/") }] },
    server: { port: 5199, strictPort: true, host: "localhost" },
    build: {
      outDir: at("out/renderer"),
      sourcemap: true,
      minify: "oxc",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: "chrome130",
      rolldownOptions: { input: at("renderer/index.html") },
    },
  },
});
