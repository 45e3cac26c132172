import assert from "node:assert/strict";
import { test } from "node:test";
import { approachIds, fromFragment, generate, notesInWords, presets, type Choices, type Generated } from "./index.ts";

const from = (list: string, choices: Partial<Choices> = {}, more: Record<string, string> = {}): Generated =>
  generate({ files: { "requirements.txt": list, ...more }, entry: "requirements.txt" }, choices);

const fileOf = ({ files }: Generated, path: string): string =>
  files.find((file) => file.path === path)?.text ?? assert.fail(`there is no '${path}'`);

const said = ({ notes }: Generated): string[] => notes.map(({ kind, message }) => `${kind}: ${message}`);

test("a package of which the index knows nothing has a readable error in place of a missing attribute", () => {
  const flake = fileOf(from("flask\nnobody-knows-this\n"), "flake.nix");
  assert.match(flake, /ps\.flask\n/);
  assert.match(flake, /\(ps\.nobody-knows-this or \(missing "nobody-knows-this"\)\)/);
});

test("a requirement for some systems stands under its condition, and one for none of them is left out", () => {
  const made = from("flask ; sys_platform == 'linux'\nclick ; platform_machine == 'arm64'\njinja2 ; os_name == 'nt'\n");
  const flake = fileOf(made, "flake.nix");
  assert.match(flake, /\+\+ lib\.optionals pkgs\.stdenv\.hostPlatform\.isLinux \[ ps\.flask \]/);
  assert.match(flake, /\+\+ lib\.optionals pkgs\.stdenv\.hostPlatform\.isDarwin \[ ps\.click \]/);
  assert.doesNotMatch(flake, /jinja2/);
  assert.deepEqual(
    made.table.map(({ name, verdict }) => `${name} ${verdict}`),
    ["flask same", "click same", "jinja2 none"],
  );
});

test("a pin gets the only hash of its line, a lock's archive gets the lock's, and any other has to be filled in", () => {
  const hash = (sign: string) => `sha256:${sign.repeat(64)}`;
  const list = `flask==2.0 --hash=${hash("a")}\nclick==7.0 --hash=${hash("b")} --hash=${hash("c")}\njinja2==3.0\n`;
  const made = from(list, { approach: "override" });
  const flake = fileOf(made, "flake.nix");
  assert.match(flake, /hash = "sha256-qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=";/);
  assert.equal(flake.match(/hash = lib\.fakeHash;/g)?.length, 2);
  assert.equal(made.builds, false);
  assert.deepEqual(said(made), [
    "hash: click evaluates; it does not build until its hash is filled in",
    "hash: jinja2 evaluates; it does not build until its hash is filled in",
  ]);
  assert.match(made.notes[0]?.help ?? "", /one of the 2 hashes of the line/);
  assert.deepEqual(
    notesInWords(made.notes).map(({ message }) => message),
    ["click, jinja2 evaluate; they do not build until their hashes are filled in"],
  );

  const pyproject = '[project]\nname = "x"\nversion = "1"\ndependencies = ["idna"]\n';
  const lock =
    'version = 1\n[[package]]\nname = "idna"\nversion = "2.0"\nsource = { registry = "x" }\n' +
    `sdist = { url = "https://example.org/idna-2.0.tar.gz", hash = "${hash("d")}" }\n`;
  const files = { "pyproject.toml": pyproject, "uv.lock": lock };
  const locked = generate({ files, entry: "pyproject.toml" }, { approach: "override" });
  assert.match(
    fileOf(locked, "flake.nix"),
    /url = "https:\/\/example\.org\/idna-2\.0\.tar\.gz";\n *hash = "sha256-3d3d/,
  );
  assert.equal(locked.builds, true);
});

test("pyproject.nix gets another list in place of one with lines that it reads wrongly", () => {
  const written: readonly [line: string, becomes: string][] = [
    ["Flask>=2 ; os_name == 'posix'", 'flask>=2; os_name == "posix"'],
    ["flask[async]>=2 ; os_name == 'posix'", 'flask[async]>=2; os_name == "posix"'],
    ["flask (>=2)", "flask>=2"],
    ["flask===3.1.0", "flask==3.1.0"],
    ["flask===of-today", "flask"],
    ["flask==v3.1.*", "flask==3.1.*"],
    ["flask \\\n  >=2", "flask>=2"],
    ["flask @ git+https://example.org/flask@v1#subdirectory=a ; os_name == 'posix'", 'flask; os_name == "posix"'],
  ];
  for (const [line, becomes] of written) {
    const made = from(`${line}\n`, { approach: "pyproject-nix" });
    assert.match(fileOf(made, "flake.nix"), /requirements = \.\/requirements-for-nix\.txt;/, line);
    assert.deepEqual(fileOf(made, "requirements-for-nix.txt").split("\n").slice(1), [becomes, ""]);
  }
  for (const line of ["flask>=2; os_name == 'posix'", "flask ; os_name == 'posix'", "flask >= 2, <4", "flask[async]"])
    assert.match(
      fileOf(from(`${line}\n`, { approach: "pyproject-nix" }), "flake.nix"),
      /= \.\/requirements\.txt;/,
      line,
    );
});

test("pyproject.nix reads the reader's own pyproject.toml, unless a line of it would be read wrongly", () => {
  const read = (dependency: string) => {
    const text = `[project]\nname = "a"\nversion = "1"\ndependencies = ["${dependency}"]\n`;
    const input = { files: { "pyproject.toml": text }, entry: "pyproject.toml" };
    return /load\w+/.exec(fileOf(generate(input, { approach: "pyproject-nix" }), "flake.nix"))?.[0];
  };
  assert.equal(read("flask>=2; os_name == 'posix'"), "loadPyproject");
  assert.equal(read("flask>=2 ; os_name == 'posix'"), "loadRequirementsTxt");
});

test("what was not taken over is named: options, own packages, constraints, files that are missing", () => {
  const made = from("-i https://example.org\n-e .\n-c c.txt\n-r gone.txt\nflask\n", {}, { "c.txt": "flask<4\n" });
  assert.deepEqual(said(made), [
    "note: '-i https://example.org' is for pip, and has no part in the flake",
    "note: '-e .' is a package of your own, which this flake does not build",
    "note: The limits of your constraints are not applied: nixpkgs decides the versions",
  ]);
  assert.match(made.problems[0]?.message ?? "", /'gone\.txt' is not among the files/);
});

test("choices that cannot be are refused in words, and the rest is generated", () => {
  const made = from("flask\n", {
    python: "2.7",
    release: "unstable",
    systems: ["x86_64-linux", "x86_64-darwin"],
    packages: ["ruff", "rm -rf /", "let"],
    env: { GOOD: "1", "BAD-NAME": "2", PATH: "3", "A B": "4", NUL: "a\0b", HALF: "\ud800" },
    name: "../../etc",
  });
  const refused = made.notes
    .filter(({ kind }) => kind === "refused")
    .map(({ choice, message }) => `${choice}: ${message}`);
  assert.deepEqual(refused, [
    "python: Python 2.7 is not in nixpkgs unstable; the flake takes 3.13",
    "systems: nixpkgs unstable has no Macs with Intel any more",
    "packages: 'rm -rf /' cannot be a package of nixpkgs",
    "env: no shell accepts 'BAD-NAME' as the name of a variable",
    "env: 'PATH' is a name that the shell sets itself",
    "env: no shell accepts 'A B' as the name of a variable",
    "env: the value of 'NUL' has a null character, which no Nix string can hold",
    "env: the value of 'HALF' is not valid Unicode",
    "name: '../../etc' is not the name of a project",
  ]);
  const flake = fileOf(made, "flake.nix");
  assert.match(flake, /pkgs\."let"/);
  assert.match(flake, /GOOD = "1";/);
});

test("values of a link that are none are refused in words, and a flake always has systems", () => {
  const refused = (fragment: string) => {
    const { input, choices } = fromFragment(fragment);
    return said(generate(input, choices)).filter((each) => each.startsWith("refused"));
  };
  const taken =
    "refused: no system is left to make outputs for; the flake takes x86_64-linux, aarch64-linux, aarch64-darwin";
  assert.deepEqual(refused("#python=2.7"), ["refused: Python 2.7 is not in nixpkgs 26.05; the flake takes 3.13"]);
  assert.deepEqual(refused("#release=22.11"), ["refused: '22.11' is not a value of 'release'"]);
  assert.deepEqual(refused("#direnv=maybe"), ["refused: 'maybe' is not a value of 'direnv'"]);
  assert.deepEqual(refused("#systems=riscv"), ["refused: 'riscv' is not a value of 'systems'", taken]);
  assert.deepEqual(refused("#systems="), [taken]);
  assert.deepEqual(refused("#direnv=no&systems=x86_64-linux"), []);
});

test("the table never guesses: other releases are not known here, and the command tells", () => {
  const [row] = from("flask==3.0\n", { release: "25.11" }).table;
  assert.equal(row?.verdict, "unknown");
  assert.equal(row?.given, "not known here for this release");
  assert.match(row?.command ?? "", /github:NixOS\/nixpkgs\/nixos-25\.11#python313Packages\.flask\.version/);
  const [near] = from("flas\n").table;
  assert.ok(near?.near.includes("flask"));
  const json = JSON.parse(JSON.stringify(near)) as typeof near;
  assert.deepEqual(json, { ...near, near: near.near }, "as JSON a row has them as well");
});

test("a package from an address is given exactly by all approaches that can read the address", () => {
  for (const approach of approachIds) {
    const made = from("one @ git+https://example.org/one@v1\n", { approach });
    assert.equal(made.table[0]?.verdict, "same", approach);
    const isFetched = made.files[0]!.text.includes('url = "https://example.org/one";');
    assert.equal(made.table[0]?.given === "that source", isFetched, approach);
  }
});

test("of pins that contradict each other, the table promises one only", () => {
  for (const approach of approachIds) {
    const [, second] = from("flask==3.0\nflask==2.0\n", { approach }).table;
    assert.equal(second?.verdict, "other", approach);
    assert.deepEqual(second?.exact, [], approach);
  }
});

test("a package may have the name of a word of JavaScript", () => {
  assert.match(from("constructor\nto-string\n").files[0]!.text, /\(ps\.constructor or \(missing "constructor"\)\)/);
});

test("a package that stands on two lines is named once in the recommendation", () => {
  assert.match(from("flask==1.0\nflask==2.0\n").recommendation.reason, /all but flask in the versions/);
});

test("the recommendation follows the reader's files", () => {
  const approach = (list: string) => from(list).recommendation.approach;
  assert.equal(approach("flask\n"), "with-packages");
  assert.equal(approach("flask==2.1.2\n"), "override");
  assert.equal(approach("click==8.1.3\nFlask==2.1.2\nitsdangerous==2.1.1\nJinja2==3.1.2\nWerkzeug==2.1.2\n"), "uv2nix");
  assert.equal(approach("git+https://example.org/a#egg=a\n"), "uv2nix");
  const lock = { files: { "uv.lock": "version = 1\nrequires-python = '>=3.12'\n" }, entry: "uv.lock" };
  assert.equal(generate(lock).recommendation.approach, "uv2nix");
  const project = '[project]\nname="a"\nversion="1"\nscripts={a="a:b"}\n[build-system]\nrequires=["hatchling"]\n';
  assert.equal(
    generate({ files: { "pyproject.toml": project }, entry: "pyproject.toml" }).recommendation.approach,
    "application",
  );
});

test("files of the reader's that lie outside the flake, or that the generator writes, are left out in words", () => {
  const made = from("-r ../base.txt\nflask\n", {}, { "../base.txt": "click\n", "flake.nix": "mine", "data.txt": "x" });
  assert.deepEqual(
    made.files.filter(({ origin }) => origin === "yours").map(({ path }) => path),
    ["requirements.txt", "data.txt"],
  );
  assert.deepEqual(said(made), [
    "file: '../base.txt' is not among the files: it lies outside the flake",
    "file: 'flake.nix' is not among the files: the generator writes it itself",
  ]);
});

test("pip gets a list of what a pyproject.toml asks for, where that does not say how it is built", () => {
  const project = '[project]\nname = "a"\nversion = "1"\ndependencies = ["flask>=2"]\n';
  const group = '[dependency-groups]\ntest = ["pytest"]\n';
  const build = '[build-system]\nrequires = ["hatchling"]\n';
  const venv = (text: string) =>
    generate({ files: { "pyproject.toml": text }, entry: "pyproject.toml" }, { approach: "venv" });
  const made = venv(project + group);
  assert.match(fileOf(made, "flake.nix"), /pip install --requirement requirements-for-nix\.txt /);
  assert.match(fileOf(made, "requirements-for-nix.txt"), /^flask>=2\npytest\n/m);
  assert.match(fileOf(venv(project + build), "flake.nix"), /pip install --editable \. /);
});

test("a file that cannot be read is not among the files, and nothing in them counts on it", () => {
  const page = "<!doctype html>\n<title>requirements.txt</title>\n";
  for (const approach of approachIds) {
    const made = generate(
      { files: { "requirements.txt": page, "uv.lock": "\u0001".repeat(100) }, entry: "requirements.txt" },
      { approach },
    );
    assert.deepEqual(
      made.files.filter(({ text, origin }) => origin === "yours" || text.includes("doctype")),
      [],
    );
    assert.match(made.problems[0]?.message ?? "", /^this is a web page/);
    const left = said(made).filter((each) => each.endsWith("it cannot be read"));
    assert.deepEqual(left, [
      "file: 'requirements.txt' is not among the files: it cannot be read",
      "file: 'uv.lock' is not among the files: it cannot be read",
    ]);
    if (approach === "uv2nix")
      assert.deepEqual(
        made.needs.map(({ path }) => path),
        ["uv.lock"],
      );
  }
  const utf16 = `\ufffd\ufffd${Array.from("flask\n", (sign) => `${sign}\0`).join("")}`;
  assert.equal(fileOf(from(utf16), "requirements.txt"), "flask\n");
});

test("every preset generates without a refusal", () => {
  for (const { id, input, choices } of presets)
    assert.deepEqual(
      generate(input, choices).notes.filter(({ kind }) => kind === "refused"),
      [],
      id,
    );
});

test("the folder has the project's name, and leads nowhere else", () => {
  const nameOf = (name: string) =>
    generate({ files: { "pyproject.toml": `[project]\nname = "${name}"\n` }, entry: "pyproject.toml" }).name;
  assert.equal(nameOf("Shop_Front"), "shop-front");
  assert.equal(nameOf("../../etc"), "etc");
  assert.equal(generate({ files: {}, entry: "requirements.txt" }, { name: "../" }).name, "my-project");
});

test("thousands of packages in other versions make a flake as well", () => {
  const list = Array.from({ length: 10_000 }, (_, at) => `package-${at}==1.${at}\n`).join("");
  const { files } = generate(
    { files: { "requirements.txt": list }, entry: "requirements.txt" },
    { approach: "override" },
  );
  assert.match(files[0]!.text, /pname = "package-9999";/);
});

test("pip2nix's layer is named anew only where names differ, and gives what is asked for", () => {
  const flake = (list: string) => from(list, { approach: "pip2nix" }).files[0]!.text;
  assert.doesNotMatch(flake("flask==2.1.2\n"), /named|asked for/);
  assert.match(flake("Flask==2.1.2\n"), /flask = final\.Flask or prev\.flask;/);
  assert.match(flake("no-such-package\n"), /ps\.no-such-package or \(missing/);
});

test("an application without a project of the reader's own says that its code is wanted", () => {
  const made = from("flask\n", { approach: "application", name: "my-tool" });
  assert.equal(made.builds, false);
  assert.match(made.notes.find(({ kind }) => kind === "code")!.message, /a module 'my_tool' with a function 'main'/);
  assert.doesNotMatch(made.files[0]!.text, /packages = \[ \]/);
  const files = { "pyproject.toml": '[project]\nname = "a"\n' };
  assert.equal(generate({ files, entry: "pyproject.toml" }, { approach: "application" }).builds, true);
});

test("files that ask for nothing are not said to be in nixpkgs", () => {
  for (const list of ["", "<!doctype html>", "\0\u0001".repeat(100)])
    assert.match(from(list).recommendation.reason, /ask for no package yet/);
});

test("a package from a file of the reader's own is handed to uv; where it is not taken, that is said", () => {
  const list = "./wheels/k-1.0-py3-none-any.whl\nflask\nflask[async]>=2\n";
  const uv = from(list, { approach: "uv2nix" });
  assert.match(
    fileOf(uv, "pyproject.toml"),
    /^\[tool\.uv\.sources\]\nk = \{ path = "\.\/wheels\/k-1\.0-py3-none-any\.whl" \}$/m,
  );
  assert.equal(uv.table[0]?.verdict, "same");
  assert.deepEqual(uv.notes, []);
  for (const approach of ["with-packages", "override", "devenv", "dream2nix", "pip2nix"] as const) {
    const made = from(list, { approach });
    assert.ok(
      said(made).includes("note: k comes from './wheels/k-1.0-py3-none-any.whl', which the flake does not read"),
    );
    const [row] = made.table;
    assert.deepEqual([row?.given, row?.verdict, row?.exact], ["another package of that name", "other", ["uv2nix"]]);
  }
});

test("a package that stands on two lines, once with an extra, stands in the flake's list once", () => {
  const flake = fileOf(from("flask\nflask[async]>=2\n"), "flake.nix");
  assert.equal(flake.match(/ps\.flask\b(?!\.)/g)?.length, 1);
  assert.match(flake, /\+\+ ps\.flask\.optional-dependencies\.async or \[ \]/);
});
