# Named here; the tests of a package are run by real nixpkgs.
