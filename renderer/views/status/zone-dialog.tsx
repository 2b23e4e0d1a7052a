/** The one time zone. */
export function ZoneDialog(_: { readonly onClose: () => void }) {
  return <p className="slot">ZoneDialog</p>;
}
