/**
 * What mongoexport prints to a terminal that was redirected into its file: an ISO time, a TAB and a sentence; a JSON
 * record never starts with a digit.
 */
export const TOOL_OUTPUT =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?\t|connected to: |exported \d+ records?\s*$)/;
