import type { Fault } from "../../workers/contract.ts";
import type { Bridge } from "../engine/bridge.ts";
import type { CaseFeed } from "../engine/case-feed.ts";
import type { EngineConnection } from "../engine/client.ts";
import type { JobFeed } from "../engine/job-feed.ts";
import type { Recovery } from "../engine/recovery.ts";
import type { ResultFeed } from "../engine/result-feed.ts";
import type { Writable } from "../state/observable.ts";
import type { ViewStore } from "../state/view-store.ts";

/** What commands act on. */
export interface CommandParts {
  readonly bridge: Bridge;
  readonly engine: EngineConnection;
  readonly cases: CaseFeed;
  readonly jobs: JobFeed;
  readonly results: ResultFeed;
  readonly recovery: Recovery;
  readonly view: ViewStore;
  readonly trouble: Writable<Fault | undefined>;
  readonly draft: Writable<string>;
  /** Shows an error that no place of the window asked for. */
  readonly fail: (error: unknown) => void;
}
