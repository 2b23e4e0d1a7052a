/** The real import thread, which dies of a bug in the midst of a file called poison. */
import { MessagePort, type Transferable } from "node:worker_threads";
import type { ToEngine } from "../../../../workers/engine/import-protocol.ts";
import "../../../../workers/engine/import-worker.ts";

/** More messages than may wait for the writer: when the last of them is sent, the member is in the case. */
const SENT = 12;

const post = MessagePort.prototype.postMessage;
let sent: number | undefined;

MessagePort.prototype.postMessage = function (message: ToEngine, transfer?: readonly Transferable[]) {
  Reflect.apply(post, this, [message, transfer]);
  if (message.kind !== "batch") return;
  if (message.message.kind === "member") sent = message.message.member.path === "poison.log" ? 0 : undefined;
  if (sent === undefined || ++sent !== SENT) return;
  queueMicrotask(() => {
    throw new RangeError("a bug in a parser");
  });
};
