/** What an import thread runs; the thread's entry and its port belong to the engine. */
export { type ImportProgress, type ImportSourceRequest, importSource as runImport } from "./pipeline.ts";
