/** The thread that answers questions about the open case. */
import "../base/no-network.ts";
import { parentPort, workerData } from "node:worker_threads";
import type { QueryThreadData } from "./query-protocol.ts";
import { QueryService, queryApi } from "./query-service.ts";
import { fromNodePort } from "./rpc/port.ts";
import { serve } from "./rpc/serve.ts";

if (parentPort === null) throw new Error("the query worker must be started by the engine");
const { caseFile } = workerData as QueryThreadData;

let opened: QueryService | undefined;
const service = (): QueryService => (opened ??= new QueryService(caseFile));

serve(queryApi(service), fromNodePort(parentPort), (error) => {
  process.stderr.write(`query: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});
