/** The walk's chapters in order. A planned lesson is shown as such until a lesson of its number exists. */
interface Chapter {
  id: string;
  title: string;
  about: string;
  planned: { number: number; title: string }[];
}

export const chapters = [
  {
    id: "start",
    title: "First steps",
    about: "Get Nix, make a flake, read every word of it.",
    planned: [
      { number: 0, title: "Get Nix" },
      { number: 1, title: "A first flake" },
      { number: 2, title: "Anatomy of a flake" },
    ],
  },
  {
    id: "shells",
    title: "Shells",
    about: "A shell with Python in it, on every machine of your team.",
    planned: [
      { number: 3, title: "The first shell" },
      { number: 4, title: "Every system" },
    ],
  },
  {
    id: "devenv",
    title: "devenv",
    about: "A friendlier way to write shells, and shells that load by themselves.",
    planned: [
      { number: 5, title: "devenv's template" },
      { number: 6, title: "Python in devenv" },
      { number: 7, title: "direnv" },
    ],
  },
  {
    id: "pip",
    title: "pip inside Nix",
    about: "Python from Nix, packages from pip: what works, and what you give up.",
    planned: [
      { number: 8, title: "A virtual environment in devenv" },
      { number: 9, title: "The same without devenv" },
    ],
  },
  {
    id: "nixpkgs",
    title: "Python packages from Nix",
    about: "No pip at all. Whose versions do you get?",
    planned: [
      { number: 10, title: "Python packages of nixpkgs" },
      { number: 11, title: "Inputs that are not flakes" },
      { number: 12, title: "requirements.txt into an environment" },
      { number: 13, title: "pip2nix" },
      { number: 14, title: "Exactly the pinned versions" },
    ],
  },
  {
    id: "locks",
    title: "Lock files",
    about: "Let a Python tool choose the versions, let Nix build exactly those.",
    planned: [
      { number: 15, title: "uv.lock to Nix: uv2nix" },
      { number: 16, title: "poetry and poetry2nix" },
      { number: 17, title: "dream2nix" },
    ],
  },
  {
    id: "package",
    title: "Ship it",
    about: "The app as a package, checks that keep it honest, and a choice of ways.",
    planned: [
      { number: 18, title: "Package the app" },
      { number: 19, title: "In step" },
      { number: 20, title: "Which way is yours?" },
    ],
  },
] as const satisfies Chapter[];

/** The number of the lesson that shows the recommended way. */
export const recommendedLesson = 15;
