/** No case is open. */
export function FirstRun() {
  return <p className="slot">FirstRun</p>;
}
