import { createHash } from "node:crypto";
import type { Sha256 } from "../contract.ts";
import type { ByteTarget, FileDigest } from "./export-writer.ts";

/** Passes bytes on and keeps their digest. */
export class HashingTarget implements ByteTarget {
  readonly #hash = createHash("sha256");
  readonly #next: ByteTarget;
  #bytes = 0;

  constructor(next: ByteTarget) {
    this.#next = next;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#next.write(bytes);
  }

  /** Ends the hash: call once. */
  digest(name: string): FileDigest {
    return { name, bytes: this.#bytes, sha256: this.#hash.digest("hex") as Sha256 };
  }
}
