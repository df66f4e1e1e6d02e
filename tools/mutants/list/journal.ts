/**
 * Planted bugs of the journal: what is durable, what recovery believes, and
 * what it keeps. Each is in runtime/store.
 */
import type { Course, Mutant } from "../mutant.ts";

const JOURNAL = "runtime/store/journal.ts";
const INSPECT = "runtime/store/inspect.ts";

/** A journal is cheap to crash, and some of its windows are too narrow for chance. */
const DISK: readonly Course[] = ["journal_states", "enumerate faults", "enumerate cuts", "seeds"];
/** What recovery makes of a disk that was robbed: its crashes come to nothing else. */
const ROT: readonly Course[] = ["enumerate rot", "seeds"];

/** Bugs in runtime/store. */
export const JOURNAL_MUTANTS: readonly Mutant[] = [
  {
    name: "waiters-told-before-the-sync",
    file: JOURNAL,
    find: `    await this.#file.sync();
    this.#noteDurable(block, bytes.length, hash);
`,
    replace: `    this.#noteDurable(block, bytes.length, hash);
    await this.#file.sync();
`,
    promise: "J2: who waits for a commit is told after its sync has returned.",
    isBlind: false,
    courses: DISK,
    also: ["tests/runtime/store/journal.test.ts", "tests/runtime/store.test.ts"],
  },
  {
    name: "block-never-synced",
    file: JOURNAL,
    find: `    await this.#file.sync();
    this.#noteDurable`,
    replace: `    this.#noteDurable`,
    promise: "J2: a block is synced before it is called durable.",
    isBlind: false,
    courses: DISK,
    also: ["tests/runtime/store/journal.test.ts", "tests/runtime/store.test.ts"],
  },
  {
    name: "fsync-retried",
    file: JOURNAL,
    find: "    await this.#file.sync();\n",
    replace: "    await this.#file.sync().catch(() => this.#file?.sync());\n",
    promise: "J4: the first failed sync is final; a second one that succeeds proves nothing.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/store/journal.test.ts"],
  },
  {
    name: "segment-name-not-synced",
    file: JOURNAL,
    find: "    await this.#options.disk.syncDirectory(JOURNAL_DIRECTORY);\n",
    replace: "",
    promise: "J5: a segment's name is durable before its first block is.",
    isBlind: false,
    courses: DISK,
    also: ["tests/runtime/store.test.ts", "tests/runtime/store/journal.test.ts"],
  },
  {
    name: "header-not-synced",
    file: JOURNAL,
    find: "    await prepared.file.sync();\n",
    replace: "",
    promise: "J5: a segment's header is durable before its name is: a cut start is no rot.",
    isBlind: false,
    courses: DISK,
    also: ["tests/runtime/store.test.ts", "tests/runtime/store/journal.test.ts"],
  },
  {
    name: "lost-continuity-not-written",
    file: JOURNAL,
    find: "      lost: this.#lost && this.#file === null,\n",
    replace: "      lost: false,\n",
    promise: "A start that found records missing and did not live to say so is followed by one that knows.",
    isBlind: false,
    courses: ROT,
    also: ["tests/runtime/store/inspect.test.ts", "tests/runtime/store.test.ts"],
  },
  {
    name: "unpadded-append",
    file: "runtime/store/block.ts",
    find: "  return Math.ceil((BLOCK_HEADER_BYTES + recordBytes) / sectorBytes) * sectorBytes;\n",
    replace: "  return BLOCK_HEADER_BYTES + recordBytes;\n",
    promise: "A block fills its sectors, so a write that is cut never touches a block that was durable.",
    isBlind: true,
    courses: DISK,
    also: ["tests/runtime/store/block.test.ts"],
  },
  {
    name: "chain-not-checked",
    file: INSPECT,
    find: "  return sameBytes(hash, decoded.value.hash) ? decoded.value : null;\n",
    replace: "  return decoded.value;\n",
    promise: "I1: a block is handed out only when the hash chain holds up to it.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "parent-not-compared",
    file: INSPECT,
    find: "    chained: samePosition(header.parent, head) && header.firstSeq === (head?.seq ?? 0) + 1,\n",
    replace: "    chained: header.firstSeq === (head?.seq ?? 0) + 1,\n",
    promise: "A segment that follows another history is not taken for the next one.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "mark-ignored",
    file: INSPECT,
    find: "    marked: last && !markStands,\n",
    replace: "    marked: false,\n",
    promise: "The commit mark tells rot in the last block from a write that was cut.",
    isBlind: false,
    courses: ROT,
    also: ["tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "rot-taken-for-torn",
    file: INSPECT,
    find: "    resumed: last && isResumed(bytes, reading.header, progress),\n",
    replace: "    resumed: false,\n",
    promise: "Broken bytes with a whole block behind them were durable once: rot, and no cut write.",
    isBlind: false,
    courses: ROT,
    also: ["tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "loss-called-kept",
    file: INSPECT,
    find: '      continuity: rotten || progress.lost ? "lost" : "kept",\n',
    replace: '      continuity: "kept",\n',
    promise: "After rot the start knows that records are missing, and takes a new receipt series.",
    isBlind: false,
    courses: ROT,
    also: ["tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "segment-number-reused-after-a-torn-tail",
    file: INSPECT,
    find: "    nextSegmentNumber: keptCount + 1,\n",
    replace: '    nextSegmentNumber: row.decision === "torn" ? keptCount : keptCount + 1,\n',
    promise: "J3: after a torn tail a start goes on in a new segment and leaves the old one alone.",
    isBlind: true,
    courses: DISK,
    also: ["tests/runtime/store.test.ts", "tests/runtime/store/inspect.test.ts"],
  },
  {
    name: "killed-process-tail-not-synced",
    file: INSPECT,
    find: "    await file.sync();\n",
    replace: "",
    promise: "What a killed process left in memory only is made durable before anything is built upon it.",
    isBlind: true,
    courses: DISK,
    also: [
      "tests/runtime/store/inspect.test.ts",
      "tests/runtime/store.test.ts",
      "tests/runtime/store/journal.test.ts",
    ],
  },
  {
    name: "spare-name-not-synced",
    file: "runtime/store/files.ts",
    find: "    await this.#disk.syncDirectory(JOURNAL_DIRECTORY);\n",
    replace: "",
    promise: "J5: a spare file's name is durable before the spare is called ready.",
    isBlind: false,
    courses: ["journal_states", "seeds"],
    also: ["tests/runtime/store/files.test.ts"],
  },
  {
    name: "failed-write-forgotten",
    file: JOURNAL,
    find: "    await this.#file.write(block.offset, bytes);\n",
    replace: "    await this.#file.write(block.offset, bytes).catch(() => {});\n",
    promise: "J4: what the disk refused to write is not called durable.",
    isBlind: false,
    courses: DISK,
    also: ["tests/runtime/store/journal.test.ts"],
  },
];
