import { EyeOff } from "lucide-react";
import { useCurrent } from "../../app/services.tsx";
import { countText, shareText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";

/** Said once more than half of the case is out of sight. */
export function HiddenShare({ short }: { readonly short: boolean }) {
  const { result } = useCurrent();
  if (result === undefined || result.total === 0) return null;
  const hidden = result.total - result.matched;
  if (hidden * 2 <= result.total) return null;
  const share = `${shareText(hidden, result.total)} %`;
  return (
    <span className="query-hidden" title={`${countText(hidden)} of ${countText(result.total)} entries are hidden`}>
      <Icon of={EyeOff} />
      {short ? <span className="said">hides </span> : "hides "}
      {share}
    </span>
  );
}
