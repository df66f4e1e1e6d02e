/**
 * The system's Chromium, found and started so that it asks no network and needs no GPU. Downloads
 * nothing.
 */
import { existsSync } from "node:fs";

/** Where a browser may be found; the first that exists is used. */
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser's path, or null where there is none. */
export function findBrowser(): string | null {
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

/** Arguments under which Chromium runs as root, without a GPU and without asking the network. */
export const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The device that the screen is made for: as wide as a handheld terminal, touched by fingers. */
export function deviceOf(height: number) {
  return {
    viewport: { width: DEVICE_WIDTH_PX, height },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  } as const;
}

/** CSS px. */
const DEVICE_WIDTH_PX = 360;
