/**
 * What a receipt says, without a device: a list of blocks that any printer, page or picture can
 * show. Column widths, code pages, wrapping and cutting belong to the device.
 */

/** Where a text stands between the edges of the paper. */
export type Align = "left" | "center" | "right";

/** Times the normal height and width of a character. */
export type TextSize = "normal" | "double";

export type ReceiptBlock =
  /** One paragraph; wraps at the paper's width. Never holds control characters. */
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: Align;
      readonly size: TextSize;
      readonly bold: boolean;
    }
  /** A left part that wraps and a right part (an amount) that never does; on its own last line if both do not fit. */
  | {
      readonly kind: "pair";
      readonly left: string;
      readonly right: string;
      readonly size: TextSize;
      readonly bold: boolean;
    }
  /** A line across the paper. */
  | { readonly kind: "rule" }
  /** A picture of black dots, as a logo. One row after the other, each from its left, 8 dots a byte, the highest bit first. */
  | {
      readonly kind: "image";
      readonly widthDots: number;
      readonly heightDots: number;
      readonly dots: Uint8Array;
      readonly align: Align;
    }
  /** A QR code, in the middle. Up to 213 bytes of UTF-8; more is printed as text. */
  | { readonly kind: "qr"; readonly text: string }
  /** A barcode with its text below, in the middle. What the symbology cannot hold is printed as text. */
  | { readonly kind: "barcode"; readonly symbology: "ean13" | "ean8" | "code128"; readonly text: string }
  /** Empty lines. */
  | { readonly kind: "feed"; readonly lineCount: number }
  | { readonly kind: "cut" };
