import { MessageChannel, Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { raise } from "../../workers/base/fault.ts";
import type { Fault } from "../../workers/contract.ts";
import { connect } from "../../workers/engine/rpc/connect.ts";
import { fromNodePort, fromPortMain, type PortMain } from "../../workers/engine/rpc/port.ts";
import { serve } from "../../workers/engine/rpc/serve.ts";

const GONE: Fault = { code: "engine.gone", message: "The engine is gone.", next: "Restart it." };

interface Api {
  add(a: number, b: number): Promise<number>;
  fail(): Promise<never>;
  bug(): Promise<never>;
  echo(value: unknown): Promise<unknown>;
  never(): Promise<void>;
}
const api: Api = {
  add: async (a, b) => a + b,
  fail: async () => raise("disk.full", "full", "free some", { offset: 7 }),
  bug: async () => {
    throw new RangeError("a bug");
  },
  echo: async (value) => value,
  never: () => new Promise(() => undefined),
};

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function pair(errors: unknown[] = []): { client: Api; raw: MessageChannel["port2"]; channel: MessageChannel } {
  const channel = new MessageChannel();
  serve(api, fromNodePort(channel.port1), (error) => errors.push(error));
  open.push(channel.port1);
  return { client: connect<Api>(fromNodePort(channel.port2), GONE).api, raw: channel.port2, channel };
}

function ask(port: MessageChannel["port2"], message: object): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const listener = (reply: Record<string, unknown>): void => {
      if (reply["id"] !== "x") return;
      port.off("message", listener);
      resolve(reply);
    };
    port.on("message", listener);
    port.postMessage({ id: "x", ...message });
  });
}

describe("calls over a node port", () => {
  it("answers with plain data, typed arrays and undefined included", async () => {
    const { client } = pair();
    expect(await client.add(2, 3)).toBe(5);
    expect(await client.echo({ a: Uint8Array.of(1, 2), b: undefined })).toEqual({
      a: Uint8Array.of(1, 2),
      b: undefined,
    });
  });

  it("keeps answers apart when many calls are under way", async () => {
    const { client } = pair();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => client.add(i, 1)));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  it("carries a fault as data and a bug without its stack", async () => {
    const errors: unknown[] = [];
    const { client, raw } = pair(errors);
    await expect(client.fail()).rejects.toMatchObject({ fault: { code: "disk.full", offset: 7 } });
    expect(errors).toEqual([]);
    const reply = await ask(raw, { type: "APPLY", path: ["bug"], argumentList: [] });
    expect(reply["value"]).toEqual({ isError: true, value: { name: "RangeError", message: "a bug" } });
    expect(errors).toHaveLength(1);
  });

  it("says so when an answer is no plain data", async () => {
    const channel = new MessageChannel();
    open.push(channel.port1);
    serve({ bad: () => () => 1 }, fromNodePort(channel.port1), () => undefined);
    const { api: client } = connect<{ bad(): Promise<unknown> }>(fromNodePort(channel.port2), GONE);
    await expect(client.bad()).rejects.toThrow("cannot cross");
  });
});

describe("what an attacker may send", () => {
  const attacks: readonly (readonly [string, object])[] = [
    [
      "the constructor's constructor",
      {
        type: "CONSTRUCT",
        path: ["constructor", "constructor"],
        argumentList: [{ type: "RAW", value: "return process" }],
      },
    ],
    [
      "applied",
      { type: "APPLY", path: ["constructor", "constructor"], argumentList: [{ type: "RAW", value: "return process" }] },
    ],
    ["an inherited method", { type: "APPLY", path: ["hasOwnProperty"], argumentList: [{ type: "RAW", value: "add" }] }],
    ["a prototype", { type: "APPLY", path: ["__proto__"], argumentList: [] }],
    ["a property of a method", { type: "APPLY", path: ["add", "constructor"], argumentList: [] }],
    ["reading", { type: "GET", path: ["add"] }],
    ["writing", { type: "SET", path: ["add"], value: { type: "RAW", value: 1 } }],
    ["a port of its own", { type: "ENDPOINT" }],
    ["no path", { type: "APPLY", path: [], argumentList: [] }],
    ["a path that is no list", { type: "APPLY", path: "add", argumentList: [] }],
    [
      "a proxied argument",
      { type: "APPLY", path: ["echo"], argumentList: [{ type: "HANDLER", name: "proxy", value: 1 }] },
    ],
    ["no arguments at all", { type: "APPLY", path: ["echo"] }],
    ["nonsense", { type: 7, path: [{}] }],
  ];
  it.each(attacks)("refuses %s", async (_name, message) => {
    const { raw } = pair();
    const reply = await ask(raw, message);
    expect(reply).toMatchObject({ type: "HANDLER", name: "throw", value: { value: { name: "TypeError" } } });
    expect(JSON.stringify(reply)).toContain("refused");
  });

  it("cannot replace a method for the next caller", async () => {
    const { client, raw } = pair();
    await ask(raw, { type: "SET", path: ["add"], value: { type: "RAW", value: "gone" } });
    expect(await client.add(1, 1)).toBe(2);
  });
});

describe("a port that dies", () => {
  it("rejects what is pending and what is asked afterwards", async () => {
    const { client, channel } = pair();
    const pending = client.never();
    channel.port1.close();
    await expect(pending).rejects.toMatchObject({ fault: GONE });
    await expect(client.add(1, 2)).rejects.toMatchObject({ fault: { code: "engine.gone" } });
  });

  it("notices a worker that was ended", async () => {
    const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
    const { api: client } = connect<Api>(fromNodePort(worker), GONE);
    const pending = client.add(1, 2);
    await worker.terminate();
    await expect(pending).rejects.toMatchObject({ fault: { code: "engine.gone" } });
  });
});

it("speaks through Electron's port, which delivers events", async () => {
  const listeners = new Map<string, (event: { readonly data: unknown }) => void>();
  const replies: unknown[] = [];
  let started = false;
  const port: PortMain = {
    postMessage: (message) => void replies.push(message),
    on: (event: string, listener: (event: { readonly data: unknown }) => void) => listeners.set(event, listener),
    start: () => {
      started = true;
    },
    close: () => undefined,
  };
  serve(api, fromPortMain(port), () => undefined);
  expect(started).toBe(true);
  const args = [1, 2].map((value) => ({ type: "RAW", value }));
  listeners.get("message")?.({ data: { id: "1", type: "APPLY", path: ["add"], argumentList: args } });
  await expect.poll(() => replies).toEqual([{ id: "1", type: "RAW", value: 3 }]);
});
