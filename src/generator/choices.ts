/** What the reader can choose: each choice with one line of meaning, for the form, for `--help`, and for links. */
import { pythonsOf } from "#inputs";
import { lastChange } from "./lock.ts";

export const approachIds = [
  "with-packages",
  "override",
  "venv",
  "devenv",
  "pyproject-nix",
  "uv2nix",
  "poetry2nix",
  "dream2nix",
  "pip2nix",
  "application",
] as const;
export type ApproachId = (typeof approachIds)[number];

export const releases = ["26.05", "25.11", "25.05", "unstable"] as const;
export type Release = (typeof releases)[number];

export const systems = ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"] as const;
export type SystemId = (typeof systems)[number];

export const libraries = ["libstdc++", "zlib", "openssl", "sqlite", "libffi", "libGL", "glib"] as const;
export type LibraryId = (typeof libraries)[number];

export const layouts = ["plain", "flake-parts"] as const;
export type LayoutId = (typeof layouts)[number];

/** All choices. They are data: JSON can hold them. */
export interface Choices {
  readonly approach: ApproachId;
  readonly python: string;
  readonly release: Release;
  readonly systems: readonly SystemId[];
  /** Programs of nixpkgs in the shell, as paths of attributes: `ruff`, `nodePackages.prettier`. */
  readonly packages: readonly string[];
  readonly libraries: readonly LibraryId[];
  readonly cuda: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly shellHook: string;
  readonly direnv: boolean;
  readonly formatter: boolean;
  readonly layout: LayoutId;
  readonly unfree: boolean;
  readonly description: string;
  /** The project's name, as PyPI would have it. */
  readonly name: string;
  readonly comments: boolean;
  readonly lock: boolean;
  readonly ci: boolean;
}

export type ChoiceId = keyof Choices;

/** One value of a choice. */
export interface ChoiceValue {
  readonly id: string;
  readonly meaning: string;
}

/** How a choice is put in: one of its values, several of them, a switch, a text, a list of texts, or names with values. */
export type ChoiceKind = "one" | "several" | "switch" | "text" | "lines" | "texts" | "pairs";

/** A choice as the form and the command line offer it. */
export interface Choice {
  readonly id: ChoiceId;
  readonly label: string;
  readonly kind: ChoiceKind;
  readonly meaning: string;
  /** What stands for a value in `--help`. */
  readonly placeholder?: string;
  readonly values?: readonly ChoiceValue[];
}

const value = (id: string, meaning: string): ChoiceValue => ({ id, meaning });

/** All choices, in the order of the form. */
export const choices: readonly Choice[] = [
  {
    id: "approach",
    label: "Approach",
    kind: "one",
    placeholder: "ID",
    meaning: "How the packages get into the flake.",
    values: [
      value("with-packages", "Packages from nixpkgs, in its versions; built and cached by others."),
      value("override", "Packages from nixpkgs, with your exact pins put in their place; for a few pins."),
      value("venv", "Python from Nix, packages by pip in a virtual environment; simple, and not reproducible."),
      value("devenv", "A devenv shell that keeps a virtual environment up to date; needs impure evaluation."),
      value("pyproject-nix", "Your own list is read by Nix; the packages come from nixpkgs, in its versions."),
      value("uv2nix", "Exactly the versions of uv.lock, each built by Nix from its wheel or source."),
      value("poetry2nix", "Exactly the versions of poetry.lock; no longer maintained, for old projects."),
      value("dream2nix", "A lock made by pip, each package built by Nix; not yet stable."),
      value("pip2nix", "A python-packages.nix made by pip2nix, over nixpkgs; resolves for Python 3.9."),
      value("application", "Your project itself as a package: nix build, nix run, nix flake check."),
    ],
  },
  {
    id: "python",
    label: "Python",
    kind: "one",
    placeholder: "VERSION",
    meaning: "The version of Python; each release of nixpkgs has its own.",
    values: ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"].map((id) => value(id, `Python ${id}.`)),
  },
  {
    id: "release",
    label: "nixpkgs",
    kind: "one",
    placeholder: "RELEASE",
    meaning: "The release of nixpkgs, which decides the versions of its packages.",
    values: [
      value("26.05", "The stable release of May 2026."),
      value("25.11", "The release before; it gets no more updates."),
      value("25.05", "An old release; it gets no more updates."),
      value("unstable", "The newest packages; they change every day."),
    ],
  },
  {
    id: "systems",
    label: "Systems",
    kind: "several",
    placeholder: "A,B",
    meaning: "The machines for which the flake has outputs.",
    values: [
      value("x86_64-linux", "Linux on Intel or AMD, also under Windows (WSL)."),
      value("aarch64-linux", "Linux on ARM."),
      value("aarch64-darwin", "macOS on Apple silicon."),
      value("x86_64-darwin", "macOS on Intel; 26.05 is the last release that has it."),
    ],
  },
  {
    id: "layout",
    label: "Layout",
    kind: "one",
    placeholder: "ID",
    meaning: "How the outputs are written down.",
    values: [
      value("plain", "A function over the systems, written out in the flake."),
      value("flake-parts", "The flake-parts module system, for flakes that grow."),
    ],
  },
  {
    id: "packages",
    label: "Programs",
    kind: "texts",
    placeholder: "A,B",
    meaning: "Programs of nixpkgs in the shell beside Python, such as ruff or postgresql.",
  },
  {
    id: "libraries",
    label: "Libraries",
    kind: "several",
    placeholder: "A,B",
    meaning: "Native libraries that wheels from PyPI look for on Linux.",
    values: [
      value("libstdc++", "The C++ runtime: numpy, torch, grpcio and most compiled wheels."),
      value("zlib", "Compression: numpy, pillow and many others."),
      value("openssl", "Encryption: psycopg2, cryptography when built from source."),
      value("sqlite", "The SQLite library."),
      value("libffi", "Calls into C: cffi when built from source."),
      value("libGL", "OpenGL: opencv-python, pygame."),
      value("glib", "GLib: opencv-python, PyGObject."),
    ],
  },
  {
    id: "cuda",
    label: "CUDA",
    kind: "switch",
    meaning: "Packages of nixpkgs with CUDA, and the host's NVIDIA driver in the shell; not in the public cache.",
  },
  {
    id: "env",
    label: "Variables",
    kind: "pairs",
    placeholder: "NAME=VALUE",
    meaning: "Environment variables of the shell. They can be read by everybody: no secrets.",
  },
  {
    id: "shellHook",
    label: "Shell hook",
    kind: "lines",
    placeholder: "TEXT",
    meaning: "Bash that runs each time the shell is entered.",
  },
  {
    id: "direnv",
    label: "direnv",
    kind: "switch",
    meaning: "An .envrc, so that the shell is entered with the folder.",
  },
  { id: "formatter", label: "nix fmt", kind: "switch", meaning: "A formatter for Nix files, as nix fmt runs it." },
  { id: "unfree", label: "Unfree", kind: "switch", meaning: "Allows packages whose licence is not free." },
  { id: "ci", label: "CI", kind: "switch", meaning: "A GitHub workflow that checks the flake on every push." },
  {
    id: "lock",
    label: "flake.lock",
    kind: "switch",
    meaning: "A flake.lock with the revisions that were checked; without it Nix takes the newest.",
  },
  { id: "comments", label: "Comments", kind: "switch", meaning: "Comments in the files that say what each part does." },
  {
    id: "name",
    label: "Name",
    kind: "text",
    placeholder: "NAME",
    meaning: "The project's name; without one it is taken from pyproject.toml.",
  },
  {
    id: "description",
    label: "Description",
    kind: "text",
    placeholder: "TEXT",
    meaning: "One line about the project, which nix flake metadata shows.",
  },
];

/** What is chosen where nothing is. */
export const defaultChoices: Choices = {
  approach: "with-packages",
  python: "3.13",
  release: "26.05",
  systems: ["x86_64-linux", "aarch64-linux", "aarch64-darwin"],
  packages: [],
  libraries: [],
  cuda: false,
  env: {},
  shellHook: "",
  direnv: true,
  formatter: true,
  layout: "plain",
  unfree: false,
  description: "",
  name: "",
  comments: true,
  lock: true,
  ci: false,
};

/** The Pythons that can be chosen, as `3.13`: those of the release, or of the nixpkgs that a tool brings with it. */
export function pythonsFor(approach: ApproachId, release: Release): string[] {
  if (approach === "poetry2nix") return pythonsOf("unstable", lastChange("poetry2nix"));
  // On the day of dream2nix's nixpkgs, Python 3.14 was a beta; the index keeps only the last version of half a year.
  if (approach === "dream2nix") return pythonsOf("unstable", lastChange("dream2nix")).filter((each) => each !== "3.14");
  return pythonsOf(release, lastChange(release));
}
