import { spawn } from "node:child_process";

/**
 * Runs a program to its end and gathers what it printed. Never throws for a failing program: the caller judges.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, code: number | undefined, stdout: string, stderr: string }>}
 */
export function capture(program, args, { cwd, env, timeoutMs, shell } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, timeout: timeoutMs, shell, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", (error) => resolve({ ok: false, code: undefined, stdout, stderr: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, code: code ?? undefined, stdout, stderr }));
  });
}

/**
 * Runs a program whose output the reader should see as it comes; answers its exit status.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: "inherit" | "stderr" }} [options]
 * @returns {Promise<number>}
 */
export function show(program, args, { cwd, env, output = "inherit" } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", output === "stderr" ? 2 : "inherit", "inherit"];
    const child = spawn(program, args, { cwd, env, stdio });
    const forward = (signal) => child.kill(signal);
    process.once("SIGINT", forward).once("SIGTERM", forward);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve(code ?? 1);
    });
  });
}
