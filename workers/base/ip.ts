/** Whether a text is an address of the Internet Protocol: dotted quads (RFC 791), or IPv6 (RFC 4291, zone of RFC 4007). */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (text.length > 100 || !text.includes(":")) return false;
  const address = text.replace(/%[\w.-]+$/, "");
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const isMapped = last.includes(".");
  const plain = isMapped ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) || (isMapped && !isIpv4(last))) return false;
  const count = plain.length + (isMapped ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
