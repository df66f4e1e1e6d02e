/**
 * What every screen stands in: the status strip, the header, the content and the action bar at the
 * bottom.
 */
import type { ComponentChildren } from "preact";

import type { StatusView } from "../../wire.ts";
import { openSheet } from "../actions.ts";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import { cards, isConnected, status, words } from "../store.ts";

/** A screen: its header and content; `bar` is the action bar. */
export function Frame(props: {
  readonly name: string;
  readonly header: ComponentChildren;
  readonly children: ComponentChildren;
  readonly bar?: ComponentChildren;
}) {
  return (
    <div class={`screen screen-${props.name}`}>
      <StatusStrip />
      <header class="header">{props.header}</header>
      <main class="content">{props.children}</main>
      {props.bar !== undefined && <div class="bar">{props.bar}</div>}
    </div>
  );
}

/** A button as wide as its place; `tone` says how much it asks for the finger. */
export function Button(props: {
  readonly id: string;
  readonly tone: "primary" | "secondary" | "quiet" | "danger";
  readonly isDisabled?: boolean;
  readonly icon?: IconName;
  readonly onTap: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={`button ${props.tone}`}
      data-id={props.id}
      disabled={props.isDisabled ?? false}
      onClick={props.onTap}
    >
      {props.icon !== undefined && <Icon name={props.icon} size={22} />}
      {props.children}
    </button>
  );
}

/** A square button of the header. */
export function HeaderButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly id: string;
  readonly onTap: () => void;
}) {
  return (
    <button
      type="button"
      class="header-button"
      data-id={props.id}
      aria-label={props.label}
      onClick={props.onTap}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** The header of a room that is left by its back button. */
export function BackHeader(props: { readonly title: string; readonly onBack: () => void }) {
  return (
    <>
      <HeaderButton icon="back" id="back" label={words.value.back} onTap={props.onBack} />
      <h1 class="title">
        <span class="title-text">{props.title}</span>
      </h1>
    </>
  );
}

function StatusStrip() {
  const now = status.value;
  const t = words.value;
  return (
    <button
      type="button"
      class="strip"
      data-id="strip"
      data-lost={!isConnected.value}
      onClick={() => openSheet({ kind: "health" })}
    >
      <span class="spoken">{t.openHealth}</span>
      <span class="strip-row">
        {isConnected.value && now !== null ? (
          <StripSigns now={now} />
        ) : (
          <span class="strip-sign">
            <Icon name="unlink" size={16} />
            {t.reconnecting}
          </span>
        )}
      </span>
    </button>
  );
}

function StripSigns({ now }: { readonly now: StatusView }) {
  const t = words.value;
  return (
    <>
      <span class="strip-time">{now.timeText}</span>
      {now.isTraining ? (
        <span class="strip-training" data-id="training-sign">
          {t.trainingSign}
        </span>
      ) : (
        <span class="strip-sign" data-warn={now.link === "down"} data-id="link">
          <Icon name={now.link === "up" ? "link" : "unlink"} size={16} />
          {t[`link_${now.link}`]}
        </span>
      )}
      <span class="strip-sign" data-warn={isPrinterTrouble(now)} data-id="printer">
        <Icon name="printer" size={16} />
        {isPaperLow(now) ? t.printer_paper_low : t[`printer_${now.printer}`]}
      </span>
      <ReaderSign />
      {now.clockFlag !== "none" && (
        <span class="strip-sign" data-warn="true" data-id="clock">
          <Icon name="clock" size={16} />
        </span>
      )}
      <span
        class="strip-sign strip-unsent"
        data-id="unsent"
        data-count={now.unsentCount}
        title={t.unsent(now.unsentCount)}
      >
        <Icon name="up" size={14} />
        {now.unsentCount}
      </span>
      <span class="light" data-id="light" data-light={now.disk === "ok" ? now.light : "red"}>
        <span class="light-dot" />
        {now.disk === "ok" ? t[`light_${now.light}`] : t[`disk_${now.disk}`]}
      </span>
    </>
  );
}

function ReaderSign() {
  const { readers, tenders } = cards.value;
  const unknownCount = tenders.filter((its) => its.status === "unknown" || its.status === "orphaned").length;
  if (readers.length === 0) return null;
  const isDown = readers.every(({ link }) => link === "down" || link === "needs_attention");
  return (
    <span
      class="strip-sign"
      data-warn={isDown || unknownCount > 0}
      data-id="reader"
      data-unknown={unknownCount}
    >
      <Icon name="card" size={16} />
      {unknownCount > 0 && `${unknownCount}?`}
    </span>
  );
}

function isPaperLow(now: StatusView): boolean {
  return now.isPaperLow && now.printer === "ready";
}

function isPrinterTrouble(now: StatusView): boolean {
  const { printer } = now;
  return isPaperLow(now) || (printer !== "ready" && printer !== "none" && printer !== "unknown");
}
