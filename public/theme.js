document.documentElement.dataset.script = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("progress") !== null) document.documentElement.dataset.resume = "";
} catch {
  // The system's theme holds.
}
