/** Nothing matches. */
export function ZeroResults(_: { readonly result: import('../../../workers/contract.ts').ResultInfo }) {
  return <p className="slot">ZeroResults</p>;
}
