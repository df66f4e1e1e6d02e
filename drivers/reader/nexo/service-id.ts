/**
 * The names of messages. A terminal keeps the ServiceID of a request for 48 hours and refuses it a
 * second time, so the one of a payment comes from the tender alone: whoever has the journal can ask for
 * it. Questions of our own take theirs by chance.
 */

const SERVICE_ID_CHARS = 10;
const BASE = 36;
const OFFSET_64 = 0xcbf29ce484222325n;
const PRIME_64 = 0x100000001b3n;
const MASK_64 = (1n << 64n) - 1n;

/** Ten letters and digits, the same for the same `ref` for ever (FNV-1a, 64 bits: two in 48 hours do not meet). */
export function serviceIdOf(ref: string): string {
  let hash = OFFSET_64;
  for (const byte of new TextEncoder().encode(ref)) hash = ((hash ^ BigInt(byte)) * PRIME_64) & MASK_64;
  return named(hash);
}

/** One for a question of our own, out of at least 8 random bytes. */
export function drawServiceId(random: Uint8Array): string {
  return named(random.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n));
}

function named(number: bigint): string {
  const digits = (number % BigInt(BASE) ** BigInt(SERVICE_ID_CHARS)).toString(BASE);
  return digits.padStart(SERVICE_ID_CHARS, "0");
}
