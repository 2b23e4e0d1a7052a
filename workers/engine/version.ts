import manifest from "../../package.json" with { type: "json" };

/** Version of Exhibit that writes into cases and manifests. */
export const TOOL_VERSION: string = manifest.version;
