/**
 * The console in a browser: asks for the house once, then shows the page that the address names. Keeps
 * headquarters' clock moving between two answers, so that "3 min ago" stays true.
 */
import { render } from "preact";
import { useEffect } from "preact/hooks";
import type { House } from "../api.ts";
import { useAnswer } from "./ask.ts";
import { house, nowMs } from "./format.ts";
import { AuditPage } from "./pages/audit.tsx";
import { CardsPage } from "./pages/cards.tsx";
import { CataloguePage } from "./pages/catalogue.tsx";
import { OrdersPage } from "./pages/orders.tsx";
import { PublishedPage } from "./pages/published.tsx";
import { ReportsPage } from "./pages/reports.tsx";
import { RulesPage } from "./pages/rules.tsx";
import { SettingsPage } from "./pages/settings.tsx";
import { ShiftsPage } from "./pages/shifts.tsx";
import { StaffPage } from "./pages/staff.tsx";
import { StockPage } from "./pages/stock.tsx";
import { TerminalsPage } from "./pages/terminals.tsx";
import { TodayPage } from "./pages/today.tsx";
import { Frame, PAGES } from "./parts/frame.tsx";
import { Failed, Loading } from "./parts/states.tsx";
import { place } from "./route.ts";
import { language, say } from "./words/words.ts";

/** How often headquarters' clock is asked for; in between it is moved on here. */
const HOUSE_MS = 60_000;
const TICK_MS = 5000;

function Console() {
  const answer = useAnswer<House>("/api/house", {}, HOUSE_MS);
  useEffect(() => {
    if (answer.value === null) return;
    house.value = answer.value;
    nowMs.value = answer.value.nowMs;
  }, [answer.value]);
  useEffect(() => {
    const timer = setInterval(() => {
      nowMs.value += TICK_MS;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const name = PAGES.find(([path]) => path === place.value.path)?.[1] ?? "today";
  useEffect(() => {
    document.title = `${say(name)} - ${say("headquarters")}`;
    document.documentElement.lang = language.value;
  }, [name, language.value]);
  return (
    <Frame>
      {house.value === null ? (
        answer.failure === null ? (
          <Loading />
        ) : (
          <Failed failure={answer.failure} again={answer.again} />
        )
      ) : (
        <Page path={place.value.path} />
      )}
    </Frame>
  );
}

function Page({ path }: { readonly path: string }) {
  switch (path) {
    case "/orders":
      return <OrdersPage />;
    case "/terminals":
      return <TerminalsPage />;
    case "/catalogue":
      return <CataloguePage />;
    case "/stock":
      return <StockPage />;
    case "/shifts":
      return <ShiftsPage />;
    case "/reports":
      return <ReportsPage />;
    case "/audit":
      return <AuditPage />;
    case "/staff":
      return <StaffPage />;
    case "/settings":
      return <SettingsPage />;
    case "/rules":
      return <RulesPage />;
    case "/cards":
      return <CardsPage />;
    case "/published":
      return <PublishedPage />;
    default:
      return <TodayPage />;
  }
}

const root = document.getElementById("app");
if (root !== null) render(<Console />, root);
