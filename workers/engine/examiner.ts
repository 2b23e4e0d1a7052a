import { userInfo } from "node:os";

/** Who is at the machine, for the examiner log; a system may know no name for the user. */
export function examiner(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
