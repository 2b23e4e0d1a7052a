/**
 * Events that evidence is searched for most: what they are called, which verb of the canonical model they are, and whether
 * the name of the event is already its outcome. Source: Microsoft, "Appendix L: Events to Monitor" and the reference of
 * advanced security audit policy settings, a page an event.
 */
export interface KnownEvent {
  readonly name: string;
  readonly action?: string;
  readonly outcome?: "success" | "fail";
  /** The account named as target is who acts: it logs on, or asks for a ticket. */
  readonly isOwn?: true;
  /** The target is an account or group. */
  readonly target?: "account" | "group";
}

/** Numbers are given by provider: 4625 of another one is something else. */
export function knownEvent(provider: string, id: string): KnownEvent | undefined {
  return EVENTS.get(provider)?.get(id);
}

const SECURITY = new Map<string, KnownEvent>([
  ["4608", { name: "Windows is starting up", action: "start" }],
  ["4616", { name: "The system time was changed", action: "modify" }],
  ["4624", { name: "An account was successfully logged on", action: "login", outcome: "success", isOwn: true }],
  ["4625", { name: "An account failed to log on", action: "login", outcome: "fail", isOwn: true }],
  ["4634", { name: "An account was logged off", action: "logout", isOwn: true }],
  ["4647", { name: "User initiated logoff", action: "logout", isOwn: true }],
  ["4648", { name: "A logon was attempted using explicit credentials", action: "login", target: "account" }],
  ["4656", { name: "A handle to an object was requested" }],
  ["4657", { name: "A registry value was modified", action: "modify" }],
  ["4660", { name: "An object was deleted", action: "delete" }],
  ["4663", { name: "An attempt was made to access an object" }],
  ["4670", { name: "Permissions on an object were changed", action: "modify" }],
  ["4672", { name: "Special privileges assigned to new logon" }],
  ["4673", { name: "A privileged service was called" }],
  ["4688", { name: "A new process has been created", action: "execute" }],
  ["4689", { name: "A process has exited" }],
  ["4697", { name: "A service was installed in the system", action: "create" }],
  ["4698", { name: "A scheduled task was created", action: "create" }],
  ["4699", { name: "A scheduled task was deleted", action: "delete" }],
  ["4700", { name: "A scheduled task was enabled", action: "enable" }],
  ["4701", { name: "A scheduled task was disabled", action: "disable" }],
  ["4702", { name: "A scheduled task was updated", action: "modify" }],
  ["4719", { name: "System audit policy was changed", action: "modify" }],
  ["4720", { name: "A user account was created", action: "create", target: "account" }],
  ["4722", { name: "A user account was enabled", action: "enable", target: "account" }],
  ["4723", { name: "An attempt was made to change an account's password", action: "modify", target: "account" }],
  ["4724", { name: "An attempt was made to reset an account's password", action: "modify", target: "account" }],
  ["4725", { name: "A user account was disabled", action: "disable", target: "account" }],
  ["4726", { name: "A user account was deleted", action: "delete", target: "account" }],
  ["4727", { name: "A security-enabled global group was created", action: "create", target: "group" }],
  ["4728", { name: "A member was added to a security-enabled global group", action: "add", target: "group" }],
  ["4729", { name: "A member was removed from a security-enabled global group", action: "remove", target: "group" }],
  ["4730", { name: "A security-enabled global group was deleted", action: "delete", target: "group" }],
  ["4731", { name: "A security-enabled local group was created", action: "create", target: "group" }],
  ["4732", { name: "A member was added to a security-enabled local group", action: "add", target: "group" }],
  ["4733", { name: "A member was removed from a security-enabled local group", action: "remove", target: "group" }],
  ["4734", { name: "A security-enabled local group was deleted", action: "delete", target: "group" }],
  ["4738", { name: "A user account was changed", action: "modify", target: "account" }],
  ["4740", { name: "A user account was locked out", target: "account" }],
  ["4756", { name: "A member was added to a security-enabled universal group", action: "add", target: "group" }],
  ["4757", { name: "A member was removed from a security-enabled universal group", action: "remove", target: "group" }],
  ["4767", { name: "A user account was unlocked", target: "account" }],
  ["4768", { name: "A Kerberos authentication ticket (TGT) was requested", isOwn: true }],
  ["4769", { name: "A Kerberos service ticket was requested", isOwn: true }],
  ["4770", { name: "A Kerberos service ticket was renewed", isOwn: true }],
  ["4771", { name: "Kerberos pre-authentication failed", outcome: "fail", isOwn: true }],
  ["4776", { name: "The computer attempted to validate the credentials for an account", isOwn: true }],
  ["4778", { name: "A session was reconnected to a Window Station", isOwn: true }],
  ["4779", { name: "A session was disconnected from a Window Station", isOwn: true }],
  ["4781", { name: "The name of an account was changed", action: "rename", target: "account" }],
  ["4800", { name: "The workstation was locked", isOwn: true }],
  ["4801", { name: "The workstation was unlocked", isOwn: true }],
  ["5140", { name: "A network share object was accessed" }],
  ["5145", { name: "A network share object was checked to see whether client can be granted desired access" }],
]);

const EVENTS: ReadonlyMap<string, ReadonlyMap<string, KnownEvent>> = new Map([
  ["Microsoft-Windows-Security-Auditing", SECURITY],
  [
    "Microsoft-Windows-Eventlog",
    new Map<string, KnownEvent>([
      ["104", { name: "The event log was cleared", action: "delete" }],
      ["1100", { name: "The event logging service has shut down" }],
      ["1102", { name: "The audit log was cleared", action: "delete" }],
    ]),
  ],
  [
    "Service Control Manager",
    new Map<string, KnownEvent>([["7045", { name: "A service was installed in the system", action: "create" }]]),
  ],
]);
