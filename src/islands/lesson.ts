/** What a lesson's page brings to life besides. */
import "./file-changes.ts";
import "./flake-panel.ts";
import "./glossary-term.ts";
import "./open-lab.ts";
import "./lesson-choices.ts";
import "./lesson-pager.ts";
import "./site-address.ts";
