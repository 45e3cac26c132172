# CUDA by name: NVIDIA's licence is what a flake meets first.
{ lib, self }:
let
  release = "12.9";
  package =
    pname: version:
    self.stdenv.mkDerivation {
      name = "cuda${release}-${pname}-${version}";
      inherit pname version;
      outputs = [
        "out"
        "lib"
      ];
      buildCommand = ''mkdir -p "$out" "$lib"'';
      meta = {
        license = lib.licenses.nvidiaCudaRedist;
        platforms = [
          "x86_64-linux"
          "aarch64-linux"
        ];
      };
    };
in
{
  cudaPackages =
    builtins.mapAttrs package {
      cuda_cccl = "12.9.27";
      cuda_cudart = "12.9.79";
      cuda_nvcc = "12.9.86";
      cuda_nvrtc = "12.9.86";
      cudatoolkit = "12.9.1";
      cudnn = "9.13.0";
      libcublas = "12.9.1.4";
      libcufft = "11.4.1.4";
      libcurand = "10.3.10.19";
      libcusolver = "11.7.5.82";
      libcusparse = "12.5.10.65";
      nccl = "2.28.7";
    }
    // {
      cudaMajorMinorVersion = release;
      cudaMajorVersion = lib.versions.major release;
      cudaOlder = lib.versionOlder release;
      cudaAtLeast = lib.versionAtLeast release;
    };
  cudatoolkit = self.cudaPackages.cudatoolkit;
}
