import type { NetworkCounters } from "./bridge.ts";

const counters = { requestsRefused: 0, bytesSent: 0, connections: 0 };

/** Something asked for the network and was turned away. */
export function countRefusal(): void {
  counters.requestsRefused += 1;
}

/** Something passed every guard and was sent: this must never be called, and a test says so. */
export function countSent(bytes: number): void {
  counters.connections += 1;
  counters.bytesSent += bytes;
}

export function networkCounters(): NetworkCounters {
  return { ...counters };
}
