{ lib, pep508, ... }:
let
  inherit (builtins) head match tail;
  # A line that ends in a backslash goes on in the next one.
  continued = match "(.+) *\\\\";
  # What pip would read otherwise: a # anywhere begins a comment here, as in pyproject.nix.
  uncomment = line: head (match " *([^#]*).*" line);

  # The lines, each as the list of the lines that it was written on.
  logical =
    lines:
    let
      step =
        { done, open }:
        line:
        let
          more = continued line;
          parts = open ++ [ (lib.trim (if more == null then line else head more)) ];
          all = if more == null then done ++ [ parts ] else done;
        in
        builtins.seq all {
          done = all;
          open = if more == null then [ ] else parts;
        };
      read = builtins.foldl' step {
        done = [ ];
        open = [ ];
      } lines;
    in
    read.done ++ lib.optional (read.open != [ ]) read.open;
in
lib.fix (self: {
  # The requirements in the text or the path of a requirements.txt, each with the options that follow it.
  parseRequirementsTxt =
    requirements:
    let
      isPath = builtins.isPath requirements || builtins.hasContext requirements;
      text = if isPath then builtins.readFile requirements else requirements;
      folder =
        if isPath then
          dirOf requirements
        else
          dirOf (/. + builtins.unsafeDiscardStringContext requirements);
      lines = builtins.filter (line: line != "") (map uncomment (lib.splitString "\n" text));
      read =
        parts:
        let
          option = match "-(c|r) (.+)" (head parts);
        in
        if option == null then
          [
            {
              requirement = pep508.parseString (head parts);
              flags = tail parts;
            }
          ]
        else if head option == "c" then
          throw "Unsupported flag: -c"
        else
          self.parseRequirementsTxt (folder + "/${builtins.elemAt option 1}");
    in
    builtins.concatMap read (logical lines);
})
