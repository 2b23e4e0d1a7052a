/** What each condition does. */
export function ExplainDialog(_: { readonly onClose: () => void }) {
  return <p className="slot">ExplainDialog</p>;
}
