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
    testTimeout: 20_000,
    hookTimeout: 30_000,
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
