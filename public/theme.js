// Runs before the first paint, so that a remembered theme never flashes, and says that scripts run. Where there is a
// lesson to go on with, the landing page keeps room for it (src/islands/progress/resume-card.ts).
document.documentElement.dataset.script = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("progress") !== null) document.documentElement.dataset.resume = "";
} catch {
  // Storage may be forbidden: then the system's theme holds.
}
