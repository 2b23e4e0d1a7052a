/** An engine behind the real RPC: a message channel, plain data, real worker threads. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import Database from "better-sqlite3";
import { afterEach } from "vitest";
import type { CaseInfo, EngineApi, Fault, JobId, JobState, QueryRequest, Result } from "../../workers/contract.ts";
import { engineApi } from "../../workers/engine/api.ts";
import { Engine, type EngineOptions } from "../../workers/engine/engine.ts";
import type { Access } from "../../workers/engine/grants.ts";
import { connect } from "../../workers/engine/rpc/connect.ts";
import { fromNodePort } from "../../workers/engine/rpc/port.ts";
import { serve } from "../../workers/engine/rpc/serve.ts";

const THREADS = new URL("../../workers/engine/", import.meta.url);
export const SAMPLES = new URL("../../samples/", import.meta.url).pathname;

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibit-test-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export class Harness {
  readonly folder = tempFolder();
  readonly bugs: unknown[] = [];
  readonly engine: Engine;
  readonly api: EngineApi;

  constructor(options: Partial<EngineOptions> = {}) {
    this.engine = new Engine({ threads: THREADS, onBug: (error) => this.bugs.push(error), ...options });
    const { port1, port2 } = new MessageChannel();
    serve(engineApi(this.engine), fromNodePort(port1), (error) => this.bugs.push(error));
    const gone: Fault = { code: "engine.gone", message: "gone", next: "restart" };
    this.api = connect<EngineApi>(fromNodePort(port2), gone).api;
    cleanups.push(async () => {
      await this.engine.dispose();
      port1.close();
    });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  grant(path: string, access: Access = "read") {
    return this.engine.grants.add(path, access);
  }

  async newCase(name = "test.exhibit"): Promise<CaseInfo> {
    return value(await this.api.createCase(this.grant(this.path(name), "case")));
  }

  async start(...paths: readonly string[]): Promise<JobId> {
    const items = paths.map((path) => ({ grant: this.grant(path), choices: {}, skip: [] }));
    return value(await this.api.startImport({ items }));
  }

  async import(...paths: readonly string[]): Promise<JobState> {
    return await this.finished(await this.start(...paths));
  }

  async finished(job: JobId): Promise<JobState> {
    let state = value(await this.api.watch(job, -1));
    while (state.state === "running") state = value(await this.api.watch(job, state.revision));
    return state;
  }

  /** The examiner log of the open case, as another program reads it. */
  actions(): readonly { readonly kind: string; readonly payload: string }[] {
    const db = new Database(this.path("test.exhibit"), { readonly: true });
    try {
      return db.prepare<[], { kind: string; payload: string }>("SELECT kind, payload FROM action ORDER BY seq").all();
    } finally {
      db.close();
    }
  }

  async info(): Promise<CaseInfo> {
    const info = await this.api.watchCase(-1);
    if (info === undefined) throw new Error("no case is open");
    return info;
  }
}

export function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.fault.code}: ${result.fault.message}`);
}

export function faultCode(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.fault.code;
}

export function query(text = "", more: Partial<QueryRequest> = {}): QueryRequest {
  return { clauses: [], text, range: {}, zone: "UTC", sort: { field: "time", descending: false }, ...more };
}

/** A raw audit log of `events` single-record events, one a second. */
export function auditLines(events: number, first = 1_700_000_000): string {
  let text = "";
  for (let i = 0; i < events; i++) {
    const result = i % 5 === 0 ? "failed" : "success";
    text += `type=USER_LOGIN msg=audit(${first + i}.123:${1_000 + i}): pid=${i} uid=0 auid=${1_000 + (i % 3)} ses=1 msg='op=login acct="user${i % 7}" exe="/usr/sbin/sshd" hostname=192.0.2.${i % 250} addr=192.0.2.${i % 250} terminal=ssh res=${result}'\n`;
  }
  return text;
}
