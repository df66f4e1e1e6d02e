/**
 * What packages bring along and a terminal never runs: other platforms, other versions of a protocol,
 * copies of what Node has. Each row says which request of which package becomes what, and why nothing is
 * lost by it. The firmware's build tells which rows it met, so that a row which no longer serves is seen.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { PROJECT_ROOT } from "./root.ts";

/** One replacement. */
export interface LeanRow {
  /** The request as it is written in the import. */
  readonly request: string;
  /** Whose request: packages, or OURS for the project's own. */
  readonly of: readonly string[];
  /** The CommonJS that stands in its place. */
  readonly becomes: () => string;
  readonly why: string;
}

/** Of Node's own builds of Linux; `bundle.ts` lays them beside the bundle. */
export const SERIAL_NATIVES = {
  arm64: "linux-arm64/@serialport+bindings-cpp.armv8.glibc.node",
  x64: "linux-x64/@serialport+bindings-cpp.glibc.node",
} as const;

const OURS = "";
const NOTHING = "module.exports = {};";

/** Every replacement; a request that no row names is bundled as it is. */
export const LEAN_ROWS: readonly LeanRow[] = [
  {
    request: "mqtt",
    of: [OURS],
    becomes: () => `exports.MqttClient = require("mqtt/lib/client").default;`,
    why: "The uplink dials a socket of its own; the front door brings WebSockets, SOCKS (with its IP arithmetic) and other platforms' transports",
  },
  {
    request: "readable-stream",
    of: ["mqtt", "bl"],
    becomes: () => `module.exports = require("node:stream");`,
    why: "Node's own streams, copied out of Node for browsers",
  },
  {
    request: "debug",
    of: ["mqtt", "mqtt-packet", "@serialport/bindings-cpp"],
    becomes: () => `module.exports = require("node:util").debuglog;`,
    why: "Node has the same: NODE_DEBUG=mqttjs:client in place of DEBUG=mqttjs:client",
  },
  {
    request: "worker-timers",
    of: ["mqtt"],
    becomes: () => NOTHING,
    why: "Timers of browser tabs; beside Node's they are never chosen",
  },
  {
    request: "lru-cache",
    of: ["mqtt"],
    becomes: () =>
      `exports.LRUCache = class { constructor() { throw new Error("mqtt: Topic aliases are MQTT 5"); } };`,
    why: "Topic aliases of MQTT 5; the uplink speaks 3.1.1",
  },
  {
    request: "../../package.json",
    of: ["mqtt"],
    becomes: () => `exports.version = ${JSON.stringify(versionOf("mqtt"))};`,
    why: "Of its description only the version is read",
  },
  {
    request: "ws",
    of: [OURS],
    becomes: () =>
      `exports.WebSocket = require("./node_modules/ws/lib/websocket.js");` +
      `exports.WebSocketServer = require("./node_modules/ws/lib/websocket-server.js");`,
    why: "The screen's server; the front door brings compression and streams with it",
  },
  {
    request: "https",
    of: ["ws"],
    becomes: () => NOTHING,
    why: "The screen's server is never a client, and its socket is a loopback",
  },
  {
    request: "tls",
    of: ["ws"],
    becomes: () => NOTHING,
    why: "The screen's server is never a client, and its socket is a loopback",
  },
  {
    request: "./permessage-deflate",
    of: ["ws"],
    becomes: () => `module.exports = class { static extensionName = "permessage-deflate"; };`,
    why: "The screen's server compresses nothing: its socket is a loopback",
  },
  {
    request: "serialport",
    of: [OURS],
    becomes: () => `exports.SerialPort = { binding: require("@serialport/bindings-cpp").autoDetect() };`,
    why: "Lines are read and written by drivers/port/serial.ts; the stream, ten parsers and the mock are not used",
  },
  {
    request: "./serialport-bindings",
    of: ["@serialport/bindings-cpp"],
    becomes: () =>
      `const natives = ${JSON.stringify(SERIAL_NATIVES)};` +
      `exports.binding = require(__dirname + "/prebuilds/" + natives[process.arch]);`,
    why: "It looks for the native part of any system above its own folder; two lie in prebuilds/ beside the bundle",
  },
  {
    request: "./darwin",
    of: ["@serialport/bindings-cpp"],
    becomes: () => NOTHING,
    why: "Another system; its native part is not shipped either",
  },
  {
    request: "./win32",
    of: ["@serialport/bindings-cpp"],
    becomes: () => NOTHING,
    why: "Another system; its native part is not shipped either",
  },
  {
    request: "./linux-list",
    of: ["@serialport/bindings-cpp"],
    becomes: () => NOTHING,
    why: "Lines are found below /dev/serial by drivers/port; the library's list runs udevadm",
  },
];

const NAMESPACE = "lean";

/** The plugin, and the requests that it has replaced so far. */
export function leanPlugin(): { readonly plugin: Plugin; readonly met: ReadonlySet<LeanRow> } {
  const met = new Set<LeanRow>();
  const plugin: Plugin = {
    name: NAMESPACE,
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /./ }, ({ path, importer, namespace }) => {
        if (namespace === NAMESPACE) return null;
        const owner = packageOf(importer);
        const row = LEAN_ROWS.find(({ request, of }) => request === path && of.includes(owner));
        if (row === undefined) return null;
        met.add(row);
        return { path: row.request, namespace: NAMESPACE, pluginData: row };
      });
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ pluginData }) => {
        const row = LEAN_ROWS.find((each) => each === pluginData);
        return row === undefined ? null : { contents: row.becomes(), loader: "js", resolveDir: PROJECT_ROOT };
      });
    },
  };
  return { plugin, met };
}

/** The package that a file belongs to; OURS outside of all. */
function packageOf(path: string): string {
  return /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(path)?.[1] ?? OURS;
}

function versionOf(name: string): string {
  const text = readFileSync(join(PROJECT_ROOT, "node_modules", name, "package.json"), "utf8");
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && "version" in value && typeof value.version === "string")
    return value.version;
  throw new Error(`${name} says no version`);
}
