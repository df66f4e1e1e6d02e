/**
 * A simulated NEO 2 behind a path that opens as a hidraw node does: a pseudo-terminal, whose other end this
 * process holds. Reports are 64 bytes each way, so a stream of bytes keeps their edges.
 */

import { createHidrawPort } from "../../../drivers/port/hidraw.ts";
import type { HidPort } from "../../../drivers/port/hid.ts";
import type { Timers } from "../../../drivers/port/timers.ts";
import type { Neo2Device } from "./device.ts";

const REPORT_BYTES = 64;
const POLL_MS = 5;
const WRITE_TIMEOUT_MS = 5_000;
const QUEUE_BYTES_MAX = 64 * 1024;

/** Holds the reader's end at `path`; resolves when it is open. Close the port to let go. */
export async function serveNeo2(
  device: Neo2Device,
  path: string,
  timers: Timers,
  onEnd: () => void,
): Promise<HidPort> {
  const port = createHidrawPort(
    {
      path,
      access: "read_write",
      reportBytesMax: REPORT_BYTES,
      pollMs: POLL_MS,
      writeTimeoutMs: WRITE_TIMEOUT_MS,
      queueBytesMax: QUEUE_BYTES_MAX,
    },
    timers,
  );
  let held = new Uint8Array();
  port.onReport((bytes) => {
    held = Uint8Array.of(...held, ...bytes);
    for (; held.length >= REPORT_BYTES; held = held.slice(REPORT_BYTES)) {
      device.receive(held.slice(0, REPORT_BYTES));
    }
  });
  port.onClose(onEnd);
  device.onSend((report) => {
    port.write(report).catch(onEnd);
  });
  await port.open();
  return port;
}
