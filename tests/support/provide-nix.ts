/**
 * Finds or provides a real Nix. In this order: `NIX_BIN`, a 2.34 on `PATH`, our own copy unpacked from Debian's
 * packages into `.cache/nix`, any Nix >= 2.18 on `PATH`. Root is not needed: `apt-get` works on folders of its own.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The minor version with which wordings and transcripts were recorded. */
export const recordedMinor = "2.34";
const oldestUsable = [2, 18] as const;

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, ".cache/nix");
const programs = ["nix", "nix-instantiate", "nix-store", "nix-build", "nix-shell", "nix-hash", "nix-env"];

/** A usable Nix: `bin` is the folder of its programs; `recorded` tells whether wording may be compared. */
export interface Nix {
  bin: string;
  version: string;
  recorded: boolean;
  origin: "NIX_BIN" | "PATH" | "unpacked from Debian's packages";
}

/** @throws Error that says how to install Nix, where none can be had. */
export function provideNix(log: (line: string) => void = () => {}): Nix {
  const named = process.env["NIX_BIN"];
  if (named) {
    const bin = resolve(named);
    const version = versionOf(bin);
    if (version === undefined) throw new Error(`NIX_BIN is '${named}', but '${bin}/nix --version' does not run`);
    return accept(bin, version, "NIX_BIN");
  }
  const onPath = findOnPath("nix");
  const pathVersion = onPath === undefined ? undefined : versionOf(onPath);
  if (onPath !== undefined && pathVersion !== undefined && isRecorded(pathVersion)) {
    return accept(onPath, pathVersion, "PATH");
  }
  const own = ownNix(log);
  if (own !== undefined) return own;
  if (onPath !== undefined && pathVersion !== undefined) return accept(onPath, pathVersion, "PATH");
  throw new Error(
    `no usable Nix found. Install Nix ${recordedMinor} (https://nixos.org/download), or on a Debian-like system make ` +
      "'apt-get' and 'dpkg' available, or set NIX_BIN to the folder of a Nix >= 2.18",
  );
}

function accept(bin: string, version: string, origin: Nix["origin"]): Nix {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldestUsable[0] || (major === oldestUsable[0] && minor < oldestUsable[1])) {
    throw new Error(`Nix ${version} in '${bin}' is too old: the examples need Nix >= 2.18`);
  }
  return { bin, version, recorded: isRecorded(version), origin };
}

const isRecorded = (version: string) => version.startsWith(`${recordedMinor}.`);

function versionOf(bin: string): string | undefined {
  const run = spawnSync(join(bin, "nix"), ["--version"], { encoding: "utf8" });
  return run.status === 0 ? /(\d+\.\d+[.\d]*)/.exec(run.stdout)?.[1] : undefined;
}

function findOnPath(program: string): string | undefined {
  return (process.env["PATH"] ?? "").split(":").find((folder) => folder !== "" && existsSync(join(folder, program)));
}

function ownNix(log: (line: string) => void): Nix | undefined {
  const bin = join(cache, "bin");
  const version = existsSync(join(cache, "complete")) ? versionOf(bin) : undefined;
  if (version !== undefined) return accept(bin, version, "unpacked from Debian's packages");
  if (!findOnPath("apt-get") || !findOnPath("dpkg")) return undefined;
  log("real Nix: downloading Debian's nix-bin into .cache/nix (about 41 MB)");
  rmSync(cache, { recursive: true, force: true });
  const system = unpackDebian(["nix-bin"], cache);
  writeWrappers(bin, system);
  const found = versionOf(bin);
  if (found === undefined) throw new Error(`Nix was unpacked into '${cache}', but 'nix --version' does not run there`);
  writeFileSync(join(cache, "complete"), `${found}\n`);
  return accept(bin, found, "unpacked from Debian's packages");
}

/**
 * Downloads Debian packages and unpacks them, without root. By default from the suite that carries Nix 2.34, with all
 * their dependencies down to the C library; `{ suite, dependencies: false }` takes a single package of another suite.
 * @returns the folder that holds their `usr`.
 * @throws Error with apt's own words where the download fails.
 */
export function unpackDebian(
  packages: string[],
  folder: string,
  options: { suite?: string; dependencies?: boolean } = {},
): string {
  const { suite = "forky", dependencies = true } = options;
  const apt = join(folder, "apt");
  const system = join(folder, "root");
  for (const part of ["lists/partial", "cache/archives/partial", "state"])
    mkdirSync(join(apt, part), { recursive: true });
  mkdirSync(system, { recursive: true });
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(join(apt, "sources.list"), `deb [signed-by=${keyring}] ${debianMirror()} ${suite} main\n`);
  writeFileSync(join(apt, "status"), "");
  const settings = [
    `Dir::Etc::sourcelist=${apt}/sources.list`,
    "Dir::Etc::sourceparts=-",
    `Dir::State=${apt}/state`,
    `Dir::State::Lists=${apt}/lists`,
    `Dir::State::status=${apt}/status`,
    `Dir::Cache=${apt}/cache`,
    "APT::Install-Recommends=false",
    "APT::Sandbox::User=",
  ].flatMap((option) => ["-o", option]);
  const archives = join(apt, "cache/archives");
  const runApt = (...args: string[]) =>
    execFileSync("apt-get", [...settings, ...args], { cwd: archives, stdio: ["ignore", "pipe", "pipe"] });
  runApt("update");
  if (dependencies) runApt("-y", "--download-only", "install", ...packages);
  else runApt("download", ...packages);
  for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb"))) {
    execFileSync("dpkg", ["-x", join(archives, file), system]);
  }
  rmSync(apt, { recursive: true });
  return system;
}

/** The mirror that this machine's own apt sources name. */
function debianMirror(): string {
  const folder = "/etc/apt/sources.list.d";
  const files = [
    "/etc/apt/sources.list",
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  for (const file of files.filter((name) => existsSync(name))) {
    const found = /https?:\/\/[^\s\]]*\/debian\/?(?=\s|$)/m.exec(readFileSync(file, "utf8"));
    if (found) return found[0];
  }
  throw new Error(`no Debian mirror is named in ${files.join(", ")}: install Nix, or set NIX_BIN`);
}

/** Debian's Nix needs Debian's newer C library: each program is a script that starts it through that library's loader. */
function writeWrappers(bin: string, system: string): void {
  mkdirSync(bin, { recursive: true });
  const libraries = readdirSync(join(system, "usr/lib"))
    .filter((name) => name.endsWith("-linux-gnu"))
    .map((name) => join(system, "usr/lib", name));
  const loader = [join(system, "usr/lib64"), ...libraries]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .find((file) => /\/ld-linux-[^/]*\.so\.\d$/.test(file));
  if (loader === undefined) throw new Error(`no loader of the C library found under '${system}'`);
  for (const program of programs) {
    const file = join(bin, program);
    writeFileSync(
      file,
      `#!/bin/sh\nexec '${loader}' --argv0 ${program} --library-path '${libraries.join(":")}' '${system}/usr/bin/nix' "$@"\n`,
    );
    chmodSync(file, 0o755);
  }
}
