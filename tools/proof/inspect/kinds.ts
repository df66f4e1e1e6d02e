/**
 * All kinds of `tools/inspect`, in the order in which --help lists them.
 * A new kind is a file and a row here.
 */
import { barcodeInspector } from "./barcode.ts";
import { batchInspector } from "./batch.ts";
import { cborInspector } from "./cbor.ts";
import { coseInspector } from "./cose.ts";
import { ed25519Inspector } from "./ed25519.ts";
import { escposInspector } from "./escpos.ts";
import type { Inspector } from "./inspector.ts";
import { journalInspector } from "./journal.ts";
import { neo2Inspector } from "./neo2.ts";
import { nexoInspector } from "./nexo.ts";
import { priceInspector } from "./price.ts";
import { zvtInspector } from "./zvt.ts";

/** Every kind. */
export const INSPECTORS: readonly Inspector[] = [
  cborInspector,
  coseInspector,
  ed25519Inspector,
  batchInspector,
  journalInspector,
  escposInspector,
  barcodeInspector,
  priceInspector,
  zvtInspector,
  neo2Inspector,
  nexoInspector,
];
