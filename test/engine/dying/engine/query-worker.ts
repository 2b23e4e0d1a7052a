import "../../../../workers/engine/query-worker.ts";
