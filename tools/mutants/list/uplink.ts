/**
 * Planted bugs on the way to headquarters, at the terminal's end: what is sent again, and what is
 * believed to be held there.
 */
import type { Mutant } from "../mutant.ts";

const UPLINK = "runtime/uplink/uplink.ts";

/** Bugs in runtime/uplink and protocol/. */
export const UPLINK_MUTANTS: readonly Mutant[] = [
  {
    name: "puback-moves-acked",
    file: UPLINK,
    find: "    publishing.catch((cause: unknown) => this.#giveUp(cause, session));\n",
    replace:
      "    publishing.then(() => this.#moveAcked({ epoch, seq: lastSeq, hash: last?.hash ?? NO_SESSION }), (cause: unknown) => this.#giveUp(cause, session));\n",
    promise: "U2: a PUBACK says nothing about what headquarters holds.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "ack-hash-not-compared",
    file: UPLINK,
    find: "    if (hash === null || !sameBytes(hash, position.hash)) {\n",
    replace: "    if (hash === null) {\n",
    promise: "U2: an ack counts when its hash says that headquarters holds these very bytes.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "ack-of-another-session",
    file: UPLINK,
    find: "    if (!sameBytes(message.session, session)) return;\n",
    replace: "",
    promise: "U5: an answer to an earlier hello has no say: headquarters may have been restored since.",
    isBlind: true,
    courses: ["scenario hq_restored_while_three_resend", "seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "acked-wins-over-hello",
    file: UPLINK,
    find: "    const compared = await this.#compare(hello.holds);\n",
    replace:
      "    const compared = await this.#compare([...hello.holds, ...(this.#acked === null ? [] : [this.#acked])]);\n",
    promise: "A headquarters that was restored from a backup is sent again what it lost.",
    isBlind: true,
    courses: ["scenario hq_restored_while_three_resend", "seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "never-sent-again",
    file: UPLINK,
    find: "    this.#nextSeq = aim.fromSeq;\n",
    replace: "    this.#nextSeq = Math.max(aim.fromSeq, this.#nextSeq);\n",
    promise: "U3: what no ack names is sent again from what headquarters holds.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "silence-not-watched",
    file: UPLINK,
    find: "      void this.#greet();\n    });\n",
    replace: "    });\n",
    promise: "U3: when acks stay out the terminal greets again.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "rolled-back-taken-for-behind",
    file: "runtime/uplink/aim.ts",
    find: '    best = { kind: isAhead ? "rolled_back" : "send", fromSeq: common.seq + 1, common };\n',
    replace: '    best = { kind: "send", fromSeq: common.seq + 1, common };\n',
    promise:
      "A2: headquarters further on in one of our epochs than we are means that this disk is an older image.",
    isBlind: false,
    courses: ["scenario restored_image_while_others_sell", "seeds"],
    also: ["tests/runtime/uplink/aim.test.ts"],
  },
  {
    name: "unknown-epoch-not-told",
    file: "runtime/uplink/aim.ts",
    find: "compared[0]?.last === null",
    replace: "compared.length === 0",
    promise:
      "A2: an epoch that came after all of ours and that we never had means that this disk is an older image.",
    isBlind: false,
    courses: ["scenario restored_image_while_others_sell", "seeds"],
    also: ["tests/runtime/uplink/aim.test.ts"],
  },
  {
    name: "late-past-not-told",
    file: "runtime/uplink/aim.ts",
    find: " || isSoldInElsewhere(compared, isSeriesOf)",
    replace: "",
    promise:
      "A4: what an older image's other past had under way is told of though it came behind our own epochs.",
    isBlind: false,
    courses: ["scenario restored_image_while_others_sell", "seeds"],
    also: ["tests/runtime/uplink/aim.test.ts"],
  },
  {
    name: "batch-over-two-epochs",
    file: UPLINK,
    find: "    if (block.epoch !== first?.epoch || recordCount > BATCH_RECORDS_COUNT_MAX) return index;\n",
    replace: "    if (recordCount > BATCH_RECORDS_COUNT_MAX) return index;\n",
    promise: "A batch holds blocks of one epoch.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "window-without-bound",
    file: UPLINK,
    find: "    return this.#sent.length < WINDOW_BATCHES_COUNT_MAX && this.#nextSeq <= durableSeq;\n",
    replace: "    return WINDOW_BATCHES_COUNT_MAX > 0 && this.#nextSeq <= durableSeq;\n",
    promise: "U3: at most a window of batches waits for an ack.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/uplink/uplink.test.ts"],
  },
  {
    name: "signature-not-checked",
    file: "protocol/message.ts",
    find: "  if (!verifyCose(cose.value, verifier, externalAad(link))) {\n",
    replace: "  if (cose.value.signature.length === 0) {\n",
    promise: "Nothing is believed before its signature is right for this tenant and terminal.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/protocol/message.test.ts"],
  },
];
