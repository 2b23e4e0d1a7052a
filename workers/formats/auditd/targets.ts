/** The object of an event by the record that names it, as data: kind, the fields that may hold it, a second object. */

export interface TargetRule {
  readonly kind: string;
  /** The first that is present. Uid and gid fields show their enriched name. */
  readonly fields: readonly string[];
  readonly second?: { readonly kind: string; readonly fields: readonly string[] };
  /** Fields with the value before and after. */
  readonly change?: readonly [old: string, now: string];
}

const TERMINAL = { kind: "terminal", fields: ["terminal", "tty"] };
const SESSION: TargetRule = { kind: "user-session", fields: ["acct", "id"], second: TERMINAL };
const ACCOUNT: TargetRule = {
  kind: "account",
  fields: ["acct", "id", "grp"],
  second: { kind: "group", fields: ["grp", "new_group"] },
};
const GROUP: TargetRule = { kind: "account", fields: ["grp", "acct", "id", "new_gid"] };
const FILE: TargetRule = { kind: "file", fields: ["path", "name", "file"] };
const INTEGRITY: TargetRule = { kind: "file", fields: ["name", "file"], second: { kind: "hash", fields: ["hash"] } };
const MACHINE: TargetRule = { kind: "virtual-machine", fields: ["vm"] };
const CONTEXT: TargetRule = { kind: "user-session", fields: ["selected-context", "acct", "new-role"] };
const KEYSTROKES: TargetRule = { kind: "keystrokes", fields: [] };
const DAEMON: TargetRule = { kind: "service", fields: [] };
const CRYPTO: TargetRule = { kind: "user-session", fields: ["fp", "acct"] };

const RULES: readonly (readonly [types: string, rule: TargetRule])[] = [
  [
    "USER_AUTH USER_ACCT CRED_ACQ CRED_DISP CRED_REFR USER_START USER_END USER_ERR USER_LOGIN USER_LOGOUT USER_CHAUTHTOK GRP_AUTH CRYPTO_LOGIN CRYPTO_LOGOUT",
    SESSION,
  ],
  [
    "ANOM_LOGIN_FAILURES ANOM_LOGIN_TIME ANOM_LOGIN_SESSIONS ANOM_LOGIN_LOCATION ANOM_LOGIN_ACCT ANOM_EXEC ANOM_ADD_ACCT ANOM_DEL_ACCT ANOM_MOD_ACCT ANOM_ROOT_TRANS",
    SESSION,
  ],
  ["ADD_USER DEL_USER USER_MGMT ACCT_LOCK ACCT_UNLOCK CHUSER_ID", ACCOUNT],
  ["ADD_GROUP DEL_GROUP GRP_MGMT GRP_CHAUTHTOK", GROUP],
  ["CHGRP_ID", { kind: "account", fields: ["new_gid", "acct", "id"] }],
  ["USER_CMD", { kind: "process", fields: ["cmd"], second: TERMINAL }],
  ["LOGIN", { kind: "user-session", fields: ["auid"], change: ["old-auid", "auid"] }],
  ["SERVICE_START SERVICE_STOP", { kind: "service", fields: ["unit", "comm"] }],
  [
    "SYSTEM_RUNLEVEL SYSTEM_BOOT SYSTEM_SHUTDOWN",
    { kind: "system", fields: ["new-level"], change: ["old-level", "new-level"] },
  ],
  ["DAEMON_START DAEMON_END DAEMON_ABORT DAEMON_CONFIG DAEMON_RECONFIG DAEMON_ROTATE DAEMON_RESUME DAEMON_ERR", DAEMON],
  ["DAEMON_ACCEPT DAEMON_CLOSE", { kind: "socket", fields: ["addr"] }],
  ["CONFIG_CHANGE", { kind: "audit-config", fields: ["path", "dir", "key"] }],
  ["FEATURE_CHANGE", { kind: "audit-config", fields: ["feature"], change: ["old", "new"] }],
  ["ANOM_ABEND", { kind: "process", fields: ["exe", "comm"] }],
  ["ANOM_PROMISCUOUS", { kind: "socket", fields: ["dev"], change: ["old_prom", "prom"] }],
  ["ANOM_LINK ANOM_CREAT FANOTIFY ANOM_ACCESS_FS", FILE],
  [
    "INTEGRITY_DATA INTEGRITY_METADATA INTEGRITY_STATUS INTEGRITY_HASH INTEGRITY_PCR INTEGRITY_RULE INTEGRITY_EVM_XATTR INTEGRITY_POLICY_RULE",
    INTEGRITY,
  ],
  ["NETFILTER_CFG", { kind: "firewall", fields: ["table"] }],
  ["NETFILTER_PKT", { kind: "packet", fields: ["daddr"] }],
  ["MAC_STATUS USER_MAC_STATUS", { kind: "mac-config", fields: ["enforcing"], change: ["old_enforcing", "enforcing"] }],
  ["MAC_CONFIG_CHANGE USER_MAC_CONFIG_CHANGE", { kind: "mac-config", fields: ["bool"], change: ["old_val", "val"] }],
  ["MAC_POLICY_LOAD USER_MAC_POLICY_LOAD", { kind: "mac-config", fields: ["lsm"] }],
  ["MAC_MAP_ADD MAC_MAP_DEL", { kind: "mac-config", fields: ["nlbl_domain"] }],
  ["USER_ROLE_CHANGE ROLE_ASSIGN ROLE_REMOVE ROLE_MODIFY", CONTEXT],
  ["CRYPTO_KEY_USER CRYPTO_PARAM_CHANGE_USER", CRYPTO],
  ["CRYPTO_SESSION", { kind: "user-session", fields: ["addr", "acct"], second: { kind: "port", fields: ["rport"] } }],
  ["SOFTWARE_UPDATE", { kind: "software", fields: ["sw"], second: { kind: "package-type", fields: ["sw_type"] } }],
  [
    "VIRT_CONTROL VIRT_RESOURCE VIRT_MACHINE_ID VIRT_INTEGRITY_CHECK VIRT_CREATE VIRT_DESTROY VIRT_MIGRATE_IN VIRT_MIGRATE_OUT",
    MACHINE,
  ],
  ["KERN_MODULE", { kind: "module", fields: ["name"] }],
  ["BPF", { kind: "bpf-program", fields: ["prog-id"] }],
  ["TTY USER_TTY", KEYSTROKES],
  ["OBJ_PID", { kind: "process", fields: ["ocomm", "opid"] }],
  ["USYS_CONFIG", { kind: "system", fields: ["device", "cmd"] }],
  ["USER_DEVICE", { kind: "device", fields: ["device"] }],
  ["TIME_INJOFFSET", { kind: "system", fields: [] }],
  ["TIME_ADJNTPVAL", { kind: "system", fields: ["op"], change: ["old", "new"] }],
  ["EVENT_LISTENER", { kind: "socket", fields: ["nl-mcgrp"] }],
  ["DM_CTRL DM_EVENT", { kind: "device", fields: ["dev"] }],
  ["USER", { kind: "message", fields: ["text"] }],
];

const byType = new Map<string, TargetRule>();
for (const [types, rule] of RULES) for (const type of types.split(" ")) byType.set(type, rule);

export function targetRule(type: string): TargetRule | undefined {
  return byType.get(type);
}
