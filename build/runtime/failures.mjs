import { relative } from "node:path";

/** The failed tests of a report of the unit runner (JSON), each with its file and the first line of its reason. */
export function unitFailures({ testResults = [] }) {
  return testResults.flatMap(({ name: path, status, message = "", assertionResults = [] }) => {
    const name = relative(process.cwd(), path);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return status === "failed" ? [told(name, "", message)] : [];
    return failed.map((test) => told(name, test.fullName, test.failureMessages?.[0] ?? ""));
  });
}

/** The same of a report of the window runner (JSON), whose suites are nested. */
export function windowFailures({ suites = [], errors = [] }) {
  const whole = errors.map((error) => told(error.location?.file ?? "", "", error.message ?? ""));
  return [...whole, ...suites.flatMap(inSuite)];
}

function inSuite({ suites = [], specs = [] }) {
  const failed = specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === "unexpected")
      .map((test) => told(spec.file, spec.title, test.results.at(-1)?.error?.message ?? "")),
  );
  return [...failed, ...suites.flatMap(inSuite)];
}

/** Reports colour their reasons for a terminal. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

function told(file, test, reason) {
  const first = reason.replace(COLOURS, "").trim().split("\n")[0];
  return [file, test, first].filter((part) => part !== "").join(" › ");
}
