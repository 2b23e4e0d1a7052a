import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const renderer = fileURLToPath(new URL("../renderer/", import.meta.url));

export default defineConfig({
  root,
  test: {
    // Two cores are the least machine: more forks than that only add start-up time.
    pool: "forks",
    maxWorkers: 2,
    // Threads that run TypeScript as it stands strip its types by WebAssembly, and V8 13.6 can lose track of the compiled
    // wrappers of its imports when many such threads come and go ("Check failed: jit_page.has_value()"): none are compiled.
    execArgv: ["--wasm-wrapper-tiering-budget=2000000000"],
    // A test that hangs is ended; how fast something is a test says itself. Threads of the engine take seconds to start
    // where every core has several things to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "workers",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/renderer/**", "test/e2e/**"],
        },
      },
      {
        extends: true,
        resolve: { alias: [{ find: /^@\//, replacement: renderer }] },
        test: {
          name: "renderer",
          environment: "happy-dom",
          include: ["test/renderer/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
