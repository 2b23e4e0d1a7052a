/** True counts. */
export function StatusBar() {
  return <p className="slot">StatusBar</p>;
}
