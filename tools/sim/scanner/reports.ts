/**
 * A code as a HID POS scanner reports it: the other side of drivers/scanner/hid-report.ts, written from
 * the same page of the usage tables and sharing nothing with it.
 */

const REPORT_BYTES = 64;
const DATA_BYTES_MAX = 56;

/** The reports of one code, `]cm` in front of the data; any byte values. */
export function hidReports(text: string): readonly Uint8Array[] {
  const aim = text.slice(0, 3);
  const data = text.slice(3);
  const reportCount = Math.max(1, Math.ceil(data.length / DATA_BYTES_MAX));
  return Array.from({ length: reportCount }, (_, index) => {
    const part = data.slice(index * DATA_BYTES_MAX, (index + 1) * DATA_BYTES_MAX);
    const report = new Uint8Array(REPORT_BYTES);
    report.set([0x02, part.length, ...bytesOf(aim), ...bytesOf(part)]);
    report.set([0x73, 0x00, index + 1 < reportCount ? 1 : 0], REPORT_BYTES - 3);
    return report;
  });
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
