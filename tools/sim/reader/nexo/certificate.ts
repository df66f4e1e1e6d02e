/**
 * A self-signed certificate, made with Node alone: an X.509 v3 of the smallest kind (RFC 5280) over a
 * P-256 key. It names a terminal and is worth nothing else; whoever talks to it pins its fingerprint.
 */

import { createHash, generateKeyPairSync, sign } from "node:crypto";

/** A key and its certificate as PEM, and what is pinned. */
export interface MadeCertificate {
  readonly keyPem: string;
  readonly certPem: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint256: string;
}

const TAG = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  time: 0x18,
  version: 0xa0,
} as const;
/** 1.2.840.10045.4.3.2, ECDSA with SHA-256. */
const ECDSA_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
/** 2.5.4.3, common name. */
const COMMON_NAME = Buffer.from("0603550403", "hex");
const PEM_COLUMNS = 64;

/** Makes one for `commonName`, good from 2020 to 2099. */
export function makeCertificate(commonName: string): MadeCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(TAG.sequence, ECDSA_SHA256);
  const name = der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, COMMON_NAME, der(TAG.utf8, Buffer.from(commonName)))),
  );
  const validity = der(
    TAG.sequence,
    der(TAG.utcTime, Buffer.from("200101000000Z")),
    der(TAG.time, Buffer.from("20991231235959Z")),
  );
  const body = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(TAG.bitString, Buffer.from([0]), sign("sha256", body, privateKey));
  const certificate = der(TAG.sequence, body, algorithm, signature);
  return {
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certPem: pem("CERTIFICATE", certificate),
    fingerprint256: createHash("sha256").update(certificate).digest("hex"),
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const prefix =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(prefix), content]);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(new RegExp(`.{1,${PEM_COLUMNS}}`, "g")) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
