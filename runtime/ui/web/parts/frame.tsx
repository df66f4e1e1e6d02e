/**
 * What every screen stands in: the status strip, the header, the content and the action bar at the
 * bottom.
 */
import type { ComponentChildren } from "preact";

import type { StatusView } from "../wire.ts";
import { openSheet } from "./actions.ts";
import { Icon } from "./icons.tsx";
import { isConnected, status, toast, words } from "./store.ts";

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
      <div class="toast" role="status" data-shown={toast.value !== ""}>
        {toast.value}
      </div>
    </div>
  );
}

/** A square button of the header. */
export function HeaderButton(props: {
  readonly icon: Parameters<typeof Icon>[0]["name"];
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

function StatusStrip() {
  const now = status.value;
  const t = words.value;
  return (
    <button
      type="button"
      class="strip"
      data-id="strip"
      data-lost={!isConnected.value}
      aria-label={t.openHealth}
      onClick={() => openSheet({ kind: "health" })}
    >
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
      <span class="strip-sign" data-warn={now.link === "down"} data-id="link">
        <Icon name={now.link === "up" ? "link" : "unlink"} size={16} />
        {t[`link_${now.link}`]}
      </span>
      <span class="strip-sign" data-warn={isPrinterTrouble(now)} data-id="printer">
        <Icon name="printer" size={16} />
        {t[`printer_${now.printer}`]}
      </span>
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

function isPrinterTrouble({ printer }: StatusView): boolean {
  return printer !== "ready" && printer !== "none";
}
