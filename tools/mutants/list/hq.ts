/**
 * Planted bugs of headquarters: what is acknowledged, what is taken for known, and what turnover is
 * summed from.
 */
import type { Mutant } from "../mutant.ts";

const INGEST = "tools/hq/ingest.ts";
const PROJECT = "tools/hq/project.ts";
const MEMORY = "tools/hq/store/memory.ts";

/** Bugs in tools/hq. */
export const HQ_MUTANTS: readonly Mutant[] = [
  {
    name: "hq-acks-before-the-commit",
    file: "tools/hq/link.ts",
    find: "    const outcome = await this.#context.committer.submit({\n",
    replace: `    const last = batch.blocks.at(-1);
    if (last !== undefined) await this.#seal({ kind: "ack", session: hello.session, incarnation: this.#context.store.incarnation, terminal: batch.terminal, position: { epoch: batch.epoch, seq: last.fromSeq + last.recordCount - 1, hash: last.hash } });
    const outcome = await this.#context.committer.submit({
`,
    promise: "L2: an ack is sent after the commit, never before.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/link.test.ts"],
  },
  {
    name: "hq-dedupes-by-seq-alone",
    file: INGEST,
    find: "    if (hash === null || !sameBytes(hash, block.hash)) return FORK;\n",
    replace: "    if (hash === null) return FORK;\n",
    promise: "I3: another hash at a held position is a fork and not a repetition.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/ingest.test.ts"],
  },
  {
    name: "hq-takes-overlap-for-fork",
    file: INGEST,
    find: "    if (lastSeq(block) > tip.seq) {\n",
    replace: "    if (lastSeq(block) > tip.seq || batch.blocks.length > 1) {\n",
    promise: "I2: batches may overlap and be cut anew; blocks that are held are skipped.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/ingest.test.ts"],
  },
  {
    name: "hq-gap-not-seen",
    file: INGEST,
    find: "  if (first.fromSeq > tip.seq + 1) return GAP;\n",
    replace: "",
    promise: "I1: a batch behind a gap is asked for again from the gap on.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/ingest.test.ts"],
  },
  {
    name: "hq-takes-any-continuation",
    file: INGEST,
    find: "  if (first.fromSeq <= tip.seq || !sameBytes(first.previousHash, tip.hash)) return FORK;\n",
    replace: "  if (first.fromSeq <= tip.seq) return FORK;\n",
    promise: "I1: what is stored continues the chain's hash.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/ingest.test.ts"],
  },
  {
    name: "hq-takes-any-parent",
    file: INGEST,
    find: "  return sameBytes(hash, position.hash) ? begun(held, batch, position) : FORK;\n",
    replace: "  return begun(held, batch, position);\n",
    promise: "I1: an epoch goes on from the position that its first record names, by hash.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/ingest.test.ts"],
  },
  {
    name: "second-child-not-told",
    file: "tools/hq/store/plan.ts",
    find: "    if (!decision.isSecondChild) return;\n",
    replace: "    if (!decision.isSecondChild || epoch.arrivalIndex > 0) return;\n",
    promise: "I4: two continuations of one position are stored with an alarm.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/store/memory.test.ts"],
  },
  {
    name: "overlap-projected-twice",
    file: "tools/hq/store/bodies.ts",
    find: "      if (lastSeq(block) <= doneSeq) continue;\n",
    replace: "",
    promise: "A record that came in two batches is projected once.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/store/memory.test.ts"],
  },
  {
    name: "closing-counted-with-each-fold",
    file: MEMORY,
    find: "    for (const row of folding.closings) rows.closings.set(placeKey(row), row);\n",
    replace:
      "    for (const row of folding.closings) rows.closings.set(`${placeKey(row)}/${rows.closings.size}`, row);\n",
    promise: "A closing counts once, however often its order is folded.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/store/memory.test.ts"],
  },
  {
    name: "position-ahead-of-its-rows",
    file: MEMORY,
    find: "    const reading = this.#project(writer.tenant, records, projection);\n",
    replace:
      "    rows.positions.set(key, last.seq);\n    const reading = this.#project(writer.tenant, records, projection);\n",
    promise: "S3: a projector's step changes its tables and its position together or not at all.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/store/memory.test.ts"],
  },
  {
    name: "return-positive-at-headquarters",
    file: PROJECT,
    find: "        totalMinor: event.totalMinor,\n",
    replace: "        totalMinor: Math.abs(event.totalMinor),\n",
    promise: "P2: a closing's amounts are its event's facts, with their sign.",
    isBlind: true,
    courses: ["seeds"],
    also: ["tests/tools/hq/project.test.ts", "tests/tools/hq/store/memory.test.ts"],
  },
  {
    name: "late-events-of-an-order-lost",
    file: MEMORY,
    find: "      const known = events.get(row.order) ?? new Map(rows.orderEvents.get(row.order));\n",
    replace: "      const known = events.get(row.order) ?? new Map<string, OrderEventRow>();\n",
    promise: "An order is folded from all of its events, those of earlier batches too.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/tools/hq/store/memory.test.ts"],
  },
];
