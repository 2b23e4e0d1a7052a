/** "auditd.bad-stamp" as words: "bad stamp". The whole code stands beside it where one reject is shown. */
export function reasonText(code: string): string {
  return code.slice(code.lastIndexOf(".") + 1).replaceAll("-", " ");
}
