/** Severities and facilities of syslog: RFC 5424, tables 1 and 2. The journal's PRIORITY is the same number. */

/** By severity: 0..2 critical, 3 error, 4 warning, 5..6 info, 7 debug. */
const LEVELS = ["critical", "critical", "critical", "error", "warning", "info", "info", "debug"] as const;

const FACILITIES = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "ntp",
  "security",
  "console",
  "solaris-cron",
  "local0",
  "local1",
  "local2",
  "local3",
  "local4",
  "local5",
  "local6",
  "local7",
] as const;

/** The level of a severity as text, 0 … 7; undefined for anything else. */
export function levelOfPriority(priority: string | undefined): string | undefined {
  return priority !== undefined && /^[0-7]$/.test(priority) ? LEVELS[Number(priority)] : undefined;
}

export interface Priority {
  readonly level: string;
  readonly severity: number;
  readonly facility: string;
}

/** A PRI value, facility * 8 + severity; undefined above 191, which no facility gives. */
export function priorityOf(pri: number): Priority | undefined {
  const severity = pri & 7;
  const facility = FACILITIES[pri >> 3];
  const level = LEVELS[severity];
  return pri > 191 || facility === undefined || level === undefined ? undefined : { level, severity, facility };
}
