import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useCommands } from "../../app/services.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { leafText, rootOf, writtenText } from "./json-tree.ts";
import { LinkButton, PieceLine } from "./long-text.tsx";
import { LongList } from "./long-list.tsx";
import { LONG_LEAF, type Opened, STEP, Tree, type TreeRow } from "./tree-rows.ts";

/** Deeper levels are indented no further, or nothing would be left of the line. */
const MOST_INDENT = 12;

/** What was asked and what was answered, as a tree: arrows walk it, Space opens and folds, Ctrl+C copies. */
export function BodyTree({ text }: { readonly text: string }) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { copy } = useCommands();
  const tree = useMemo(() => new Tree(rootOf(text)), [text]);
  const [opened, setOpened] = useState<Opened>(() => firstOpened(tree));
  const [at, setAt] = useState(0);
  const rows = useMemo(() => tree.rows(opened), [tree, opened]);
  const current = Math.min(at, rows.length - 1);

  const toggle = (row: TreeRow | undefined): void => {
    if (row?.kind === "more") return setOpened((now) => withStep(now, row.path));
    if (row?.kind !== "node" || row.open === undefined) return;
    const { path } = row.node;
    const paths = new Set(opened.paths);
    if (!paths.delete(path)) paths.add(path);
    setOpened({ ...opened, paths });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if ((event.ctrlKey || event.metaKey) && event.key === "c" && getSelection()?.isCollapsed !== false) {
      if (row?.kind === "node") copy(row.node.kind === "text" ? leafText(row.node) : writtenText(row.node));
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "Enter" || event.key === " ") toggle(row);
    else {
      const to = target(event.key, rows, current);
      if (to === "toggle") toggle(row);
      else if (to === undefined) return;
      else setAt(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className="panel" aria-label="Request and response">
      <h3 className="panel-head">Request and response</h3>
      <div
        className="tree"
        role="tree"
        aria-label="Request and response"
        tabIndex={0}
        ref={scroller}
        aria-activedescendant={rows.length === 0 ? undefined : `${id}-${current}`}
        onKeyDown={onKeyDown}
      >
        <LongList
          scroller={scroller}
          count={rows.length}
          usual={22}
          current={current}
          line={(index) => (
            <Row
              id={`${id}-${index}`}
              row={rows[index] as TreeRow}
              current={index === current}
              onPress={() => {
                setAt(index);
                toggle(rows[index]);
              }}
            />
          )}
        />
      </div>
      <p className="long-foot">
        <LinkButton label="Copy request and response" onPress={() => copy(text)}>
          Copy
        </LinkButton>
      </p>
    </section>
  );
}

interface RowProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly current: boolean;
  readonly onPress: () => void;
}

/** Keys are the tree's: it is the one tab stop. */
function Row({ id, row, current, onPress }: RowProps) {
  const common = {
    id,
    role: "treeitem",
    "aria-level": row.level,
    "aria-selected": current,
    style: { paddingLeft: 6 + 14 * Math.min(row.level - 1, MOST_INDENT) },
    onClick: onPress,
  } as const;
  if (row.kind === "text") {
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="tree-row tree-text selectable">
        <PieceLine {...row.piece} />
      </div>
    );
  }
  if (row.kind === "more") {
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="tree-row tree-more">
        Show {countText(Math.min(STEP, row.hidden))} more of {countText(row.hidden)}
      </div>
    );
  }
  const { node, inner, open, place, among } = row;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      {...common}
      className="tree-row mono"
      aria-setsize={among}
      aria-posinset={place}
      {...(open !== undefined && { "aria-expanded": open })}
    >
      <span className="tree-caret">
        {open !== undefined && <Icon of={open ? ChevronDown : ChevronRight} size={13} />}
      </span>
      <span className="tree-name">
        <EvidenceText text={node.name ?? ""} limit={200} />
      </span>
      <span className="tree-value">
        <Value row={row} />
        {inner !== undefined && <span className="tree-note">, JSON in a text, parsed for show</span>}
      </span>
    </div>
  );
}

function Value({ row }: { readonly row: Extract<TreeRow, { kind: "node" }> }) {
  const { node, size } = row;
  if (size !== undefined) {
    const { kind } = row.inner ?? node;
    const word = kind === "array" ? (size === 1 ? "item" : "items") : size === 1 ? "field" : "fields";
    return (
      <span className="tree-size">
        {kind === "array" ? "[ ]" : "{ }"} {countText(size)} {word}
      </span>
    );
  }
  const text = leafText(node);
  if (text === "") return <span className="tree-size">empty text</span>;
  return <EvidenceText text={text.slice(0, LONG_LEAF)} limit={LONG_LEAF} />;
}

function firstOpened(tree: Tree): Opened {
  const bodies = tree.roots.filter(({ name }) => name === "request" || name === "response");
  return { paths: new Set(bodies.map(({ path }) => path)), steps: new Map() };
}

function withStep({ paths, steps }: Opened, path: string): Opened {
  return { paths, steps: new Map([...steps, [path, (steps.get(path) ?? 1) + 1]]) };
}

function target(key: string, rows: readonly TreeRow[], at: number): number | "toggle" | undefined {
  const row = rows[at];
  const open = row?.kind === "node" ? row.open : undefined;
  const deeper = (rows[at + 1]?.level ?? 0) > (row?.level ?? 0);
  switch (key) {
    case "ArrowDown":
      return Math.min(rows.length - 1, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "ArrowRight":
      return open === false ? "toggle" : deeper ? at + 1 : undefined;
    case "ArrowLeft":
      return open === true ? "toggle" : parentOf(rows, at);
    default:
      return undefined;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number | undefined {
  const level = rows[at]?.level ?? 1;
  const parent = rows.slice(0, at).findLastIndex((row) => row.level < level);
  return parent === -1 ? undefined : parent;
}
