/** The secrets in the first rows of a file that is not in the case yet. */
import type { Preview, PreviewRow } from "../contract.ts";
import type { AnyFormat } from "../formats/format.ts";
import { namesInText, starAfterNames } from "./secret-scan.ts";
import { eachValue, longestFirst, type Masking, starAll, starred } from "./secrets.ts";

export function maskedPreview(preview: Preview, format: AnyFormat | undefined, masking: Masking): Preview {
  const secret = new Set(format?.secrets);
  if (secret.size === 0) return preview;
  const rows = preview.rows.map((row) =>
    row.reject === undefined ? maskedRow(preview, row, secret, masking) : maskedReject(preview, row, secret),
  );
  return { ...preview, rows };
}

function maskedRow({ columns }: Preview, row: PreviewRow, secret: ReadonlySet<string>, masking: Masking): PreviewRow {
  const isSecret = (at: number): boolean => secret.has(columns[at] ?? "");
  const values = longestFirst(row.cells.flatMap((cell, at) => (isSecret(at) ? cell : [])));
  if (values.length === 0) return row;
  const cells = row.cells.map((cell, at) =>
    eachValue(cell, (value) =>
      isSecret(at) ? masking.mask(value) : masking.without(value, values, columns[at] === "data"),
    ),
  );
  return { ...row, cells, raw: starred(row.raw, values).bytes };
}

/** As rejects of a case: a damaged row of a table does not tell which of its values is which. */
function maskedReject({ reading }: Preview, row: PreviewRow, secret: ReadonlySet<string>): PreviewRow {
  const raw = new Uint8Array(row.raw);
  if (reading.table?.columns.some((column) => secret.has(`raw.${column}`)) === true) starAll(raw);
  else starAfterNames(raw, namesInText(secret), reading);
  return { ...row, raw };
}
