import { run } from "../../workers/cli/run.ts";

const MAIN = new URL("../../workers/cli/main.ts", import.meta.url).href;

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, to be quick. */
export async function exhibit(...args: readonly string[]): Promise<Ran> {
  const out: Buffer[] = [];
  let err = "";
  const output = {
    out: async (text: string | Uint8Array) => void out.push(Buffer.from(text)),
    say: (text: string) => void (err += text),
    isTerminal: false,
  };
  const status = await run(args, MAIN, output, new AbortController().signal);
  return { status, out: Buffer.concat(out).toString("utf8"), err };
}
