/**
 * The files of the screen: which there are, under which path they are served and as what. Loaded
 * once at start; nothing is ever read from a path that a request names.
 */

/** One file as it is served. */
export interface Asset {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Files by the path of their URL. */
export type Assets = ReadonlyMap<string, Asset>;

/** The files that the build writes and the server serves. */
export const ASSET_FILES: readonly {
  readonly path: string;
  readonly file: string;
  readonly contentType: string;
}[] = [
  { path: "/", file: "index.html", contentType: "text/html; charset=utf-8" },
  { path: "/app.js", file: "app.js", contentType: "text/javascript; charset=utf-8" },
  { path: "/app.css", file: "app.css", contentType: "text/css; charset=utf-8" },
  { path: "/icon.svg", file: "icon.svg", contentType: "image/svg+xml" },
];
