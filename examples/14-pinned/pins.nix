# The pins of requirements.txt, as changes to nixpkgs' set of Python packages.
final: prev:
let
  # The recipe of nixpkgs with another source. Its tests were written for its own version: they are not run.
  pin =
    package:
    {
      name,
      version,
      hash,
      ...
    }@changes:
    package.overridePythonAttrs (
      {
        inherit version;
        src = final.fetchPypi {
          pname = name;
          inherit version hash;
        };
        doCheck = false;
      }
      // removeAttrs changes [
        "name"
        "hash"
      ]
    );
in
{
  click = pin prev.click {
    name = "click";
    version = "8.1.3";
    hash = "sha256-doLcivswKXABZ0V16gDRgU2AjWo2r0Fagr1IHTe6e44=";
    build-system = [ final.setuptools ];
  };

  flask = pin prev.flask {
    name = "Flask";
    version = "2.1.2";
    hash = "sha256-MV3tLd+KYoFWftsnOTAQ/jQGGIuvv+ZaMznVeH2J5Hc=";
    build-system = [ final.setuptools ];
    dependencies = [
      final.click
      final.itsdangerous
      final.jinja2
      final.werkzeug
    ];
  };

  importlib-metadata = pin prev.importlib-metadata {
    name = "importlib_metadata";
    version = "4.11.4";
    hash = "sha256-XSaFLv5IwKMrBQn/vFg/2hoiZlRaeNEEpvSv89sX1wA=";
    dependencies = [ final.zipp ];
  };

  itsdangerous = pin prev.itsdangerous {
    name = "itsdangerous";
    version = "2.1.2";
    hash = "sha256-XbvGizF+XkLzJ/kCF2NUXcP8O/4i5t65aq8fw4h0FWo=";
    build-system = [ final.setuptools ];
  };

  jinja2 = pin prev.jinja2 {
    name = "Jinja2";
    version = "3.1.2";
    hash = "sha256-MTUacCpAip51laj8YVD8P0O7a/fjGXcMvA2535Q36FI=";
    build-system = [ final.setuptools ];
  };

  markupsafe = pin prev.markupsafe {
    name = "MarkupSafe";
    version = "2.1.1";
    hash = "sha256-f5EZfMnkj5idEuTm+8RklcRGY238gbnM9Quw7HS5HUs=";
  };

  werkzeug = pin prev.werkzeug {
    name = "Werkzeug";
    version = "2.1.2";
    hash = "sha256-HOCOgJPtZ9Y41jh5/Rujc1gX96gN42dNKT9ZhPJftuY=";
    build-system = [ final.setuptools ];
    dependencies = [ ];
  };

  zipp = pin prev.zipp {
    name = "zipp";
    version = "3.8.0";
    hash = "sha256-Vr+Krbg8JNtsS1d+E943TM+2faIHi+uh0DfBeYC/Q60=";
  };
}
