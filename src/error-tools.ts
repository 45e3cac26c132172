/** The tools whose errors the museum shows, in the order of the page. */
export const errorTools = [
  { id: "nix", name: "Nix" },
  { id: "devenv", name: "devenv" },
  { id: "direnv", name: "direnv" },
  { id: "python", name: "Python" },
  { id: "pip", name: "pip and requirements.txt" },
  { id: "uv", name: "uv" },
] as const;
