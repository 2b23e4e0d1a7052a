import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { start } from "./app/start.ts";
import { ServicesProvider } from "./app/services.tsx";
import { Shell } from "./app/shell.tsx";
import { connectEngine } from "./engine/client.ts";

// Before anything else: the port may come as soon as the page has loaded.
const engine = connectEngine(window);
const services = await start(window.exhibit, engine);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root");
createRoot(root).render(
  <StrictMode>
    <ServicesProvider services={services}>
      <Shell />
    </ServicesProvider>
  </StrictMode>,
);
