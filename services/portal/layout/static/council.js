// The pages work without this; it adds the GOV.UK behaviours (menu, error summary focus, double-click guard).
import { initAll } from "./build/govuk-frontend.min.js";

initAll();

// A page about something under way looks how far it is; once that has ended it is loaded anew.
const underWay = document.querySelector("[data-under-way]");
const LOOK_MILLISECONDS = 1000;
const LOOKS_BETWEEN_SAYING = 5; // a screen reader is not told more often

async function look(looks) {
  const answer = await fetch(location.href).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const now = page?.querySelector("[data-under-way]");
  if (page && !now) return location.reload();
  if (now) {
    underWay.querySelector("progress").value = now.querySelector("progress").value;
    const said = underWay.querySelector("[role=status]");
    if (looks % LOOKS_BETWEEN_SAYING === 0) said.textContent = now.querySelector("[role=status]").textContent;
  }
  setTimeout(look, LOOK_MILLISECONDS, looks + 1);
}

if (underWay) setTimeout(look, LOOK_MILLISECONDS, 1);
