/**
 * The part of node:crypto that protocol may know, for tsconfig.pure.json alone: there Node's own
 * types are absent, so that core and protocol cannot touch Node by accident. sign.ts and hash.ts
 * are the two files that need something of it; what they need more has to be named here first.
 */

declare module "node:crypto" {
  interface KeyObject {
    export(options: { readonly format: "der"; readonly type: "spki" }): Uint8Array<ArrayBuffer>;
  }

  interface KeyInput {
    readonly key: string;
    readonly encoding: "hex";
    readonly format: "der";
    readonly type: "pkcs8" | "spki";
  }

  interface Hash {
    update(bytes: Uint8Array): this;
    digest(): Uint8Array<ArrayBuffer>;
  }

  function createHash(algorithm: "sha256"): Hash;
  function hash(algorithm: "sha256", input: Uint8Array | string, encoding: "hex" | "binary"): string;
  function createPrivateKey(input: KeyInput): KeyObject;
  function createPublicKey(input: KeyInput | KeyObject): KeyObject;
  function sign(algorithm: null, message: Uint8Array, key: KeyObject): Uint8Array<ArrayBuffer>;
  function verify(algorithm: null, message: Uint8Array, key: KeyObject, signature: Uint8Array): boolean;
}
