/**
 * Who is signed on at which page, and everything that a PIN opens: signing on, lending a right, training.
 *
 * P1 A page acts for the clerk who signed on at it and for nobody else.
 * P2 A PIN goes from its message to the gate and nowhere else.
 * P3 What a right PIN opens is opened in the terminal whose gate compared it: in training any PIN is
 *    right, and another page may end training meanwhile.
 */
import type { Approval } from "../../core/command.ts";
import { isRepeat } from "../../core/decide.ts";
import type { Cause } from "../../core/facts.ts";
import type { ClerkId, EventId } from "../../core/ids.ts";
import { refuse } from "../../core/refusal.ts";
import type { PinPurpose } from "../../core/staff/events.ts";
import type { Config } from "../config.ts";
import type { Rng } from "../clock.ts";
import type { Desk, Desks } from "./desk.ts";
import { VIEW_NUMBER_MAX } from "./limits.ts";
import type { House, TrainingPort } from "./ports.ts";
import { said } from "./refusal-view.ts";
import type { Said } from "./refusal-view.ts";
import type { NumberedMessage, PinMessage } from "./wire.ts";

/** What people work with. */
export interface PeopleOptions {
  readonly live: House;
  readonly training: TrainingPort;
  readonly config: Pick<Config, "staff" | "pins">;
  readonly rng: Rng;
}

/** A right PIN; `attempt` is null for somebody who has none. */
interface Passed {
  readonly ok: true;
  readonly attempt: EventId | null;
}

const VIEW_BYTES = 6;

/** The people at all pages of a terminal. */
export class People {
  readonly #options: PeopleOptions;
  readonly #desks: Desks;
  /** The view under which the server itself acts for a clerk: a scanner of the terminal's own, a park before a recall. */
  readonly #ownView: number;
  #ownN = 0;

  constructor(options: PeopleOptions, desks: Desks) {
    this.#options = options;
    this.#desks = desks;
    const drawn = options.rng.bytes(VIEW_BYTES).reduce((number, byte) => number * 256 + byte, 0);
    this.#ownView = Math.max(1, drawn % VIEW_NUMBER_MAX);
  }

  /** The terminal that pages work on now. */
  get house(): House {
    return this.#options.training.room ?? this.#options.live;
  }

  /** Who is signed on at a desk; empty when the trade has forgotten the clerk. */
  clerkAt(desk: Desk): ClerkId | "" {
    return desk.clerk !== "" && this.house.loop.state.clerks.has(desk.clerk) ? desk.clerk : "";
  }

  /** What the server itself does for a clerk, under a number of its own. */
  ownCause(clerk: ClerkId | ""): Cause {
    this.#ownN += 1;
    return { view: this.#ownView, n: this.#ownN, clerk };
  }

  /**
   * P1: the message as the journal will know it, or null when its page may not act for that clerk. A
   * repeat of what had its effect is answered as before, whoever is signed on now.
   */
  causeOf(desk: Desk, { n, clerk }: NumberedMessage): Cause | null {
    const cause: Cause = { view: desk.view, n, clerk };
    const isOwn = clerk === "" || clerk === this.clerkAt(desk);
    return isOwn || isRepeat(this.house.loop.state, cause) ? cause : null;
  }

  /** Signs on at a desk, by an attempt where the staff list has a PIN. */
  async signOn(desk: Desk, clerk: ClerkId, attempt: EventId | null, cause: Cause): Promise<Said | null> {
    const answer = await this.house.loop.submit({ type: "sign_on", clerk, attempt }, cause);
    // A repeat signs nobody on: it may be older than a sign-off, or than this start.
    if (answer.ok && answer.events.length > 0) desk.clerk = clerk;
    return said(answer);
  }

  /** Signs the desk's own clerk off; in training that ends it, for every page. */
  async signOff(desk: Desk, clerk: ClerkId, cause: Cause): Promise<Said | null> {
    const { loop } = this.house;
    if (isRepeat(loop.state, cause)) return null;
    if (clerk !== this.clerkAt(desk)) return said(refuse("clerk/not_signed_on", clerk));
    desk.clerk = "";
    // Whoever works at another screen of this terminal goes on there.
    if (!this.#desks.isAtAnother(clerk)) {
      const answer = await loop.submit({ type: "sign_off", clerk }, cause);
      if (!answer.ok) return said(answer);
      this.#desks.forget(clerk);
    }
    if (this.#options.training.room?.loop === loop) await this.#options.training.leave();
    return null;
  }

  /** What a PIN opens; `approved` does a command with a right that was lent. */
  async takePin(
    desk: Desk,
    message: PinMessage,
    approved: (cause: Cause, approval: Approval) => Promise<Said | null>,
  ): Promise<Said | null> {
    const cause = this.causeOf(desk, message);
    if (cause === null) return said(refuse("clerk/not_signed_on"));
    if (isRepeat(this.house.loop.state, cause)) return null;
    switch (message.purpose) {
      case "sign_on":
        return await this.#signOnByPin(desk, message, cause);
      case "approve":
        return await this.#approve(message, cause, approved);
      case "enter_training":
        return await this.#enterTraining(desk, message, cause);
      case "leave_training":
        return await this.#leaveTraining(desk, message);
    }
  }

  async #signOnByPin(desk: Desk, message: PinMessage, cause: Cause): Promise<Said | null> {
    const passed = await this.#pass(this.house, message, "sign_on");
    return passed.ok ? await this.signOn(desk, message.who, passed.attempt, cause) : passed;
  }

  async #approve(
    message: PinMessage,
    cause: Cause,
    approved: (cause: Cause, approval: Approval) => Promise<Said | null>,
  ): Promise<Said | null> {
    const { who } = message;
    if (cause.clerk === "") return said(refuse("clerk/not_signed_on"));
    if (cause.clerk === who) return said(refuse("approval/same_person"));
    const passed = await this.#pass(this.house, message, "approve");
    if (!passed.ok) return passed;
    if (passed.attempt === null) return said(refuse("clerk/pin_needed", who));
    return await approved(cause, { approver: who, attempt: passed.attempt });
  }

  async #enterTraining(desk: Desk, message: PinMessage, cause: Cause): Promise<Said | null> {
    const { training, live, config } = this.#options;
    if (training.room !== null) return null;
    const grant = config.staff.find(({ clerk }) => clerk === message.who);
    if (grant !== undefined && !grant.rights.includes("training"))
      return said(refuse("clerk/right_missing", "training"));
    const passed = await this.#pass(live, message, "training");
    if (!passed.ok) return passed;
    const entered = await training.enter();
    if (!entered.ok) return said(entered);
    const clerk = cause.clerk === "" ? message.who : cause.clerk;
    return await this.signOn(desk, clerk, null, this.ownCause(""));
  }

  async #leaveTraining(desk: Desk, message: PinMessage): Promise<Said | null> {
    const { training, live } = this.#options;
    if (training.room === null) return null;
    // A right PIN is good for what it was asked for alone: here for signing on for real.
    const passed = await this.#pass(live, message, "sign_on");
    if (!passed.ok) return passed;
    await training.leave();
    return await this.signOn(desk, message.who, passed.attempt, this.ownCause(""));
  }

  /** P2. An empty PIN passes for somebody who has none, as a name alone signs on. */
  async #pass(
    house: House,
    { who, pin }: PinMessage,
    purpose: PinPurpose,
  ): Promise<Passed | (Said & { readonly ok: false })> {
    if (pin === "") {
      return this.#options.config.pins.has(who)
        ? { ...refuse("clerk/pin_needed", who), waitSeconds: null }
        : { ok: true, attempt: null };
    }
    const before = this.house;
    const answer = await house.pins.check(who, pin, purpose);
    // P3
    if (this.house !== before) return { ...refuse("clerk/not_signed_on"), waitSeconds: null };
    return answer;
  }
}
