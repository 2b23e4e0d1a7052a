/** Bit masks and file modes in words. Values are unsigned 32-bit numbers unless stated. */
import { lookup } from "../../base/lookup.ts";
import { TABLES } from "./tables.ts";

export type Bits = readonly (readonly [mask: number, name: string])[];

/** Masks above 32 bits are left out: what is decoded here are the low words of arguments. */
export function bitsOf(names: Readonly<Record<string, string>>): Bits {
  return Object.entries(names)
    .map(([mask, name]) => [Number(mask), name] as const)
    .filter(([mask]) => mask <= 0xffffffff)
    .sort(([a], [b]) => a - b);
}

/** `A|B|0x40`: names of the set bits, what is left over as hex, `none` for 0. */
export function namesOfBits(value: number, bits: Bits, none = "none"): string {
  if (value === 0) return none;
  const names: string[] = [];
  let rest = value >>> 0;
  for (const [mask, name] of bits) {
    if (mask === 0 || (rest & mask) >>> 0 !== mask >>> 0) continue;
    names.push(name);
    rest = (rest & ~mask) >>> 0;
  }
  if (rest !== 0) names.push(`0x${rest.toString(16)}`);
  return names.join("|");
}

/** Bits of open(2) that every machine shares, and the four that ARM and PowerPC place differently (asm/fcntl.h). */
const SHARED_OPEN = bitsOf(TABLES.open_flags).filter(
  ([mask]) => mask > 2 && ![0x4000, 0x10000, 0x20000].includes(mask),
);
const X86_OPEN: Bits = [
  [0x4000, "O_DIRECT"],
  [0x8000, "O_LARGEFILE"],
  [0x10000, "O_DIRECTORY"],
  [0x20000, "O_NOFOLLOW"],
];
const ARM_OPEN: Bits = [
  [0x4000, "O_DIRECTORY"],
  [0x8000, "O_NOFOLLOW"],
  [0x10000, "O_DIRECT"],
  [0x20000, "O_LARGEFILE"],
];
const POWER_OPEN: Bits = [
  [0x4000, "O_DIRECTORY"],
  [0x8000, "O_NOFOLLOW"],
  [0x10000, "O_LARGEFILE"],
  [0x20000, "O_DIRECT"],
];
const OPEN_BITS: Readonly<Record<string, Bits>> = lookup({
  arm: ARM_OPEN,
  armeb: ARM_OPEN,
  aarch64: ARM_OPEN,
  ppc: POWER_OPEN,
  ppc64: POWER_OPEN,
  ppc64le: POWER_OPEN,
});
const ACCESS = ["O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"] as const;

export function openFlags(value: number, machine: string | undefined): string {
  const access = ACCESS[value & 3] as string;
  const rest = (value & ~3) >>> 0;
  if (rest === 0) return access;
  const own = OPEN_BITS[machine ?? ""] ?? X86_OPEN;
  const bits = [...SHARED_OPEN, ...own].toSorted(([a], [b]) => a - b);
  const names = namesOfBits(rest, bits).split("|");
  // O_SYNC is __O_SYNC and O_DSYNC together.
  if (!names.includes("__O_SYNC") || !names.includes("O_DSYNC")) return [access, ...names].join("|");
  return [
    access,
    ...names.filter((name) => name !== "__O_SYNC").map((name) => (name === "O_DSYNC" ? "O_SYNC" : name)),
  ].join("|");
}

const FILE_TYPES: Readonly<Record<number, string>> = {
  0o14: "socket",
  0o12: "link",
  0o10: "file",
  0o6: "block device",
  0o4: "directory",
  0o2: "character device",
  0o1: "fifo",
};

/** st_mode as `file, rw-r-----`; a mode without a type (chmod, open) as `rw-r-----`. */
export function modeText(mode: number): string {
  const type = FILE_TYPES[(mode >>> 12) & 0o17];
  const permissions =
    triple(mode >>> 6, mode & 0o4000, "s") + triple(mode >>> 3, mode & 0o2000, "s") + triple(mode, mode & 0o1000, "t");
  return type === undefined ? permissions : `${type}, ${permissions}`;
}

function triple(bits: number, special: number, letter: string): string {
  const execute = (bits & 1) !== 0;
  const last = special === 0 ? (execute ? "x" : "-") : execute ? letter : letter.toUpperCase();
  return ((bits & 4) !== 0 ? "r" : "-") + ((bits & 2) !== 0 ? "w" : "-") + last;
}

const LAST_CAPABILITY = Math.max(...Object.keys(TABLES.capabilities).map(Number));

/** Capability names of a 64-bit hex mask; undefined = no hex. */
export function capabilityNames(hex: string): string | undefined {
  const digits = hex.replace(/^0x/i, "");
  if (!/^[0-9a-f]{1,16}$/i.test(digits)) return undefined;
  const mask = BigInt(`0x${digits}`);
  if (mask === 0n) return "none";
  const all = (1n << BigInt(LAST_CAPABILITY + 1)) - 1n;
  if ((mask & all) === all) return "full";
  const names: string[] = [];
  for (let bit = 0; bit < 64; bit++) {
    if (((mask >> BigInt(bit)) & 1n) === 1n) names.push(TABLES.capabilities[String(bit)] ?? `bit ${bit}`);
  }
  return names.join(",");
}

/** Watch permissions, in the order that auditctl prints them. */
const PERMISSIONS: Bits = [
  [4, "read"],
  [2, "write"],
  [1, "exec"],
  [8, "attr"],
];

export function permissionText(value: number): string {
  return (
    PERMISSIONS.filter(([mask]) => (value & mask) !== 0)
      .map(([, name]) => name)
      .join(",") || "none"
  );
}
