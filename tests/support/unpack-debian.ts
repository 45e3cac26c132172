/** Debian packages without installing them: unpacked into a folder, started through the C library that came with them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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

/**
 * The command line that starts a program of an unpacked folder, up to the program's own path: its loader, with the
 * libraries that came along. Debian's newer programs need Debian's newer C library. `name` is the program's `argv[0]`.
 * @throws Error where the folder holds no C library.
 */
export function loaderCommand(system: string, name: string): string[] {
  const libraries = readdirSync(join(system, "usr/lib"))
    .filter((folder) => folder.endsWith("-linux-gnu"))
    .map((folder) => join(system, "usr/lib", folder));
  const loader = [join(system, "usr/lib64"), join(system, "lib64"), ...libraries]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .find((file) => /\/ld-linux-[^/]*\.so\.\d$/.test(file) && existsSync(file));
  if (loader === undefined) throw new Error(`no loader of the C library found under '${system}'`);
  const path = [...libraries, ...libraries.map((folder) => folder.replace("/usr/lib/", "/lib/"))];
  return [loader, "--argv0", name, "--library-path", path.join(":")];
}
