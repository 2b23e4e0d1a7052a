import type { Fault } from "../contract.ts";

/** Faults as a case keeps them. What a forged case holds instead is left out. */
export function parseFaults(json: string): Fault[] {
  const value = parseJson(json);
  return Array.isArray(value) ? value.flatMap((item) => asFault(item) ?? []) : [];
}

export function parseFault(json: string | null): Fault | undefined {
  return json === null ? undefined : asFault(parseJson(json));
}

export function parseStrings(json: string): string[] {
  const value = parseJson(json);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function asFault(value: unknown): Fault | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { code, message, next, source, member, offset } = value as Record<string, unknown>;
  if (typeof code !== "string" || typeof message !== "string" || typeof next !== "string") return undefined;
  return {
    code: code as Fault["code"],
    message,
    next,
    ...(typeof source === "string" ? { source } : {}),
    ...(typeof member === "string" ? { member } : {}),
    ...(typeof offset === "number" ? { offset } : {}),
  };
}
