/** Damage of the kinds that evidence arrives with, and of those that somebody would make on purpose. */
import type { Random } from "./random.ts";

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** `times`: how many mutations, one after another. `other` is what pieces are spliced in from. */
export function mutate(bytes: Uint8Array, times: number, random: Random, other: Uint8Array): Buffer {
  let mutated = Buffer.from(bytes);
  for (let done = 0; done < times; done++)
    mutated = Buffer.from(random.pick(MUTATIONS)(mutated, random, Buffer.from(other)));
  return mutated.subarray(0, MOST_BYTES);
}

const MOST_BYTES = 200_000;

const TOKENS: readonly (string | Uint8Array)[] = [
  "\0",
  "\0".repeat(300),
  "\n",
  "\r\n",
  "\r",
  "\n\n\n",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\u001b[31m",
  "\u202e",
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0xfe, 0xff),
  Uint8Array.of(0xc0, 0x80),
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0xf0, 0x9f),
  Uint8Array.of(0xff),
  Uint8Array.of(0x80),
  Uint8Array.of(0x1d),
  '"',
  "'",
  "\\",
  "\\u0000",
  "\\ud800",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "=",
  "<",
  ">",
  "|",
  ";",
  "\t",
  "----\n",
  "{}",
  "[]",
  "null",
  "true",
  '""',
  "-",
  "0",
  "-0",
  "1e400",
  "-1e-400",
  "9007199254740993",
  "18446744073709551616",
  "99999999999999999999999999999999999999",
  "0x",
  "0b",
  "NaN",
  "Infinity",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "9999-12-31T23:59:59.999999999Z",
  "0000-00-00T00:00:00Z",
  "2025-02-30T25:61:61+99:99",
  "2016-12-31T23:59:60Z",
  "01/02/2025 03:04:05",
  '"__proto__":{"polluted":1},',
  '"__proto__":null,',
  '"constructor":{"prototype":{"polluted":1}},',
  "__proto__=1 constructor=2 toString=3 ",
  '{"__proto__":{"a":1},"hasOwnProperty":1,"length":-1}\n',
  '{"$date":{"$numberLong":"-62135596800001"}}',
  '{"$numberDecimal":"1E+6144"}',
  '{"$date":"x"}',
  "audit(1:2)",
  "msg=audit(1364481363.243:24287):",
  "msg=audit(18446744073709551615.999:18446744073709551615):",
  "msg=audit(-1.-1:-1):",
  " type=EOE msg=audit(1364481363.243:24287): ",
  " type=SYSCALL msg=audit(1364481363.243:1): arch=c000003e syscall=59 a0=ffffffffffffffff exit=-9223372036854775808\n",
  ' type=EXECVE msg=audit(1364481363.243:1): argc=4294967295 a0="x" a4294967295=41 a1[0]=41 a1_len=99999999\n',
  " type=SOCKADDR msg=audit(1364481363.243:1): saddr=0A\n",
  " type=PROCTITLE msg=audit(1364481363.243:1): proctitle=00000\n",
  "time->Thu Mar 28 14:36:03 2013\n",
  '<34>1 2003-10-11T22:14:15.003Z h a 1 m [x@1 a="\\"]"] \ufeffmsg\n',
  "<999>Feb 30 99:99:99 host app[99999999999]: ",
  "<13>Feb 29 12:00:00 h a: x\n",
  "999999999999 ",
  "0 <1>1 - - - - - - x",
  "CEF:0|a\\|b|c|d|e|f|11|rt=99999999999999999999 msg=\\= cs1Label== cs1=\n",
  "LEEF:2.0|a|b|c|d|x07|devTime=1\u0007devTimeFormat=yyyy\u0007sev=99\n",
  "LEEF:1.0|a|b|c|d|\tdevTimeFormat=''\tdevTime=\tusrName=a=b\n",
  '{"Records":[',
  ',{"eventVersion":"1.08",',
  ',"sourceIPs":["",[],{}],',
  "00/00/0000,24:00:00,Mars/Olympus,",
  "<Events>",
  "<Event><System>",
  "</Event>",
  "<Event/>",
  "<e:Event xmlns:e='x'>",
  "<Data Name='__proto__'>",
  "<Data Name=''/>",
  "<![CDATA[</Event>]]>",
  "<!-- ",
  "-->",
  '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b SYSTEM "file:///etc/passwd">]>',
  "&a;&#0;&#x110000;&#xd800;&amp;lt;",
  "<a ".repeat(70),
  "<a>".repeat(70),
  "MESSAGE\n\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u00ff",
  "__REALTIME_TIMESTAMP=99999999999999999999\n",
  '"MESSAGE":[255,-1,256,1.5,null],',
  'a,b,"c\nd","""\n',
  "�",
  "😀",
];

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  setBytes,
  cutEnd,
  cutEnd,
  cutStart,
  insertToken,
  insertToken,
  insertToken,
  replaceWithToken,
  dropChunk,
  dropChunk,
  repeatChunk,
  moveChunk,
  moveLines,
  moveLines,
  repeatLine,
  glueLines,
  splice,
  splice,
  changeNumber,
  changeNumber,
  writeLength,
  writeLength,
  nestDeep,
  lineEnds,
  toUtf16,
  runOf,
  longValue,
];

function place(bytes: Buffer, random: Random): number {
  return random.below(bytes.length + 1);
}

/** A stretch that is short more often than long. */
function stretch(bytes: Buffer, random: Random): readonly [number, number] {
  const from = place(bytes, random);
  const most = random.pick([2, 8, 64, 512, bytes.length + 1]);
  return [from, Math.min(bytes.length, from + random.below(most) + 1)];
}

function put(bytes: Buffer, from: number, to: number, piece: Uint8Array | string): Buffer {
  const middle = typeof piece === "string" ? Buffer.from(piece) : piece;
  return Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
}

function flipBits(bytes: Buffer, random: Random): Buffer {
  if (bytes.length === 0) return bytes;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return bytes;
}

function setBytes(bytes: Buffer, random: Random): Buffer {
  if (bytes.length === 0) return bytes;
  for (let left = 1 + random.below(8); left > 0; left--) {
    bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  return bytes;
}

function cutEnd(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.oneIn(3) ? place(bytes, random) : Math.max(0, bytes.length - random.below(40)));
}

function cutStart(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(random.oneIn(3) ? place(bytes, random) : random.below(40));
}

function insertToken(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random);
  return put(bytes, at, at, random.pick(TOKENS));
}

function replaceWithToken(bytes: Buffer, random: Random): Buffer {
  const [from, to] = stretch(bytes, random);
  return put(bytes, from, to, random.pick(TOKENS));
}

function dropChunk(bytes: Buffer, random: Random): Buffer {
  const [from, to] = stretch(bytes, random);
  return put(bytes, from, to, "");
}

function repeatChunk(bytes: Buffer, random: Random): Buffer {
  const [from, to] = stretch(bytes, random);
  const at = random.oneIn(2) ? to : place(bytes, random);
  return put(bytes, at, at, bytes.subarray(from, to));
}

function moveChunk(bytes: Buffer, random: Random): Buffer {
  const [from, to] = stretch(bytes, random);
  const piece = Buffer.from(bytes.subarray(from, to));
  const without = put(bytes, from, to, "");
  const at = place(without, random);
  return put(without, at, at, piece);
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString("latin1").split(/(?<=\n)/);
}

function moveLines(bytes: Buffer, random: Random): Buffer {
  const lines = linesOf(bytes);
  for (let left = 1 + random.below(6); left > 0; left--) {
    const [one = ""] = lines.splice(random.below(lines.length), 1);
    lines.splice(random.below(lines.length + 1), 0, one);
  }
  return Buffer.from(lines.join(""), "latin1");
}

function repeatLine(bytes: Buffer, random: Random): Buffer {
  const lines = linesOf(bytes);
  const line = random.pick(lines);
  for (let left = 1 + random.below(5); left > 0; left--) lines.splice(random.below(lines.length + 1), 0, line);
  return Buffer.from(lines.join(""), "latin1");
}

function glueLines(bytes: Buffer, random: Random): Buffer {
  const lines = linesOf(bytes);
  const at = random.below(lines.length);
  lines[at] = (lines[at] ?? "").trimEnd() + random.pick(["", " ", "\r", "\0"]);
  return Buffer.from(lines.join(""), "latin1");
}

function splice(bytes: Buffer, random: Random, other: Buffer): Buffer {
  const [from, to] = random.oneIn(3) ? [0, other.length] : stretch(other, random);
  const at = random.pick([0, bytes.length, place(bytes, random)]);
  return put(bytes, at, random.oneIn(2) ? at : Math.min(bytes.length, at + to - from), other.subarray(from, to));
}

const NUMBERS = ["0", "-1", "00", "2147483648", "4294967296", "9007199254740993", "1e309", "18446744073709551615", "."];

function changeNumber(bytes: Buffer, random: Random): Buffer {
  const found = [...bytes.toString("latin1").matchAll(/\d+/g)];
  if (found.length === 0) return bytes;
  const { 0: digits, index } = random.pick(found);
  return put(
    bytes,
    index,
    index + digits.length,
    random.pick([...NUMBERS, `${digits}9`, digits.slice(1), `${digits}0000`]),
  );
}

/** A field of two, four or eight bytes, either way round: lengths, counts and offsets of archives. */
function writeLength(bytes: Buffer, random: Random): Buffer {
  const width = random.pick([2, 4, 8]);
  if (bytes.length < width) return bytes;
  const near = random.oneIn(2) ? Math.min(bytes.length, 600) : bytes.length;
  const at = (random.oneIn(3) ? bytes.length - near : 0) + random.below(near - width + 1);
  const value = random.pick([
    0n,
    1n,
    BigInt(bytes.length),
    0x7fffn,
    0xffffn,
    0x7fffffffn,
    0xffffffffn,
    2n ** 53n,
    2n ** 64n - 1n,
  ]);
  for (let byte = 0; byte < width; byte++) {
    const place = random.oneIn(8) ? at + width - 1 - byte : at + byte;
    bytes[place] = Number((value >> BigInt(8 * byte)) & 0xffn);
  }
  return bytes;
}

function nestDeep(bytes: Buffer, random: Random): Buffer {
  const depth = random.pick([3, 40, 700, 20_000]);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ["(", ")"],
    ['[{"b":', "}]"],
  ] as const);
  const at = place(bytes, random);
  return put(bytes, at, at, open.repeat(depth) + (random.oneIn(3) ? "" : `1${close.repeat(depth)}`));
}

function lineEnds(bytes: Buffer, random: Random): Buffer {
  const lines = linesOf(bytes).map((line) =>
    random.oneIn(3) ? line.replace(/\r?\n$/, random.pick(["\r\n", "\r", "\r\r\n", "\n\r"])) : line,
  );
  return Buffer.from(lines.join(""), "latin1");
}

function toUtf16(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString("utf8", 0, 30_000);
  const little = Buffer.from(`\ufeff${text}`, "utf16le");
  const both = random.oneIn(2) ? little : little.swap16();
  return both.subarray(0, both.length - random.below(3));
}

function runOf(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random);
  return put(
    bytes,
    at,
    at,
    Buffer.alloc(random.pick([10, 1000, 30_000]), random.pick([0, 0x20, 0x0a, 0xff, 0x41, 0x22, 0x5c])),
  );
}

/** One value far longer than any that a log has. */
function longValue(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random);
  return put(
    bytes,
    at,
    at,
    random.pick(["41", "a=b ", "\\\\", "\u00e9", '\\"', "%20", "x,"]).repeat(random.pick([50, 3000, 15_000])),
  );
}
