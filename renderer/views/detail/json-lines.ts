/**
 * JSON text on lines of its own, character for character: a number beyond 2^53, a repeated key and an escape stay as
 * they are written, which parsing and writing again would not keep.
 */

/** undefined = it is no JSON object or array. */
export function jsonLines(text: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return undefined;
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const breakLine = (): void => {
    lines.push(line);
    line = "  ".repeat(depth);
  };
  // Strings whole, structure alone, everything between as one run.
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (part === "{" || part === "[") {
      line += part;
      depth += 1;
      breakLine();
    } else if (part === "}" || part === "]") {
      depth -= 1;
      // Nothing stands between the brackets: they stay on one line.
      const open = lines.at(-1);
      if (line.trim() === "" && open !== undefined && /[[{]$/.test(open)) line = `${lines.pop() ?? ""}${part}`;
      else {
        breakLine();
        line += part;
      }
    } else if (part === ",") {
      line += part;
      breakLine();
    } else line += part === ":" ? ": " : part;
  }
  lines.push(line);
  return lines;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
