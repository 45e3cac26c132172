{
  description = "Nix flakes for Python developers: a template for each lesson";

  outputs =
    { self }:
    let
      entries = builtins.readDir ./.;
      isExample = name: entries.${name} == "directory" && builtins.match "[0-9][0-9]-.*" name != null;
      names = builtins.filter isExample (builtins.attrNames entries);

      # An example's README starts with a line such as "# 04: every system".
      titleOf =
        name:
        let
          found = builtins.match "# [0-9]+: ([^\n]*)\n.*" (builtins.readFile (./. + "/${name}/README.md"));
        in
        if found == null then throw "examples/${name}/README.md does not start with a title" else builtins.head found;

      templates = builtins.listToAttrs (
        map (name: {
          inherit name;
          value = {
            path = ./. + "/${name}";
            description = titleOf name;
            welcomeText = ''
              Nix sees only the files that Git tracks: `git init`, where there is no repository yet, and `git add --all`.
              `README.md` has the commands of this example.
            '';
          };
        }) names
      );
    in
    {
      templates = templates // {
        default = templates."20-your-way";
      };
    };
}
