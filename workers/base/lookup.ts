/**
 * A table that is asked for words of the evidence: `constructor` and `__proto__`, which every plain object answers to, are
 * no names of it.
 */
export function lookup<T>(table: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, table);
}
