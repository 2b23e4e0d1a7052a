import { configure, render } from "@testing-library/react";
import type { ReactNode } from "react";
import type { EngineApi } from "../../workers/contract.ts";
import { type Services, ServicesProvider, createServices } from "../../renderer/app/services.tsx";
import type { Bridge } from "../../renderer/engine/bridge.ts";
import { INITIAL_VIEW, type ViewState } from "../../renderer/state/view-state.ts";
import { createViewStore } from "../../renderer/state/view-store.ts";
import { fakeBridge } from "./fake-bridge.ts";
import { type FakeOptions, fakeEngine } from "./fake-engine.ts";

// What is waited for comes at once; how long a busy machine takes for it is no matter of these tests.
configure({ asyncUtilTimeout: 20_000 });

export interface RenderOptions extends FakeOptions {
  readonly view?: Partial<ViewState>;
  readonly bridge?: Partial<Bridge>;
  /** What the engine answers instead. */
  readonly api?: Partial<EngineApi>;
}

function fakeServices({ view, bridge, api, ...options }: RenderOptions = {}): Services {
  const store = createViewStore({ ...INITIAL_VIEW, ...view });
  const engine = fakeEngine(options);
  return createServices(fakeBridge(undefined, bridge), { ...engine, api: { ...engine.api, ...api } }, store);
}

/** Renders with services over the fakes; `services` is what the component saw. */
export function renderWith(node: ReactNode, options: RenderOptions = {}) {
  const services = fakeServices(options);
  return { services, ...render(<ServicesProvider services={services}>{node}</ServicesProvider>) };
}
