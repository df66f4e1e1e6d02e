/**
 * What stands where an answer is not there: on its way, refused, or empty. A refusal has words and an
 * action; its code stands below in small.
 */
import type { ComponentChildren } from "preact";
import type { Failure } from "../ask.ts";
import { say } from "../words/words.ts";

/** Why something could not be shown, what is safe and what to do. */
export function Failed({ failure, again }: { readonly failure: Failure; readonly again: () => void }) {
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{say("failed_title")}</strong> {reason(failure)}
      </p>
      <p>{say("failed_safe")}</p>
      <button type="button" onClick={again}>
        {say("retry")}
      </button>
      <p class="code">{failure.code}</p>
    </div>
  );
}

function reason({ code, field }: Failure): string {
  switch (code) {
    case "console/session":
    case "console/origin":
      return say("failed_session");
    case "console/store":
      return say("failed_store");
    case "console/query":
    case "console/body":
    case "console/too_large":
      return say("failed_query", { field });
    case "console/not_found":
      return say("failed_not_found");
    case "network":
      return say("failed_network");
    case "console/no_authoring":
      return say("catalogue_away");
    case "console/busy":
      return say("failed_busy");
    case "console/bug":
      return say("failed_bug");
  }
}

/** An answer that has no rows. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** An answer that is on its way. */
export function Loading() {
  return (
    <p class="empty" role="status">
      {say("loading")}
    </p>
  );
}
