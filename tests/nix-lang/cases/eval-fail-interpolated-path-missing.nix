import (./lib + "/none.nix")
