import { Component, type ReactNode } from "react";
import type { Fault } from "../../workers/contract.ts";
import { Button } from "../ui/button.tsx";
import { FaultPanel } from "./trouble.tsx";

interface BoundaryProps {
  /** What is drawn in it, as a sentence calls it: "this entry". */
  readonly what: string;
  /** Which one it is: the next one is drawn again. */
  readonly of: string | number | undefined;
  /** What it means for completeness. */
  readonly effect: string;
  /** Before it is drawn once more: puts away what may have been the cause. */
  readonly onAgain?: () => void;
  readonly children: ReactNode;
}
interface BoundaryState {
  readonly fault: Fault | undefined;
  readonly of: BoundaryProps["of"];
}

/** A defect of Exhibit while it draws something stays there: it says what happened, and the rest of the window goes on. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: undefined, of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    const said = error instanceof Error ? error.message : String(error);
    return {
      fault: {
        code: "window.defect",
        message: `Exhibit could not show this: ${said}`,
        next: "Copy the details and report them; look at something else meanwhile.",
      },
    };
  }

  static getDerivedStateFromProps({ of }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return of === state.of ? null : { fault: undefined, of };
  }

  override render(): ReactNode {
    const { what, effect, onAgain, children } = this.props;
    const { fault } = this.state;
    if (fault === undefined) return children;
    const again = (): void => {
      onAgain?.();
      this.setState({ fault: undefined });
    };
    return (
      <FaultPanel fault={fault} effect={effect}>
        <Button small onPress={again}>
          Show {what} again
        </Button>
      </FaultPanel>
    );
  }
}
