import type { Approach } from "../approach.ts";
import { listFiles, listPath } from "../list-file.ts";
import type { Plan } from "../plan.ts";
import { chosenLibraries, chosenPrograms, chosenVariables } from "../shell.ts";
import { block, type Doc } from "../text/layout.ts";
import { bind, list, nixName, nixPathLiteral, nixText, set } from "../text/nix.ts";

/** A devenv shell. */
export const devenv: Approach = {
  id: "devenv",
  versions: "pip",
  impure: true,
  contribute: (plan) => ({
    inputs: [
      { name: "devenv", from: "devenv", follows: ["nixpkgs"], comment: "The modules that a devenv shell is made of." },
    ],
    nixConfig: [
      ...plan.say("A cache that has devenv's own programs built. Nix asks before it trusts it."),
      bind(
        "nixConfig",
        set([
          'extra-substituters = "https://devenv.cachix.org";',
          'extra-trusted-public-keys = "devenv.cachix.org-1:w1cLUi8dv3hnoSPGAuibQv+f9TZLr6cv/Hm9XgU50cw=";',
        ]),
      ),
    ],
    shared: [],
    bindings: [],
    outputs: {
      devShells: {
        default: block`
          devenv.lib.mkShell {
            inherit inputs pkgs;
            modules = ${list([module(plan)])};
          }
        `,
      },
    },
    usesInputs: true,
  }),
  files: (plan) => (syncs(plan) ? [] : listFiles(plan)),
};

/** Whether uv or poetry fills the environment from a lock, in place of pip. */
const syncs = ({ reading: { format } }: Plan): boolean => format === "uv.lock" || format === "poetry.lock";

function python(plan: Plan): Doc[] {
  switch (plan.reading.format) {
    case "uv.lock":
      return [bind("uv", set(["enable = true;", "sync.enable = true;"]))];
    case "poetry.lock":
      return [bind("poetry", set(["enable = true;", "install.enable = true;"]))];
    default:
      return [
        ...plan.say("pip fills .devenv/state/venv when the shell is entered, and anew when the list has changed."),
        bind("venv", set(["enable = true;", bind("requirements", nixPathLiteral(listPath(plan)))])),
      ];
  }
}

function module(plan: Plan): Doc {
  const { shellHook } = plan.choices;
  const libraries = chosenLibraries(plan).filter((library) => library.startsWith("pkgs."));
  const variables = chosenVariables(plan).map(([name, value]) => bind(nixName(name), value));
  if (plan.choices.cuda) variables.push(bind("LD_LIBRARY_PATH", '"/run/opengl-driver/lib"'));
  const packages = [
    ...chosenPrograms(plan),
    ...(libraries.length === 0 ? [] : plan.say("Libraries for compiled wheels: devenv shows them to Python alone.")),
    ...libraries,
  ];
  return block`
    {
      ${bind("languages.python", set(["enable = true;", bind("package", `pkgs.${plan.python}`), ...python(plan)]))}
      ${packages.length === 0 ? [] : [bind("packages", list(packages))]}
      ${variables.length === 0 ? [] : [bind("env", set(variables))]}
      ${shellHook === "" ? [] : [bind("enterShell", nixText(shellHook.endsWith("\n") ? shellHook : `${shellHook}\n`))]}
    }
  `;
}
