/**
 * Gives memory back at once. The collector sees a small object and leaves the megabytes behind it for long. All views of
 * the buffer are empty afterwards.
 */
export function free(buffer: ArrayBuffer): void {
  buffer.transfer(0);
}
