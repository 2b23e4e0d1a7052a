import { afterEach, describe, expect, it, vi } from "vitest";
import { EngineGoneError, connectEngine } from "../../renderer/engine/client.ts";

/** Longer than a busy machine takes. */
const PATIENT = { timeout: 20_000 };

/** A window that can be posted to, with real message ports. */
function fakeWindow() {
  const target = new EventTarget() as unknown as Window;
  const bring = (port: MessagePort, generation: number, source: unknown = target): void => {
    const event = Object.assign(new Event("message"), {
      data: { kind: "engine-port", generation },
      ports: [port],
      source,
    });
    target.dispatchEvent(event);
  };
  return { target, bring };
}

/** Answers Comlink's calls by hand: what the engine's own endpoint does. */
function answering(port: MessagePort, answer: (name: string) => unknown): void {
  port.onmessage = ({ data }: MessageEvent<{ id: string; path: string[] }>) => {
    const value = answer(data.path[0] ?? "");
    if (value !== undefined) port.postMessage({ id: data.id, type: "RAW", value });
  };
}

const open: { dispose(): void }[] = [];
afterEach(() => open.splice(0).forEach((connection) => connection.dispose()));

describe("the engine connection", () => {
  const connected = () => {
    const { target, bring } = fakeWindow();
    const connection = connectEngine(target);
    open.push(connection);
    return { connection, bring };
  };

  it("holds calls until the port comes, then answers them", async () => {
    const { connection, bring } = connected();
    const early = connection.api.watchCase(-1);
    expect(connection.state()).toBe("starting");
    const { port1, port2 } = new MessageChannel();
    answering(port2, (name) => `answer of ${name}`);
    bring(port1, 1);
    expect(await early).toBe("answer of watchCase");
    expect(connection.generation()).toBe(1);
    port2.close();
  });

  it("rejects what is under way when the engine is lost, and works again on the next port", async () => {
    const { connection, bring } = connected();
    const first = new MessageChannel();
    answering(first.port2, () => undefined);
    bring(first.port1, 1);
    const pending = connection.api.fields();
    await new Promise((done) => setTimeout(done, 5));
    connection.lost();
    await expect(pending).rejects.toBeInstanceOf(EngineGoneError);
    expect(connection.state()).toBe("gone");
    await expect(connection.api.fields()).rejects.toBeInstanceOf(EngineGoneError);
    const second = new MessageChannel();
    answering(second.port2, () => "again");
    bring(second.port1, 2);
    expect(await connection.api.fields()).toBe("again");
    first.port2.close();
    second.port2.close();
  });

  it("takes a port from nobody but its own window", () => {
    const { connection, bring } = connected();
    const { port1, port2 } = new MessageChannel();
    bring(port1, 1, { other: "window" });
    expect(connection.state()).toBe("starting");
    port2.close();
  });

  it("restores what was open in another engine before any other call reaches it", async () => {
    const { connection, bring } = connected();
    const [first, second] = [new MessageChannel(), new MessageChannel()];
    const said: string[] = [];
    let go = (): void => undefined;
    connection.onReturn(async (api) => {
      await api.openCase("case" as never);
      await new Promise<void>((resolve) => (go = resolve));
    });
    answering(first.port2, () => undefined);
    bring(first.port1, 1);
    expect(connection.state()).toBe("ready");
    connection.lost();
    answering(second.port2, (name) => {
      said.push(name);
      return { ok: true, value: name };
    });
    bring(second.port1, 2);
    expect(connection.state()).toBe("returning");
    const waiting = connection.api.fields();
    await vi.waitFor(() => expect(said).toEqual(["openCase"]), PATIENT);
    expect(connection.state()).toBe("returning");
    go();
    expect(await waiting).toEqual({ ok: true, value: "fields" });
    expect(said).toEqual(["openCase", "fields"]);
    expect(connection.state()).toBe("ready");
  });

  it("rejects what waited when the other engine ends as well, and restores the next one", async () => {
    const { connection, bring } = connected();
    const restored: number[] = [];
    connection.onReturn(async (api) => {
      restored.push(connection.generation());
      await api.openCase("case" as never);
    });
    const ports = [new MessageChannel(), new MessageChannel(), new MessageChannel()] as const;
    bring(ports[0].port1, 1);
    connection.lost();
    bring(ports[1].port1, 2);
    const waiting = connection.api.fields();
    connection.lost();
    await expect(waiting).rejects.toBeInstanceOf(EngineGoneError);
    answering(ports[2].port2, (name) => ({ ok: true, value: name }));
    bring(ports[2].port1, 3);
    await vi.waitFor(() => expect(connection.state()).toBe("ready"), PATIENT);
    expect(restored).toEqual([2, 3]);
  });
});
