import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { listeningSockets, processTree } from "./support/process-tree.ts";
import { launchOptions } from "./support/runtime.ts";
import { keepScreenshot } from "./support/screenshots.ts";

let exhibit: Exhibit;
test.beforeAll(async () => {
  exhibit = await launchExhibit();
});
test.afterAll(() => exhibit.close());

test("opens one window on its own page, without a complaint", async () => {
  await expect(exhibit.page).toHaveTitle(/Exhibit/);
  await expect(exhibit.page.locator("#root")).not.toBeEmpty();
  expect(exhibit.page.url()).toBe("app://exhibit/index.html");
  expect(exhibit.app.windows()).toHaveLength(1);
  await keepScreenshot(exhibit.page, "shell");
  expect(exhibit.complaints).toEqual([]);
});

test("the page is sandboxed, isolated and without Node", async () => {
  const found = await exhibit.page.evaluate(() => ({
    require: "require" in globalThis,
    process: "process" in globalThis,
    isolated: crossOriginIsolated,
    bridge: Object.keys(window.exhibit).toSorted(),
  }));
  expect(found).toMatchObject({ require: false, process: false, isolated: true });
  expect(found.bridge).not.toContain("ipcRenderer");
  expect(found.bridge).toContain("grantDropped");
});

test("no request reaches a server, whichever way the page asks", async () => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.end("reached");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const before = await exhibit.page.evaluate(() => window.exhibit.networkCounters());
  const outcome = await exhibit.page.evaluate(tryNetwork, port);
  await new Promise((resolve) => server.close(resolve));
  const after = await exhibit.page.evaluate(() => window.exhibit.networkCounters());
  expect(outcome).toEqual({ fetchLocal: false, fetchHttps: false, image: false, socket: false, eventSource: false });
  expect(hits).toBe(0);
  expect(after).toMatchObject({ bytesSent: 0, connections: 0 });
  expect(after.requestsRefused).toBeGreaterThanOrEqual(before.requestsRefused);
});

async function tryNetwork(port: number): Promise<Record<string, boolean>> {
  const reaches = (url: string): Promise<boolean> =>
    fetch(url)
      .then(() => true)
      .catch(() => false);
  const settles = (target: EventTarget, good: string): Promise<boolean> =>
    new Promise((resolve) => {
      target.addEventListener(good, () => resolve(true));
      target.addEventListener("error", () => resolve(false));
      setTimeout(() => resolve(false), 3000);
    });
  const opens = (make: () => EventTarget, good: string): Promise<boolean> => {
    try {
      return settles(make(), good);
    } catch {
      return Promise.resolve(false);
    }
  };
  const image = new Image();
  image.src = `http://127.0.0.1:${port}/image.png`;
  navigator.sendBeacon(`http://127.0.0.1:${port}/beacon`, "x");
  return {
    fetchLocal: await reaches(`http://127.0.0.1:${port}/`),
    fetchHttps: await reaches("https://example.com/"),
    image: await settles(image, "load"),
    socket: await opens(() => new WebSocket(`ws://127.0.0.1:${port}/`), "open"),
    eventSource: await opens(() => new EventSource(`http://127.0.0.1:${port}/`), "open"),
  };
}

test("the policy refuses inline scripts and eval", async () => {
  const ran = await exhibit.page.evaluate(() => {
    // Each way may be refused by doing nothing or, by Trusted Types, with an error.
    const attempt = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    };
    attempt(() => {
      const script = document.createElement("script");
      script.append("globalThis.inlineRan = true");
      document.head.append(script);
      script.remove();
    });
    attempt(() => {
      const button = document.createElement("button");
      button.setAttribute("onclick", "globalThis.handlerRan = true");
      document.body.append(button);
      button.click();
      button.remove();
    });
    attempt(() => {
      const holder = document.createElement("div");
      Reflect.set(holder, "innerHTML", "<img src=x onerror='globalThis.handlerRan = true'>");
    });
    return { inline: "inlineRan" in globalThis, handler: "handlerRan" in globalThis };
  });
  expect(ran).toEqual({ inline: false, handler: false });
  // In a task of its own: what the inspector runs directly may evaluate text whatever the policy says.
  const refused = await exhibit.page.evaluate(
    () =>
      new Promise((resolve) => {
        const refuses = (work: () => unknown): boolean => {
          try {
            work();
            return false;
          } catch (error) {
            return error instanceof EvalError;
          }
        };
        const evaluate = globalThis.eval;
        setTimeout(() => resolve([refuses(() => evaluate("1")), refuses(() => new Function("return 1")())]));
      }),
  );
  expect(refused).toEqual([true, true]);
});

test("permissions, windows and navigation are denied", async () => {
  const { page } = exhibit;
  const denied = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    geolocation: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve("given"),
        () => resolve("denied"),
        { timeout: 3000 },
      ),
    ),
    media: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => "given",
      () => "denied",
    ),
    window: window.open("https://example.com/") === null,
  }));
  expect(denied).toEqual({ notifications: "denied", geolocation: "denied", media: "denied", window: true });
  await page.evaluate(() => location.assign("https://example.com/"));
  await page.waitForTimeout(200);
  expect(page.url()).toBe("app://exhibit/index.html");
});

test("serves nothing but the built page", async () => {
  const statuses = await exhibit.page.evaluate(
    async (paths) => {
      const answers = await Promise.all(paths.map((path) => fetch(path).catch(() => undefined)));
      return answers.map((answer) => answer?.ok ?? false);
    },
    ["/index.html", "/..%2f..%2fpackage.json", "/%2e%2e/%2e%2e/package.json", "/missing.js", "app://other/index.html"],
  );
  expect(statuses).toEqual([true, false, false, false, false]);
});

test("main refuses requests that are not what they should be", async () => {
  const refused = await exhibit.page.evaluate(async () => {
    const fails = (work: () => Promise<unknown>): Promise<boolean> =>
      work()
        .then(() => false)
        .catch(() => true);
    const bridge: Record<string, unknown> = { ...window.exhibit };
    const call = (name: string, argument: unknown): Promise<boolean> =>
      fails(() => (bridge[name] as (argument: unknown) => Promise<unknown>)(argument));
    return {
      theme: await call("setTheme", "plaid"),
      sample: await call("grantSample", "../.."),
      showInFolder: await call("showInFolder", "/etc/passwd"),
      settings: await call("writeSettings", { large: "x".repeat(300_000) }),
    };
  });
  expect(refused).toEqual({ theme: true, sample: true, showInFolder: true, settings: true });
});

test("settings survive a restart", async () => {
  const first = await launchExhibit({ userData: await mkdtemp(join(tmpdir(), "exhibit-settings-")) });
  await first.page.evaluate(() => window.exhibit.writeSettings({ theme: "light", kept: 1 }));
  await first.close();
  const second = await launchExhibit({ userData: first.userData });
  expect(await second.page.evaluate(() => window.exhibit.readSettings())).toMatchObject({ kept: 1 });
  await second.close();
  await rm(first.userData, { recursive: true, force: true });
});

test("no process of the app listens on a socket", async () => {
  test.skip(process.platform !== "linux", "reads /proc");
  // Started without Playwright, whose own debugging port would be found here.
  const userData = await mkdtemp(join(tmpdir(), "exhibit-sockets-"));
  const { executablePath, args, env } = launchOptions(userData);
  const child = spawn(executablePath, args, { env, stdio: "ignore" });
  try {
    const isUp = async (): Promise<boolean> =>
      (await processTree(child.pid ?? 0)).some(({ command }) => command.includes("--type=renderer"));
    await expect.poll(isUp, { timeout: 20_000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const tree = await processTree(child.pid ?? 0);
    expect(tree.length).toBeGreaterThan(3);
    expect(await listeningSockets(tree.map(({ pid }) => pid))).toEqual([]);
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
    await rm(userData, { recursive: true, force: true });
  }
});
