/**
 * Typed access to the fact tables. Keys are decimal numbers as text unless they start with `0x`; provenance stands
 * in the README of this folder.
 */
import tableFile from "./auditd-tables.json" with { type: "json" };

type Names = Readonly<Record<string, string>>;

interface Tables {
  readonly arch: Names;
  readonly syscalls: Readonly<Record<string, Names>>;
  readonly uring_op: Names;
  readonly record_types: Names;
  readonly errno: Readonly<Record<string, readonly string[]>>;
  readonly signals: Names;
  readonly capabilities: Names;
  readonly clone_flags: Names;
  readonly mmap_flags: Names;
  readonly mmap_prot: Names;
  readonly access_mode: Names;
  readonly fcntl_cmd: Names;
  readonly umount_flags: Names;
  readonly ptrace_request: Names;
  readonly prctl_option: Names;
  readonly bpf_cmd: Names;
  readonly seccomp_action: Names;
  readonly socket_type: Names;
  readonly netfilter_proto: Names;
  readonly ioctl_request: Names;
  readonly inet_hook: Names;
  readonly icmp_type: Names;
  readonly open_flags: Names;
  readonly address_families: Names;
  readonly field_class: Readonly<Record<string, readonly string[]>>;
  readonly ausearch_action_by_record_type: Names;
  readonly ausearch_syscall_group: Names;
}
export const TABLES: Tables = tableFile;

/** Names by number, whether the table writes its keys as decimal or as hex. */
export function byNumber(names: Names): ReadonlyMap<number, string> {
  return new Map(Object.entries(names).map(([key, name]) => [Number(key), name]));
}

const BITS_64 = 0x80000000;
const LITTLE_ENDIAN = 0x40000000;
/** What the bits of an `arch` say whose machine has no name here: the low ones are the ELF machine number. */
export function archBits(arch: string): string | undefined {
  if (!/^[0-9a-f]{1,8}$/i.test(arch)) return undefined;
  const value = Number.parseInt(arch, 16);
  const width = (value & BITS_64) === 0 ? "32 bit" : "64 bit";
  const order = (value & LITTLE_ENDIAN) === 0 ? "big endian" : "little endian";
  return `ELF machine ${value & 0xffff}, ${width}, ${order}`;
}

/** Name of the machine that made a system call, from the `arch` field (hex); a name is passed through. */
export function archName(arch: string): string | undefined {
  const known = TABLES.arch[arch.toLowerCase()];
  if (known !== undefined) return known;
  return TABLES.syscalls[arch] === undefined ? undefined : arch;
}

/** x32 calls carry this bit in the number. */
const X32_BIT = 0x40000000;
/** Tables that serve a second machine whose calls have the same numbers. */
const SAME_CALLS: Names = { riscv32: "riscv64", ppc64: "ppc64le", ppc: "ppc64le", armeb: "arm" };

/** Name of a system call on a machine; a call that is already a name is passed through. */
export function syscallName(machine: string | undefined, call: string): string | undefined {
  const number = Number(call);
  if (!Number.isInteger(number)) return /^[a-z_][a-z0-9_]*$/.test(call) ? call : undefined;
  if (machine === undefined || number < 0) return undefined;
  const names = TABLES.syscalls[machine] ?? TABLES.syscalls[SAME_CALLS[machine] ?? ""];
  if (machine === "x86_64" && number >= X32_BIT) return x32Name(number - X32_BIT, names);
  return names?.[call];
}

/** The calls that only x32 has, from 512 (arch/x86/entry/syscalls/syscall_64.tbl). */
const X32_FIRST = 512;
const X32_CALLS = (
  "rt_sigaction rt_sigreturn ioctl readv writev recvfrom sendmsg recvmsg execve ptrace rt_sigpending rt_sigtimedwait " +
  "rt_sigqueueinfo sigaltstack timer_create mq_notify kexec_load waitid set_robust_list get_robust_list vmsplice " +
  "move_pages preadv pwritev rt_tgsigqueueinfo recvmmsg sendmmsg process_vm_readv process_vm_writev setsockopt " +
  "getsockopt io_setup io_submit execveat preadv2 pwritev2"
).split(" ");
function x32Name(number: number, names: Names | undefined): string | undefined {
  return number >= X32_FIRST ? X32_CALLS[number - X32_FIRST] : names?.[String(number)];
}

/** `EACCES` and `Permission denied` of a positive errno. */
export function errnoOf(code: number): { readonly name: string; readonly text: string } | undefined {
  const row = RESTART[code] ?? TABLES.errno[String(code)];
  const name = row?.[0];
  return name === undefined ? undefined : { name, text: row?.[1] ?? "" };
}

/** Codes inside the kernel that reach the audit record when a signal interrupts a call (include/linux/errno.h). */
const RESTART: Readonly<Record<number, readonly string[]>> = {
  512: ["ERESTARTSYS", "Interrupted, will be restarted"],
  513: ["ERESTARTNOINTR", "Interrupted, will always be restarted"],
  514: ["ERESTARTNOHAND", "Interrupted, restarted if there is no handler"],
  515: ["ENOIOCTLCMD", "No such ioctl command"],
  516: ["ERESTART_RESTARTBLOCK", "Interrupted, restarted by restart_syscall"],
};
