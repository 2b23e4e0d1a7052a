/** Memory of a process and all that descend from it, from Linux's /proc, looked at twice a second. */
import { readFile } from "node:fs/promises";
import { processTree } from "../e2e/support/process-tree.ts";

const EVERY_MS = 500;
const KIB = 1024;

interface Memory {
  /** Sum of the resident sets: pages that several processes share are counted in each. */
  readonly resident: number;
  /** The same with shared pages divided among those that share them: what the machine really gave. */
  readonly proportional: number;
}
interface MemoryWatch {
  /** The highest of each so far, in bytes. */
  peak(): Memory;
  stop(): Promise<void>;
}

export function watchMemory(root: number): MemoryWatch {
  let peak: Memory = { resident: 0, proportional: 0 };
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over) {
      const now = await memoryOf(root);
      peak = {
        resident: Math.max(peak.resident, now.resident),
        proportional: Math.max(peak.proportional, now.proportional),
      };
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  const watching = watch();
  return {
    peak: () => peak,
    stop: () => {
      over = true;
      return watching;
    },
  };
}

async function memoryOf(root: number): Promise<Memory> {
  const tree = await processTree(root);
  const texts = await Promise.all(tree.map(({ pid }) => readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")));
  const total = (name: string): number =>
    texts.reduce((sum, text) => sum + Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * KIB, 0);
  return { resident: total("Rss"), proportional: total("Pss") };
}
