/** Sources. */
export function SourceList(_: { readonly info: import('../../../workers/contract.ts').CaseInfo; readonly result: import('../../../workers/contract.ts').ResultInfo }) {
  return <p className="slot">SourceList</p>;
}
