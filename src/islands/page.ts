/** What every page brings to life, in one file: one request. It shares no module with others, for a shared one is a second request. */
import "./copy-button.ts";
import "./lesson.ts";
import "./site-search.ts";
import "./theme-toggle.ts";
import "./progress/lesson-done.ts";
import "./progress/resume-card.ts";
import "./progress/ticks.ts";
