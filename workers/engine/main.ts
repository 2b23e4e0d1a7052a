/** The engine as a process of its own: Electron's main forks this file and hands it ports and grants. */
import "../base/no-network.ts";
import type { GrantId } from "../contract.ts";
import { engineApi } from "./api.ts";
import { Engine } from "./engine.ts";
import type { Access } from "./grants.ts";
import { fromPortMain, type PortMain } from "./rpc/port.ts";
import { serve } from "./rpc/serve.ts";
import { threadFolder } from "./thread.ts";

/** What `process` has in a utility process; Electron's own types stay out of `workers`. */
interface ParentPort {
  on(
    event: "message",
    listener: (event: { readonly data: unknown; readonly ports: readonly PortMain[] }) => void,
  ): void;
}

type FromMain =
  | { readonly kind: "connect" }
  | { readonly kind: "quit" }
  | { readonly kind: "grant"; readonly grant: GrantId; readonly path: string; readonly access: Access };

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error("the engine must be started by the application");

const engine = new Engine({ threads: threadFolder(import.meta.url), onBug: reportBug });
const api = engineApi(engine);

parentPort.on("message", ({ data, ports }) => {
  // Main is trusted: it is our own code and shows nothing of the evidence.
  const message = data as FromMain;
  const port = ports[0];
  if (message.kind === "quit") quit();
  else if (message.kind === "grant") engine.grants.set(message.grant, message.path, message.access);
  else if (port !== undefined) serve(api, fromPortMain(port), reportBug);
});

/** Leaves the case as one whole file; a job that is under way is cancelled and says so. */
function quit(): void {
  engine
    .dispose()
    .catch(reportBug)
    .finally(() => process.exit(0));
}

function reportBug(error: unknown): void {
  process.stderr.write(`engine: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
