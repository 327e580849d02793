// Puts GOV.UK Frontend's script beside the stylesheets, without the pointer to a source map that we do not keep.
import { readFileSync, writeFileSync } from "node:fs";

const script = readFileSync("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", "utf8");
writeFileSync("../govuk/govuk-frontend.min.js", script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
