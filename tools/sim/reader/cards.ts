/**
 * The cards of the simulated card holders: numbers that schemes and processors publish for tests, never
 * a real one. They go out on the wire, because terminals do that and whoever listens must not keep them;
 * the simulator itself keeps a card's key only.
 */

/** A card. */
export interface Card {
  readonly key: string;
  readonly brand: string;
  readonly pan: string;
  /** "YYMM". */
  readonly expiry: string;
  /** BMP 8A. */
  readonly typeCode: number;
  /** What a tap asks of its holder, and what an insertion asks. */
  readonly tapAsks: "nothing" | "pin";
  readonly chipAsks: "pin" | "signature";
  /** Hex. */
  readonly uid: string;
  /** What its bank says: 0 for yes. */
  readonly issuerCode: number;
  /** Its chip, its stripe and its antenna can be read. */
  readonly isReadable: boolean;
}

const GOOD = {
  expiry: "2912",
  tapAsks: "nothing",
  chipAsks: "pin",
  issuerCode: 0,
  isReadable: true,
} as const;

/** All cards in the drawer. */
export const CARDS: readonly Card[] = [
  { ...GOOD, key: "visa", brand: "Visa", pan: "4111111111111111", typeCode: 10, uid: "04A1B2C3D4E580" },
  {
    ...GOOD,
    key: "mastercard",
    brand: "Mastercard",
    pan: "5555555555554444",
    typeCode: 6,
    uid: "04112233445566",
  },
  {
    ...GOOD,
    key: "girocard",
    brand: "girocard",
    pan: "6799998900000200010",
    typeCode: 5,
    uid: "04665544332211",
  },
  {
    ...GOOD,
    key: "amex",
    brand: "American Express",
    pan: "378282246310005",
    typeCode: 8,
    chipAsks: "signature",
    uid: "049988776655AA",
  },
  {
    ...GOOD,
    key: "unionpay",
    brand: "UnionPay",
    pan: "6200000000000005",
    typeCode: 46,
    tapAsks: "pin",
    uid: "04CAFE00BEEF01",
  },
  {
    ...GOOD,
    key: "declined",
    brand: "Visa",
    pan: "4000000000000002",
    typeCode: 10,
    issuerCode: 5,
    uid: "04000000000002",
  },
  {
    ...GOOD,
    key: "no_funds",
    brand: "Mastercard",
    pan: "5105105105105100",
    typeCode: 6,
    issuerCode: 51,
    uid: "04000000000051",
  },
  {
    ...GOOD,
    key: "unreadable",
    brand: "Visa",
    pan: "4012888888881881",
    typeCode: 10,
    isReadable: false,
    uid: "04000000000064",
  },
];

/** The card of that key; undefined when the drawer has none. */
export function cardOf(key: string): Card | undefined {
  return CARDS.find((card) => card.key === key);
}

/** The last four digits, which alone may be kept. */
export function lastFourOf(card: Card): string {
  return card.pan.slice(-4);
}
