import type { LucideIcon } from "lucide-react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { Tip } from "./tooltip.tsx";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** primary: the one of a view; quiet: no outline; plain: outline. */
  readonly kind?: "primary" | "plain" | "quiet" | "link";
  /** 26 px in bars, 32 px elsewhere. */
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** Shown at the right, for example "Ctrl O". */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string;
  readonly className?: string;
  readonly slot?: AriaButtonProps["slot"];
}

export function Button({ children, kind = "plain", small = false, icon, keys, ...rest }: ButtonProps) {
  return (
    <AriaButton
      className={`button button-${kind}${small ? " button-small" : ""} ${rest.className ?? ""}`}
      isDisabled={rest.disabled ?? false}
      autoFocus={rest.autoFocus ?? false}
      {...(rest.onPress && { onPress: rest.onPress })}
      {...(rest.label !== undefined && { "aria-label": rest.label })}
      {...(rest.slot !== undefined && { slot: rest.slot })}
    >
      {icon && <Icon of={icon} />}
      {children}
      {keys !== undefined && <kbd className="keys">{keys}</kbd>}
    </AriaButton>
  );
}

export interface IconButtonProps {
  readonly icon: LucideIcon;
  /** Said and shown in the tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly onPress?: () => void;
  readonly size?: number;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  /** A small figure at the corner, for example the rejects in the rail. */
  readonly badge?: ReactNode;
}

/** An icon alone: its name is said, and shown with its key on hover and focus. */
export function IconButton({ icon, label, keys, size = 16, pressed, badge, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} {...(keys !== undefined && { keys })}>
      <AriaButton
        className={`icon-button ${rest.className ?? ""}`}
        aria-label={label}
        isDisabled={rest.disabled ?? false}
        {...(rest.onPress && { onPress: rest.onPress })}
        {...(pressed !== undefined && { "aria-pressed": pressed })}
      >
        <Icon of={icon} size={size} />
        {badge}
      </AriaButton>
    </Tip>
  );
}
