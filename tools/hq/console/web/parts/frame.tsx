/**
 * What every page stands in: the way to the pages, the language, the house. The order of the pages
 * here is the one that everybody learns; new ones go to its end.
 */
import type { ComponentChildren } from "preact";
import { house } from "../format.ts";
import { addressOf, follow, place } from "../route.ts";
import { language, say, switchLanguage } from "../words/words.ts";
import type { Word } from "../words/words.ts";

/** The pages by path, in the order of the way to them. */
export const PAGES: readonly (readonly [path: string, name: Word])[] = [
  ["/", "today"],
  ["/orders", "orders"],
  ["/terminals", "terminals"],
  ["/catalogue", "catalogue"],
  ["/stock", "stock"],
  ["/shifts", "shifts"],
  ["/reports", "reports"],
  ["/audit", "audit"],
  ["/staff", "staff"],
  ["/settings", "settings"],
  ["/published", "published_page"],
  ["/rules", "rules"],
  ["/cards", "cards"],
];

/** A page with its heading and what stands beside it. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#page">
        {say("skip")}
      </a>
      <header class="side">
        <p class="brand">
          {say("headquarters")} <span class="tenant">{house.value?.tenant ?? ""}</span>
        </p>
        <nav aria-label={say("pages")}>
          {PAGES.map(([path, name]) => (
            <a
              key={path}
              href={addressOf(path)}
              onClick={follow}
              aria-current={place.value.path === path ? "page" : undefined}
            >
              {say(name)}
            </a>
          ))}
        </nav>
        <button
          type="button"
          class="plain language"
          lang={language.value === "en" ? "zh" : "en"}
          onClick={switchLanguage}
        >
          {say("language")}
        </button>
      </header>
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** The head of a page. */
export function Head({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
