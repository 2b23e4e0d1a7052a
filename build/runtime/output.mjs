/** An error that ends a build script with one sentence and its own exit status, not with a stack. */
export class Stop extends Error {
  /**
   * @param {string} message what went wrong and what to do
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = "Stop";
    this.exitCode = exitCode;
  }
}

/** Progress is for people and goes to stderr: stdout carries results only. */
export function say(message) {
  process.stderr.write(`exhibit: ${message}\n`);
}

/** Runs the main function of a script; a Stop becomes its sentence and status, anything else keeps its stack. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  }
}
