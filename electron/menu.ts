import { app, Menu, type MenuItemConstructorOptions } from "electron";

/**
 * The application menu: what the system does itself. The commands of Exhibit and their keys belong to the page; on
 * Linux and Windows the menu is not shown and only lends its keys.
 */
export function installMenu(): void {
  const view: MenuItemConstructorOptions[] = [
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { type: "separator" },
    { role: "togglefullscreen" },
    ...(app.isPackaged ? [] : [{ role: "toggleDevTools" } as const]),
  ];
  const isMac = process.platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } as const] : []),
    { role: "editMenu" },
    { label: "View", submenu: view },
    ...(isMac ? [{ role: "windowMenu" } as const] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
