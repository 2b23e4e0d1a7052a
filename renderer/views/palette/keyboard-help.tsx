/** Every key. */
export function KeyboardHelp(_: { readonly onClose: () => void }) {
  return <p className="slot">KeyboardHelp</p>;
}
