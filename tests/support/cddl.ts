/**
 * A reader of the part of CDDL (RFC 8610) that schema.cddl is written in, and a matcher of CBOR
 * values against its rules: arrays and maps of named members, `*` and `+`, ranges, choices, tag 18
 * and the controls .size, .regexp, .cbor and .cborseq. Throws on anything else.
 */
import { decodeCbor, decodeCborSequence } from "../../protocol/cbor-decode.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";

type Node =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "literal"; readonly value: number | string }
  | { readonly kind: "range"; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly options: readonly Node[] }
  | { readonly kind: "control"; readonly name: string; readonly target: Node; readonly argument: Node }
  | { readonly kind: "array" | "map"; readonly members: readonly Member[] }
  | { readonly kind: "tag"; readonly content: Node };

interface Member {
  readonly occurs: "once" | "*" | "+";
  readonly key: string;
  readonly type: Node;
}

const TOKEN = /\s*(#6\.18|\.\.|\.[a-z]+|[A-Za-z][\w-]*|-?\d+|"[^"]*"|[[\]{}()/:,=*+])/y;

const BUILT_IN: ReadonlySet<string> = new Set(["uint", "tstr", "bstr", "null"]);

function namesIn(node: Node): readonly string[] {
  switch (node.kind) {
    case "name":
      return [node.name];
    case "choice":
      return node.options.flatMap(namesIn);
    case "control":
      return [...namesIn(node.target), ...namesIn(node.argument)];
    case "array":
    case "map":
      return node.members.flatMap((member) => namesIn(member.type));
    case "tag":
      return namesIn(node.content);
    default:
      return [];
  }
}

/** The rules of a CDDL text, ready to match. */
export class Cddl {
  readonly #rules = new Map<string, Node>();
  readonly #tokens: string[] = [];

  constructor(text: string) {
    const plain = text.replaceAll(/;.*$/gm, "");
    TOKEN.lastIndex = 0;
    while (plain.slice(TOKEN.lastIndex).trim() !== "") {
      const at = TOKEN.lastIndex;
      const [, token] = TOKEN.exec(plain) ?? [];
      if (token === undefined) throw new Error(`Not CDDL: ${plain.slice(at, at + 40)}`);
      this.#tokens.push(token);
    }
    while (this.#tokens.length > 0) {
      const name = this.#next();
      this.#expect("=");
      if (this.#rules.has(name)) throw new Error(`Two rules are named ${name}`);
      this.#rules.set(name, this.#type());
    }
  }

  /** Names that a rule uses and no rule makes. */
  get missing(): readonly string[] {
    const used = [...this.#rules.values()].flatMap(namesIn);
    return used.filter((name) => !BUILT_IN.has(name) && !this.#rules.has(name));
  }

  /** Whether `value` is what the rule of this name says. Throws when a rule names one that is not there. */
  matches(name: string, value: CborValue): boolean {
    return this.#matches({ kind: "name", name }, value);
  }

  #next(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw new Error("The rules end too early");
    return token;
  }

  #expect(wanted: string): void {
    const token = this.#next();
    if (token !== wanted) throw new Error(`Expected ${wanted}, found ${token}`);
  }

  #takes(wanted: string): boolean {
    if (this.#tokens[0] !== wanted) return false;
    this.#tokens.shift();
    return true;
  }

  #type(): Node {
    const options = [this.#controlled()];
    while (this.#takes("/")) options.push(this.#controlled());
    const [first] = options;
    return options.length === 1 && first !== undefined ? first : { kind: "choice", options };
  }

  #controlled(): Node {
    const target = this.#plain();
    if (this.#takes("..")) {
      const end = this.#plain();
      if (target.kind !== "literal" || end.kind !== "literal") throw new Error("A range needs two numbers");
      return { kind: "range", min: Number(target.value), max: Number(end.value) };
    }
    if (this.#tokens[0]?.startsWith(".") !== true) return target;
    return { kind: "control", name: this.#next(), target, argument: this.#plain() };
  }

  #plain(): Node {
    const token = this.#next();
    if (token === "[") return { kind: "array", members: this.#members("]") };
    if (token === "{") return { kind: "map", members: this.#members("}") };
    if (token === "#6.18") {
      this.#expect("(");
      const content = this.#type();
      this.#expect(")");
      return { kind: "tag", content };
    }
    if (token.startsWith('"')) return { kind: "literal", value: token.slice(1, -1) };
    if (/^-?\d/.test(token)) return { kind: "literal", value: Number(token) };
    return { kind: "name", name: token };
  }

  #members(end: string): readonly Member[] {
    const members: Member[] = [];
    while (!this.#takes(end)) {
      const occurs = this.#takes("*") ? "*" : this.#takes("+") ? "+" : "once";
      const key = this.#tokens[1] === ":" ? this.#next() : "";
      if (key !== "") this.#expect(":");
      members.push({ occurs, key, type: this.#type() });
      if (this.#tokens[0] !== end) this.#expect(",");
    }
    return members;
  }

  #matches(node: Node, value: CborValue): boolean {
    switch (node.kind) {
      case "name":
        return this.#matchesName(node.name, value);
      case "literal":
        return value === node.value;
      case "range":
        return typeof value === "number" && value >= node.min && value <= node.max;
      case "choice":
        return node.options.some((option) => this.#matches(option, value));
      case "control":
        return this.#matches(node.target, value) && this.#holds(node.name, node.argument, value);
      case "array":
        return Array.isArray(value) && this.#matchesItems(node.members, value);
      case "map":
        return value instanceof Map && this.#matchesEntries(node.members, value);
      case "tag":
        return (
          typeof value === "object" &&
          value !== null &&
          "tag" in value &&
          this.#matches(node.content, value.value)
        );
    }
  }

  #matchesName(name: string, value: CborValue): boolean {
    switch (name) {
      case "uint":
        return typeof value === "number" && value >= 0;
      case "tstr":
        return typeof value === "string";
      case "bstr":
        return value instanceof Uint8Array;
      case "null":
        return value === null;
      default: {
        const rule = this.#rules.get(name);
        if (rule === undefined) throw new Error(`There is no rule ${name}`);
        return this.#matches(rule, value);
      }
    }
  }

  #holds(control: string, argument: Node, value: CborValue): boolean {
    if (control === ".regexp" && argument.kind === "literal" && typeof value === "string") {
      return new RegExp(`^(?:${argument.value})$`).test(value);
    }
    if (!(value instanceof Uint8Array)) throw new Error(`${control} is about bytes`);
    if (control === ".size" && argument.kind === "literal") return value.length === argument.value;
    if (control === ".cbor") {
      const decoded = decodeCbor(value);
      return decoded.ok && this.#matches(argument, decoded.value);
    }
    if (control !== ".cborseq") throw new Error(`There is no control ${control}`);
    const items = decodeCborSequence(value, value.length);
    return (
      items.ok &&
      this.#matches(
        argument,
        items.value.map((item) => item.value),
      )
    );
  }

  #matchesItems(members: readonly Member[], items: readonly CborValue[]): boolean {
    let index = 0;
    for (const { occurs, type } of members) {
      const start = index;
      const bound = occurs === "once" ? start + 1 : items.length;
      for (; index < bound; index += 1) {
        const item = items[index];
        if (item === undefined || !this.#matches(type, item)) break;
      }
      if (occurs !== "*" && index === start) return false;
    }
    return index === items.length;
  }

  #matchesEntries(members: readonly Member[], map: ReadonlyMap<unknown, CborValue>): boolean {
    if (map.size !== members.length) return false;
    return members.every(({ key, type }) => {
      const value = map.get(Number(key));
      return value !== undefined && this.#matches(type, value);
    });
  }
}
