// Runs before the first paint, so that a remembered theme never flashes, and says that scripts run.
document.documentElement.dataset.script = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: then the system's theme holds.
}
