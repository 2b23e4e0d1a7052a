import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects what is no longer held, so that a test of memory counts only what is. */
export function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
