/**
 * A signed message inside a zstd frame (RFC 8878), for the way over the air alone:
 *
 *     [number of the wrapping, one byte] [one zstd frame, made with that number's dictionary]
 *
 * A COSE_Sign1 begins with D2, so a message that is not wrapped is known by its first byte, and is
 * taken as it always was. Signature and hash are over the message and never over the frame.
 * W1 A terminal wraps only what headquarters has offered to take in this session (`offer`).
 * W2 The frame is opened before anything is believed: never to more than the caller's bound.
 * W3 A dictionary never changes once something was sent with it; another one is another number.
 */

/** Squeezes bytes and opens what was squeezed; bound to zstd by whoever may know Node. */
export interface Squeezer {
  squeeze(plain: Uint8Array, dictionary: Uint8Array): Uint8Array;
  /** Null for what is no frame of this dictionary, and for what would come to more than `bytesMax`. */
  open(frame: Uint8Array, dictionary: Uint8Array, bytesMax: number): Uint8Array | null;
}

/** Records of one sale as 0.2.0 wrote them: what the events of any sale look like. */
const DICTIONARY_1 = bytesOf(
  "8503031b0000019b8d2b8c00830102636d6179860a01006353454b60608504041b0000019b8d2b8c00f68b0b01036669" +
    "74656d2d306d4974656d206e756d62657220301903e818691a0003d0900060008505051b0000019b8d2b8c0083010363" +
    "6d61798b0b0103666974656d2d316d4974656d206e756d62657220311903e8188e19ea600060008506061b0000019b8d" +
    "2b8c00830104636d61798b0b0103666974656d2d326d4974656d206e756d62657220321903e818b319ea600060008507" +
    "071b0000019b8d2b8c00830105636d6179860c0103041903e8008508081b0000019b8d2b8c00830106636d6179851401" +
    "0381836674696c6c2d314800000000000000b1071902138509091b0000019b8d2b8c00f688160103080018c818c80085" +
    "0a0a1b0000019b8d2b8c00830107636d617988160103080019014b19014b00850b0b1b0000019b8d2b8c00f68a170103" +
    "08636d6179190213828319ea6019012f12831a0003d09018a8182a8283090018c8830a0019014b82625331015820d68a" +
    "6954b99f598140d86ba4b72fa8eca9496b2b1bd44b19d4e37ffaad64b53d850c0c1b0000019b8d2b8c00830108636d61" +
    "7986181f01030b0060",
);

/** The dictionary of each wrapping (W3), by numbers that begin no COSE_Sign1: 1 to 23. */
const DICTIONARIES: ReadonlyMap<number, Uint8Array> = new Map([[1, DICTIONARY_1]]);

/** The wrappings that this build knows. */
export const WRAPPINGS: readonly number[] = [...DICTIONARIES.keys()];

/** `message` wrapped in the newest of the wrappings that are offered and known; as it is where there is none, or where wrapping makes it no shorter. */
export function wrap(message: Uint8Array, offered: readonly number[], squeezer: Squeezer): Uint8Array {
  const number = Math.max(0, ...offered.filter((each) => DICTIONARIES.has(each)));
  const dictionary = DICTIONARIES.get(number);
  if (dictionary === undefined) return message;
  const frame = squeezer.squeeze(message, dictionary);
  if (frame.length + 1 >= message.length) return message;
  const wrapped = new Uint8Array(frame.length + 1);
  wrapped[0] = number;
  wrapped.set(frame, 1);
  return wrapped;
}

/** The message in `bytes`, of at most `bytesMax` (W2); what is not wrapped comes back as it is, whatever it may be. Null for a frame that is broken or holds more. */
export function unwrap(bytes: Uint8Array, squeezer: Squeezer, bytesMax: number): Uint8Array | null {
  const dictionary = DICTIONARIES.get(bytes[0] ?? 0);
  return dictionary === undefined ? bytes : squeezer.open(bytes.subarray(1), dictionary, bytesMax);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
