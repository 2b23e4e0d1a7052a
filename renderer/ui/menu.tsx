import { Check, type LucideIcon } from "lucide-react";
import { Fragment, type ReactElement, type ReactNode, useRef } from "react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components";
import { Icon } from "./icon.tsx";

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly keys?: string;
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  /** Set for a choice among several: the chosen one carries a tick. */
  readonly chosen?: boolean;
  readonly run: () => void;
}
export interface MenuGroup {
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

/** A button of ours that opens a menu. */
export function MenuButton({
  children,
  groups,
  label,
}: {
  readonly children: ReactElement;
  readonly groups: readonly MenuGroup[];
  readonly label: string;
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu-popover" offset={4}>
        <MenuList groups={groups} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

/** A menu at a place of the window: right click and Shift+F10. Closed when `at` is undefined. */
export function ContextMenu(props: {
  readonly at: { readonly x: number; readonly y: number } | undefined;
  readonly groups: readonly MenuGroup[];
  readonly label: string;
  readonly onClose: () => void;
}) {
  const { at } = props;
  const anchor = useRef<HTMLSpanElement>(null);
  if (at === undefined) return null;
  return (
    <>
      {/* The popover watches the size of what it hangs on, so that must be an element. */}
      <span ref={anchor} className="menu-anchor" style={{ left: at.x, top: at.y }} aria-hidden />
      <Popover
        className="menu-popover"
        isOpen
        onOpenChange={(open) => !open && props.onClose()}
        triggerRef={anchor}
        getTargetRect={() => new DOMRect(at.x, at.y, 1, 1)}
        placement="bottom start"
        offset={0}
        aria-label={props.label}
      >
        <MenuList groups={props.groups} label={props.label} onClose={props.onClose} />
      </Popover>
    </>
  );
}

function MenuList(props: {
  readonly groups: readonly MenuGroup[];
  readonly label: string;
  readonly onClose?: () => void;
}) {
  const { groups, label, onClose } = props;
  return (
    <Menu className="menu" aria-label={label} autoFocus="first" {...(onClose && { onClose })}>
      {groups.map((group, index) => (
        <Fragment key={group.title ?? index}>
          {index > 0 && <Separator className="menu-line" />}
          <MenuSection aria-label={group.title ?? label}>
            {group.title !== undefined && <Header className="menu-head">{group.title}</Header>}
            {group.entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </MenuSection>
        </Fragment>
      ))}
    </Menu>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }): ReactNode {
  const { chosen, icon } = entry;
  return (
    <MenuItem
      id={entry.id}
      className="menu-item"
      textValue={entry.title}
      onAction={entry.run}
      isDisabled={entry.disabled ?? false}
    >
      {chosen !== undefined && <span className="menu-tick">{chosen && <Icon of={Check} />}</span>}
      {icon && <Icon of={icon} />}
      <span className="menu-title">{entry.title}</span>
      {chosen === true && <span className="said">, chosen</span>}
      {entry.keys !== undefined && <kbd className="menu-keys">{entry.keys}</kbd>}
    </MenuItem>
  );
}
