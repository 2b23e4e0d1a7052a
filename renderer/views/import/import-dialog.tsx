/** Evidence to add. */
export function ImportDialog(_: { readonly grants: readonly import('../../engine/bridge.ts').Grant[]; readonly onClose: () => void }) {
  return <p className="slot">ImportDialog</p>;
}
