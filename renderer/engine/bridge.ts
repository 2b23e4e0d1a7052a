/** What main offers the page: see electron/bridge.ts. Passed by context, so that tests and the preview bring their own. */
export type {
  Bridge,
  EnginePortMessage,
  Grant,
  NetworkCounters,
  RecentCase,
  SampleId,
  Theme,
} from "../../electron/bridge.ts";
