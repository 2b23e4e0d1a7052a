/**
 * Takes the network away from this thread: the first import of the engine, the command line and every worker.
 * Electron's request filter does not see what Node does by itself, so Node is refused here.
 */
import dgram from "node:dgram";
import net from "node:net";

function refuse(): never {
  throw Object.assign(new Error("network use refused"), { code: "ENETREFUSED" });
}

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.bind = refuse;
dgram.Socket.prototype.send = refuse;
dgram.Socket.prototype.connect = refuse;
for (const name of ["fetch", "WebSocket", "EventSource"]) Reflect.deleteProperty(globalThis, name);
