/** Upper half of code page 437, which DOS and many zip programs after it wrote passwords in. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join("");

/** Each character to its byte. */
const CODE_PAGES: readonly ReadonlyMap<string, number>[] = [
  new Map(Array.from(ASCII + CP437).map((character, byte) => [character, byte])),
  ...["windows-1252", "windows-1250"].map(windowsPage),
];

function windowsPage(label: string): ReadonlyMap<string, number> {
  const text = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return new Map(Array.from(text).map((character, byte) => [character, byte]));
}

/** No specification says how a password becomes bytes: UTF-8 first, then the code pages it can be written in. */
export function passwordBytes(password: string): readonly Uint8Array[] {
  const forms = [Buffer.from(password)];
  for (const page of CODE_PAGES) {
    const bytes = Array.from(password).map((character) => page.get(character));
    if (bytes.every((byte) => byte !== undefined)) forms.push(Buffer.from(bytes));
  }
  return forms.filter((form, at) => forms.findIndex((each) => each.equals(form)) === at);
}
