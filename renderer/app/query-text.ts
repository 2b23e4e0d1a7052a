/** Names with other than word characters are written in back-quotes. */
export function quotedField(name: string): string {
  return /^[\p{L}_@][\p{L}\p{N}_@.[\]-]*$/u.test(name) ? name : `\`${name}\``;
}
