/** Symbology identifiers in front of data. */

import { expect, test } from "vitest";
import { splitAim } from "../../../drivers/scanner/aim.ts";
import { table } from "../../support/table.ts";

const rows = table(
  ["text", "form", "data"],
  `
  text              | form         | data
  ]E06900350006025  | retail       | 6900350006025
  ]E3690035000602512| retail_addon | 690035000602512
  ]E496385074       | ean8         | 96385074
  ]I110614141000415 | itf          | 10614141000415
  ]C10112345        | gs1          | 0112345
  ]e00112345        | gs1          | 0112345
  ]d20112345        | gs1          | 0112345
  ]Q30112345        | gs1          | 0112345
  ]J10112345        | gs1          | 0112345
  ]C0ABC            | text         | ABC
  ]A0ABC            | text         | ABC
  ]Q1ABC            | text         | ABC
  ]L0ABC            | text         | ABC
  ]E16              | text         | 6
  6900350006025     |              | 6900350006025
  ]                 |              | ]
  ]E                |              | ]E
  ]0E12             |              | ]0E12
  `,
);

test.each(rows)("$title", ({ text, form, data }) => {
  expect(splitAim(text)).toEqual({ form: form === "" ? undefined : form, data });
});

test("nothing is neither identifier nor data", () => {
  expect(splitAim("")).toEqual({ form: undefined, data: "" });
});
