/** The walk's chapters in order. */
interface Chapter {
  id: string;
  title: string;
  about: string;
}

export const chapters = [
  {
    id: "start",
    title: "First steps",
    about: "Get Nix, make a flake, read every word of it.",
  },
  {
    id: "shells",
    title: "Shells",
    about: "A shell with Python in it, on every machine of your team.",
  },
  {
    id: "devenv",
    title: "devenv",
    about: "A friendlier way to write shells, and shells that load by themselves.",
  },
  {
    id: "pip",
    title: "pip inside Nix",
    about: "Python from Nix, packages from pip: what works, and what you give up.",
  },
  {
    id: "nixpkgs",
    title: "Python packages from Nix",
    about: "No pip at all. Whose versions do you get?",
  },
  {
    id: "locks",
    title: "Lock files",
    about: "Let a Python tool choose the versions, let Nix build exactly those.",
  },
  {
    id: "package",
    title: "Ship it",
    about: "The app as a package, checks that keep it honest, and a choice of ways.",
  },
] as const satisfies Chapter[];

/** The number of the lesson that shows the recommended way. */
export const recommendedLesson = 15;
