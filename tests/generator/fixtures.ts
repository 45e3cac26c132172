/** Small projects in each format, with the files that only other tools make: written by hand, for the generator's tests. */
import { createHash } from "node:crypto";
import type { ApproachId, Input } from "#generator";

/** Lists of requirements in the styles that the flake treats differently. All packages are in the index. */
export const lists = {
  short: "flask\n",
  pins: "flask==3.0.3\nclick==8.1.7\nidna==3.9 --hash=sha256:" + "ab".repeat(32) + "\n",
  conditions:
    "flask>=3\nuvicorn ; sys_platform == 'linux'\npsutil ; platform_machine == 'arm64'\ntomli ; python_version < '3.11'\nclick ; sys_platform == 'win32'\n",
  extras: "celery[redis,sqs]>=5\nrequests[socks]\nfastapi\n",
  pip: "--index-url https://pypi.example.org/simple\n-e .\nflask>=2 # web\nbs4\nrequests \\\n  >=2\n",
  addresses:
    "one @ https://example.org/one-1.0.tar.gz\ntwo @ git+https://example.org/two@v1#subdirectory=python\nflask\n",
} as const;
export type ListName = keyof typeof lists;

export const listNames = Object.keys(lists) as ListName[];

const zeros = "0".repeat(64);
const uvLock = `version = 1
requires-python = ">=3.9"

[[package]]
name = "click"
version = "8.1.8"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files.example.org/click-8.1.8-py3-none-any.whl", hash = "sha256:${zeros}" }]

[[package]]
name = "fixture"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "click" }]

[package.metadata]
requires-dist = [{ name = "click", specifier = ">=8" }]
`;
const poetryLock = `[[package]]
name = "click"
version = "8.1.8"
optional = false
python-versions = "*"
files = [{file = "click-8.1.8-py3-none-any.whl", hash = "sha256:${zeros}"}]

[metadata]
lock-version = "2.0"
python-versions = "*"
content-hash = "${zeros}"
`;
const pythonPackages = `{ pkgs, fetchurl, fetchgit, fetchhg }:

self: super: {
  "click" = super.buildPythonPackage rec {
    pname = "click";
    version = "8.1.8";
    src = fetchurl {
      url = "https://files.example.org/click-8.1.8-py3-none-any.whl";
      sha256 = "${zeros.slice(0, 52)}";
    };
    format = "wheel";
    doCheck = false;
    propagatedBuildInputs = [ ];
  };
}
`;

/** dream2nix remembers in a lock which question it answers: a digest of its settings, as JSON with sorted keys. */
function dreamLock(python: string): string {
  const pip = {
    pipFlags: [],
    pipVersion: "24.0",
    pypiSnapshotDate: null,
    pythonVersion: python.split("."),
    requirementsFiles: [],
    requirementsList: ["setuptools", "click>=8"],
  };
  const source = (name: string, version: string) => ({
    is_direct: false,
    type: "url",
    url: `https://files.example.org/${name}-${version}-py3-none-any.whl`,
    sha256: zeros,
    version,
  });
  return JSON.stringify({
    fetchPipMetadata: {
      sources: { click: source("click", "8.1.8"), setuptools: source("setuptools", "80.0.0") },
      targets: { default: { click: [], setuptools: [] } },
    },
    invalidationHash: createHash("sha256").update(JSON.stringify({ pip })).digest("hex"),
  });
}

const dreamSystems = ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"];

/** Approaches that read a file that only another tool makes. */
export const lockedApproaches: readonly ApproachId[] = ["uv2nix", "poetry2nix", "dream2nix", "pip2nix"];

/** The reader's files for an approach: the list, and the file that the approach asks for, unless it is to be missing. */
export function inputFor(approach: ApproachId, list: ListName, python: string, complete = true): Input {
  const entry = "requirements.txt";
  if (!lockedApproaches.includes(approach)) return { files: { [entry]: lists[list] }, entry };
  const files: Record<string, string> = { [entry]: "click>=8\n" };
  if (!complete) return { files, entry };
  if (approach === "uv2nix") files["uv.lock"] = uvLock;
  if (approach === "poetry2nix") files["poetry.lock"] = poetryLock;
  if (approach === "pip2nix") files["python-packages.nix"] = pythonPackages;
  if (approach === "dream2nix") for (const system of dreamSystems) files[`lock.${system}.json`] = dreamLock(python);
  return { files, entry };
}
