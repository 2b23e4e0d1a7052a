import type { Container } from "./container.ts";

/** A file that is one log itself. It claims nothing: it is what is left when no other container does. */
export const plain: Container = {
  id: "plain",
  title: "plain file",
  access: "stream",
  claims: () => false,
  async *members(source) {
    yield {
      path: source.name,
      size: source.size,
      problem: undefined,
      open: (signal) => source.stream(signal),
    };
  },
};
