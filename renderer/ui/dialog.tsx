import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./button.tsx";

export interface DialogProps {
  readonly title: string;
  /** One line beside the title. */
  readonly about?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** At the left of the footer what happens; at the right the buttons. */
  readonly footer?: ReactNode;
  /** Ctrl+Enter. */
  readonly onConfirm?: () => void;
  /** CSS pixels at a scale of 1. */
  readonly width: number;
  readonly height?: number;
  readonly className?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** A modal window inside the window; it fills the window when that is small. Esc and × close it. */
export function Dialog({ title, about, onClose, children, footer, onConfirm, width, height, ...rest }: DialogProps) {
  const frame = useRef<HTMLDivElement>(null);
  const focused = useRef<Element>(undefined);
  useLayoutEffect(() => {
    // What a press switches off or takes away loses the focus, and the keys would be nobody's.
    const last = focused.current;
    const isLost = document.activeElement === document.body || document.activeElement === last;
    if (isLost && last !== undefined && (!last.isConnected || last.matches(":disabled")))
      frame.current?.closest<HTMLElement>("[role=dialog]")?.focus();
  });
  // On its way down: a focused button would take it for a press of its own.
  const onConfirmKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || onConfirm === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onConfirm();
  };
  return (
    <ModalOverlay className="dialog-ground" isOpen isDismissable={false} onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-modal" style={{ width, ...(height !== undefined && { height }) }}>
        {/* Around the dialog, which may have the focus itself. */}
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div className="dialog-keys" onKeyDownCapture={onConfirmKey} onKeyDown={rest.onKeyDown}>
          <AriaDialog className={`dialog ${rest.className ?? ""}`}>
            <div
              className="dialog-frame"
              ref={frame}
              onFocusCapture={({ target }) => {
                // Not in a menu of it, which gives the focus back by itself.
                if (frame.current?.contains(target)) focused.current = target;
              }}
            >
              <header className="dialog-head">
                <Heading slot="title" className="dialog-title">
                  {title}
                </Heading>
                {about !== undefined && <span className="dialog-about">{about}</span>}
                <IconButton icon={X} label="Close" keys="Esc" onPress={onClose} className="dialog-close" />
              </header>
              <div className="dialog-body">{children}</div>
              {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
            </div>
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}
