/** The reasons of a member as the engine writes them, told apart by what they are about. Pure. */
export interface MemberReasons {
  /** Why it was taken for what it is. */
  readonly because: readonly string[];
  /** The comment that its archive holds beside it. */
  readonly comment: string | undefined;
  /** The other members of a rotated set that it was read with. */
  readonly oneLogWith: string | undefined;
}

const COMMENT = "archive comment: ";
const ONE_LOG = "read as one log with ";

export function memberReasons(reasons: readonly string[]): MemberReasons {
  const after = (prefix: string): string | undefined =>
    reasons.find((reason) => reason.startsWith(prefix))?.slice(prefix.length);
  return {
    because: reasons.filter((reason) => !reason.startsWith(COMMENT) && !reason.startsWith(ONE_LOG)),
    comment: after(COMMENT),
    oneLogWith: after(ONE_LOG),
  };
}
