import { useEffect, useState } from "react";
import { useServices } from "../../app/services.tsx";
import type { NetworkCounters } from "../../engine/bridge.ts";
import { countText, sizeText } from "../../ui/count.tsx";

const EVERY_MS = 2000;

/** What main counted since the start, asked again while it is on screen. */
function useNetworkCounters(): NetworkCounters | undefined {
  const { bridge } = useServices();
  const [counters, setCounters] = useState<NetworkCounters>();
  useEffect(() => {
    let live = true;
    const ask = (): void => {
      bridge.networkCounters().then(
        (answer) => live && setCounters(answer),
        (error: unknown) => console.warn("network counters:", error),
      );
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    return () => {
      live = false;
      clearInterval(timer);
    };
  }, [bridge]);
  return counters;
}

/** "Sent since start: 0 bytes, 0 connections." with what was refused. */
function networkSentence(counters: NetworkCounters | undefined): string {
  if (counters === undefined) return "Counting";
  const { bytesSent, connections, requestsRefused } = counters;
  const sent = `Sent since start: ${bytesSent === 0 ? "0 bytes" : sizeText(bytesSent)}, ${countText(connections)} connections.`;
  return requestsRefused === 0 ? sent : `${sent} ${countText(requestsRefused)} requests refused.`;
}

export function NetworkProof() {
  const counters = useNetworkCounters();
  return <p>Every request is cancelled. {networkSentence(counters)}</p>;
}
