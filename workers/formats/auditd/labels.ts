/** Security contexts: `user:role:type:range` of SELinux, `profile (mode)` of AppArmor. */
export interface LabelPart {
  readonly name: "user" | "role" | "type" | "low" | "high";
  /** Offsets in the label. */
  readonly start: number;
  readonly end: number;
}

/** The parts of an SELinux context; none for anything else. The range is `low` or `low-high`. */
export function labelParts(label: string): readonly LabelPart[] {
  const user = label.indexOf(":");
  const role = label.indexOf(":", user + 1);
  if (user <= 0 || role < 0 || label.includes(" ")) return [];
  const third = label.indexOf(":", role + 1);
  const type = third < 0 ? label.length : third;
  const parts: LabelPart[] = [
    { name: "user", start: 0, end: user },
    { name: "role", start: user + 1, end: role },
    { name: "type", start: role + 1, end: type },
  ];
  if (third < 0) return parts;
  const dash = label.indexOf("-", third);
  const low = dash < 0 ? label.length : dash;
  parts.push({ name: "low", start: third + 1, end: low });
  if (dash >= 0) parts.push({ name: "high", start: dash + 1, end: label.length });
  return parts;
}

const WORDS = { user: "user", role: "role", type: "type", low: "level", high: "up to" } as const;

/** A label in words; undefined = nothing to say. */
export function labelText(value: string): string | undefined {
  const parts = labelParts(value);
  if (parts.length > 0) {
    const words = parts.map(({ name, start, end }) => `${WORDS[name]} ${value.slice(start, end)}`);
    return words.join(", ");
  }
  const [, profile, mode] = /^=?(.+) \((\w+)\)$/.exec(value) ?? [];
  if (profile !== undefined) return `AppArmor profile ${profile}, mode ${mode}`;
  return value === "unconfined" || value === "=unconfined" ? "unconfined: no profile holds it" : undefined;
}
