/**
 * Socket addresses: the hex of a C `struct sockaddr` as the kernel was given it. The family is in the byte order of the
 * host (`0200` on x86 and arm, `0002` on s390x), ports and addresses in network order.
 */
import { lookup } from "../../base/lookup.ts";
import { utf8Text } from "../../base/bytes.ts";
import { hexBytes, isHex } from "./decode.ts";
import { TABLES } from "./tables.ts";

export interface SocketAddress {
  readonly family: string;
  /** IP address, or the path or `@name` of a local socket. */
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly isIp: boolean;
  /** For people: `inet 203.0.113.77:443`. */
  readonly text: string;
}

/** undefined = no hex at all. */
export function readSaddr(hex: string): SocketAddress | undefined {
  if (!isHex(hex)) return undefined;
  const bytes = hexBytes(hex);
  if (bytes.length < 2) return plain("unknown", "too short for a family");
  const isBig = byte(bytes, 0) === 0 && byte(bytes, 1) !== 0;
  const number = isBig ? byte(bytes, 1) : byte(bytes, 0) | (byte(bytes, 1) << 8);
  const family = number === 0 ? "unspec" : (TABLES.address_families[String(number)] ?? `family ${number}`);
  const read = READERS[family];
  return read === undefined ? plain(family, "") : read(bytes, isBig);
}

type Reader = (bytes: string, isBig: boolean) => SocketAddress;
const READERS: Readonly<Record<string, Reader>> = lookup({
  inet: (bytes) => (bytes.length < 8 ? plain("inet", "too short") : ip("inet", ipv4(bytes, 4), big16(bytes, 2))),
  inet6: (bytes, isBig) => {
    if (bytes.length < 24) return plain("inet6", "too short");
    return ip("inet6", ipv6(bytes, 8), big16(bytes, 2), bytes.length < 28 ? 0 : host32(bytes, 24, isBig));
  },
  local: (bytes) => local(bytes),
  netlink: (bytes, isBig) => {
    if (bytes.length < 12) return plain("netlink", "too short");
    return plain("netlink", `pid ${host32(bytes, 4, isBig)} groups ${host32(bytes, 8, isBig)}`);
  },
  packet: (bytes, isBig) => {
    if (bytes.length < 8) return plain("packet", "too short");
    const protocol = `protocol 0x${big16(bytes, 2).toString(16).padStart(4, "0")}`;
    return plain("packet", `${protocol} interface ${host32(bytes, 4, isBig)}${hardwareAddress(bytes)}`);
  },
  vsock: (bytes, isBig) => {
    if (bytes.length < 12) return plain("vsock", "too short");
    return plain("vsock", `cid ${host32(bytes, 8, isBig)} port ${host32(bytes, 4, isBig)}`);
  },
});

function plain(family: string, rest: string): SocketAddress {
  return { family, address: undefined, port: undefined, isIp: false, text: rest === "" ? family : `${family} ${rest}` };
}

/** struct sockaddr_ll: the length of the address in byte 11, the address from byte 12. */
function hardwareAddress(bytes: string): string {
  const length = bytes.length > 11 ? byte(bytes, 11) : 0;
  if (length === 0 || bytes.length < 12 + length) return "";
  const parts = Array.from({ length }, (_, i) =>
    byte(bytes, 12 + i)
      .toString(16)
      .padStart(2, "0"),
  );
  return ` address ${parts.join(":")}`;
}

/** A scope says which interface a link-local address is of. */
function ip(family: string, address: string, port: number, scope = 0): SocketAddress {
  const scoped = scope === 0 ? address : `${address}%${scope}`;
  const shown = family === "inet6" ? `[${scoped}]` : address;
  return { family, address, port, isIp: true, text: `${family} ${shown}:${port}` };
}

/** A path ends at the first NUL; an abstract name begins with one (shown as `@`) and may hold more. */
function local(bytes: string): SocketAddress {
  if (bytes.length <= 2) return plain("local", "unnamed");
  const isAbstract = byte(bytes, 2) === 0;
  const end = bytes.indexOf("\0", 3);
  const name = isAbstract
    ? `@${bytes.slice(3).replace(/\0+$/, "").replaceAll("\0", "@")}`
    : bytes.slice(2, end < 0 ? bytes.length : end);
  if (name === "@") return plain("local", "unnamed");
  const address = utf8Text(name);
  return { family: "local", address, port: undefined, isIp: false, text: `local ${address}` };
}

function byte(bytes: string, at: number): number {
  return bytes.charCodeAt(at);
}
function big16(bytes: string, at: number): number {
  return (byte(bytes, at) << 8) | byte(bytes, at + 1);
}
function host32(bytes: string, at: number, isBig: boolean): number {
  const [a, b, c, d] = isBig ? [at, at + 1, at + 2, at + 3] : [at + 3, at + 2, at + 1, at];
  return (
    ((byte(bytes, a as number) << 24) |
      (byte(bytes, b as number) << 16) |
      (byte(bytes, c as number) << 8) |
      byte(bytes, d as number)) >>>
    0
  );
}

function ipv4(bytes: string, at: number): string {
  return `${byte(bytes, at)}.${byte(bytes, at + 1)}.${byte(bytes, at + 2)}.${byte(bytes, at + 3)}`;
}

/** RFC 5952: the longest run of two or more zero groups is left out, the first of equal ones. */
function ipv6(bytes: string, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => big16(bytes, at + 2 * i));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return `::ffff:${ipv4(bytes, at + 12)}`;
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === 0) continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}
