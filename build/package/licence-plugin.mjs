import { checkout } from "../runtime.mjs";
import { collectLicences, packedLicences } from "./licences.mjs";

const fileName = "licences.json";

/**
 * Puts the licences of everything that is shipped beside the page, for the About dialog. `EXHIBIT_SHIPPED_ELECTRON` says
 * which Electron that is, as JSON `{dist, version}`.
 * @returns {import("vite").Plugin}
 */
export function licencePlugin() {
  const text = async () => {
    const given = process.env.EXHIBIT_SHIPPED_ELECTRON;
    const parts = await collectLicences(checkout, given ? JSON.parse(given) : undefined);
    return JSON.stringify(packedLicences(parts));
  };
  return {
    name: "exhibit-licences",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName, source: await text() });
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response, next) => {
        text().then((json) => response.setHeader("Content-Type", "application/json").end(json), next);
      });
    },
  };
}
