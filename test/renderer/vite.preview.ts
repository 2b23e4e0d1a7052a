import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `npx vite build --config test/renderer/vite.preview.ts` leaves a page that any static server shows. */
export default defineConfig({
  root: at("."),
  base: "./",
  plugins: [react()],
  resolve: { alias: [{ find: /^@\//, replacement: at("../../renderer/") }] },
  server: { port: 5299, strictPort: true, host: "localhost", fs: { allow: [at("../..")] } },
  build: {
    outDir: at("../../out/preview"),
    emptyOutDir: true,
    target: "chrome130",
    rolldownOptions: { input: at("preview.html") },
  },
});
