{
  inputs.files = {
    url = "path:./files";
    flake = false;
  };
  outputs =
    { self, files }:
    {
      answer = 42;
      hash = self.narHash;
      text = builtins.readFile (files + "/text.txt");
    };
}
