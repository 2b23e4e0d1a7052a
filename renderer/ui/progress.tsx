/** A bar with its words beside it; without a known end it shows no share, and the words carry the figure. */
export function ProgressBar({
  done,
  total,
  label,
}: {
  readonly done: number;
  readonly total: number | undefined;
  readonly label: string;
}) {
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  return (
    <span
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== undefined && { "aria-valuenow": Math.floor(share * 100) })}
    >
      <span className="progress-done" style={{ width: `${(share ?? 0) * 100}%` }} />
    </span>
  );
}
