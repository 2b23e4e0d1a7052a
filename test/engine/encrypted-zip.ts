import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

/** A zip whose members are encrypted by AES-256. */
export async function encryptedZip(members: Readonly<Record<string, string>>, password: string): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 });
  for (const [name, text] of Object.entries(members)) await zip.add(name, new TextReader(text));
  return await zip.close();
}
