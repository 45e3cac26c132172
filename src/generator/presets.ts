/** Ready choices and lists for common kinds of project. */
import type { Choices } from "./choices.ts";
import type { Input } from "./plan.ts";

/** A project to begin from. What it does not choose is as by default. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
  readonly choices: Partial<Choices>;
  readonly input: Input;
}

const list = (...lines: readonly string[]): Input => ({
  files: { "requirements.txt": lines.map((line) => `${line}\n`).join("") },
  entry: "requirements.txt",
});

export const presets: readonly Preset[] = [
  {
    id: "flask",
    label: "Flask app",
    meaning: "A small web application, with tests.",
    choices: { name: "my-app", description: "A Flask application", env: { FLASK_DEBUG: "1" } },
    input: list("flask>=3.0", "gunicorn", "pytest"),
  },
  {
    id: "django",
    label: "Django",
    meaning: "A Django site with PostgreSQL beside it.",
    choices: {
      name: "my-site",
      description: "A Django site",
      packages: ["postgresql"],
      env: { DJANGO_SETTINGS_MODULE: "config.settings" },
    },
    input: list("django>=5.0", "psycopg2", "djangorestframework", "pytest"),
  },
  {
    id: "data-science",
    label: "Data science",
    meaning: "numpy, pandas and Jupyter, built and cached by nixpkgs.",
    choices: { name: "my-analysis", description: "An analysis in Jupyter" },
    input: list("numpy", "pandas", "matplotlib", "scikit-learn", "jupyterlab"),
  },
  {
    id: "machine-learning",
    label: "Machine learning",
    meaning: "torch and transformers as wheels from PyPI, with the libraries that they look for.",
    choices: {
      approach: "venv",
      name: "my-model",
      description: "A model in PyTorch",
      python: "3.12",
      libraries: ["libstdc++", "zlib"],
    },
    input: list("torch", "transformers", "safetensors"),
  },
  {
    id: "command-line",
    label: "Command-line tool",
    meaning: "A program that nix run starts, and that others can install.",
    choices: { approach: "application", name: "my-tool", description: "A command-line tool", ci: true },
    input: list("typer>=0.12", "rich"),
  },
  {
    id: "library",
    label: "Library",
    meaning: "Exact versions for work on a library, from uv's lock.",
    choices: { approach: "uv2nix", name: "my-library", description: "A Python library", ci: true },
    input: list("attrs", "httpx"),
  },
];
