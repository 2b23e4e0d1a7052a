/** What arrived since the order was held. */
export function ArrivingBanner() {
  return <p className="slot">ArrivingBanner</p>;
}
