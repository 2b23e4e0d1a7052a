/** Commands and fields. */
export function CommandPalette(_: { readonly onClose: () => void }) {
  return <p className="slot">CommandPalette</p>;
}
