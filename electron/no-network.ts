/*
 * Takes the network away from Node in main, before anything else is loaded: `webRequest` sees only what Chromium asks
 * for. Must be the first import of main.ts.
 */
import dgram from "node:dgram";
import net from "node:net";
import { countRefusal } from "./network-counters.ts";

const deny = (): never => {
  countRefusal();
  throw Object.assign(new Error("network use refused"), { code: "ENETREFUSED" });
};

net.Socket.prototype.connect = deny;
net.Server.prototype.listen = deny;
dgram.Socket.prototype.bind = deny;
dgram.Socket.prototype.send = deny;
dgram.Socket.prototype.connect = deny;
for (const name of ["fetch", "WebSocket", "EventSource"]) Reflect.deleteProperty(globalThis, name);
