import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

export interface TabSpec {
  readonly id: string;
  readonly title: string;
  readonly count?: ReactNode;
  readonly content: ReactNode;
}

/** A strip of 32 px and one panel. The tabs keep their places whatever they hold. */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly TabSpec[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly aside?: ReactNode;
}) {
  return (
    <AriaTabs className="tabs" selectedKey={props.selected} onSelectionChange={(key) => props.onSelect(String(key))}>
      <div className="tabs-strip">
        <TabList className="tabs-list" aria-label={props.label}>
          {props.tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="tab">
              {tab.title}
              {tab.count !== undefined && <span className="tab-count">{tab.count}</span>}
            </Tab>
          ))}
        </TabList>
        {props.aside}
      </div>
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
