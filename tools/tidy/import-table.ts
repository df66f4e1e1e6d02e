/**
 * Who may import whom: the import table of ARCHITECTURE.md as data. A row names the area of a file;
 * its columns say which project files, which modules of Node and which packages it may reach.
 * The first row whose `from` matches a path is its row; what no column allows is a breach.
 * DEVICE in a pattern stands for the device folder of the importing file.
 */

/** One row. `says` is the sentence a breach prints: the rule, in the words of ARCHITECTURE.md. */
export interface ImportRow {
  readonly from: RegExp;
  readonly files: readonly RegExp[];
  readonly node: RegExp;
  readonly packages: RegExp;
  readonly says: string;
}

const none = /^$/;
const any = /./;
/** Modules of Node that touch the world: files, network, time, chance, processes. */
const nodeWithoutWorld =
  /^node:(?!(fs|net|tls|dgram|dns|http|https|http2|timers|crypto|child_process|cluster|worker_threads|os|perf_hooks|vm|inspector)(\/|$))/;

/** core files that other folders may know: types, money, ids, instants and assertions, not rules. */
const coreVocabulary = /^core\/(([\w-]+\/)*(types|events)|facts|money|ids|time|limits|bug)\.ts$/;
/** The narrower half of it: types and assertions. */
const coreTypes = /^core\/(([\w-]+\/)*(types|events)|facts|bug)\.ts$/;
const receiptBlock = /^core\/receipt\/block\.ts$/;

/** ARCHITECTURE.md, "Who may import whom", top to bottom from the narrowest path. */
export const importTable: readonly ImportRow[] = [
  {
    from: /^core\//,
    files: [/^core\//],
    node: none,
    packages: none,
    says: "core imports only core",
  },
  {
    from: /^protocol\/(sign|hash)\.ts$/,
    files: [/^protocol\//, coreVocabulary],
    node: /^node:crypto$/,
    packages: /^(cbor-x|tweetnacl)$/,
    says: "protocol/sign.ts and protocol/hash.ts import protocol, core's vocabulary (types, events, facts, money, ids, time, limits, bug) and node:crypto",
  },
  {
    from: /^protocol\//,
    files: [/^protocol\//, coreVocabulary],
    node: none,
    packages: /^(cbor-x|tweetnacl)$/,
    says: "protocol imports protocol and core's vocabulary (types, events, facts, money, ids, time, limits, bug); node:crypto is for sign.ts and hash.ts",
  },
  {
    from: /^drivers\/port\//,
    files: [/^drivers\/port\//, /^drivers\/[\w-]+\.ts$/, coreTypes],
    node: any,
    packages: /^(serialport|node-hid)$/,
    says: "drivers/port imports itself, the top of drivers, core types and bug, Node, serialport and node-hid",
  },
  {
    from: /^drivers\/(?<device>[\w-]+)\//,
    files: [/^drivers\/(port|frame|DEVICE)\//, /^drivers\/[\w-]+\.ts$/, coreTypes, receiptBlock],
    node: none,
    packages: none,
    says: "a device imports its own folder, drivers/port, drivers/frame, the top of drivers, core types, bug and receipt blocks",
  },
  {
    from: /^drivers\//,
    files: [/^drivers\//, coreTypes, receiptBlock],
    node: none,
    packages: none,
    says: "drivers imports drivers, core types, bug and receipt blocks",
  },
  {
    from: /^ota\//,
    files: [/^ota\//, /^protocol\//, coreTypes],
    node: none,
    packages: none,
    says: "ota imports ota, protocol, core types and bug; a file that touches disk or network gets a row here",
  },
  {
    from: /^runtime\/ui\/web\//,
    files: [
      /^runtime\/ui\//,
      /^drivers\/scanner\/wedge\.ts$/,
      coreVocabulary,
      /^core\/([\w-]+\/)*refusal[\w-]*\.ts$/,
    ],
    node: none,
    packages: /^(preact(\/.+)?|@preact\/signals)$/,
    says: "the screen imports preact, @preact/signals, runtime/ui, the keyboard wedge, core's vocabulary and refusal texts",
  },
  {
    from: /^runtime\/adapters\//,
    files: [/^(core|protocol|drivers|ota|runtime)\/(?!ui\/web\/)/],
    node: any,
    packages: /^(mqtt|ws)$/,
    says: "runtime/adapters imports what ships on a terminal, Node, mqtt and ws",
  },
  {
    from: /^runtime\/main\.ts$/,
    files: [/^(core|protocol|drivers|ota|runtime)\/(?!ui\/web\/)/],
    node: any,
    packages: none,
    says: "runtime/main.ts imports what ships on a terminal and Node, and no package",
  },
  {
    from: /^runtime\//,
    files: [/^(core|protocol|drivers|ota)\//, /^runtime\/(?!adapters\/|ui\/web\/|main\.ts)/],
    node: nodeWithoutWorld,
    packages: none,
    says: "runtime takes Disk, Clock, Timers, Rng, Bus and Port as arguments: only runtime/main.ts and runtime/adapters reach adapters and the world, and nothing reaches tools",
  },
  {
    from: /^tools\//,
    files: [/^(?!tests\/)/],
    node: any,
    packages: any,
    says: "tools imports anything but tests",
  },
  {
    from: /^tests\/|^[\w.-]+\.config\.ts$/,
    files: [any],
    node: any,
    packages: any,
    says: "tests and configuration import anything",
  },
];

/** The row of the file at `path`; undefined for a file outside of the fixed top level. */
export function rowOf(path: string): ImportRow | undefined {
  return importTable.find((row) => row.from.test(path));
}

/** May the file at `path` import the project file `target`? */
export function allowsFile(row: ImportRow, path: string, target: string): boolean {
  const device = row.from.exec(path)?.groups?.["device"] ?? "";
  return row.files.some((pattern) => new RegExp(pattern.source.replace("DEVICE", device)).test(target));
}
