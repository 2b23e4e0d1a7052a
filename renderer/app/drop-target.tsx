import { useEffect, useRef, useState } from "react";
import { useCommands } from "./services.tsx";

/** Files may be dropped anywhere on the window; while they hover, it says what will happen. */
export function DropTarget() {
  const { addDropped } = useCommands();
  const [count, setCount] = useState(0);
  const depth = useRef(0);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onEnter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setCount(event.dataTransfer?.items.length ?? 1);
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setCount(0);
    };
    const onOver = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = hasFiles(event) ? "copy" : "none";
    };
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      depth.current = 0;
      setCount(0);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) addDropped(files);
    };
    addEventListener("dragenter", onEnter);
    addEventListener("dragleave", onLeave);
    addEventListener("dragover", onOver);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragenter", onEnter);
      removeEventListener("dragleave", onLeave);
      removeEventListener("dragover", onOver);
      removeEventListener("drop", onDrop);
    };
  }, [addDropped]);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-dropping", count > 0);
  }, [count]);
  if (count === 0) return null;
  return (
    <div className="drop-veil" role="status">
      <p className="drop-veil-text">
        {count === 1 ? "1 item: drop it to see what it is" : `${count} items: drop them to see what they are`}
      </p>
    </div>
  );
}
