/** The shop whose name stands on the X, Z and receipts of tests of a day. */
import type { ReceiptShop } from "../../core/receipt/layout.ts";

/** An English shop without an address, in UTC. */
export const idleReceiptShop: ReceiptShop = {
  name: "Corner Shop",
  addressLines: [],
  footer: "",
  language: "en",
  zoneMinutes: 0,
  isTraining: false,
};
