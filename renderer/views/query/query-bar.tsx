/** What restricts the view. */
export function QueryBar() {
  return <p className="slot">QueryBar</p>;
}
