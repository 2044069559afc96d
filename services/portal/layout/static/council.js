// The pages work without this; it adds the GOV.UK behaviours (menu, error summary focus, double-click guard).
import { initAll } from "./build/govuk-frontend.min.js";

initAll();
