/** The generator's presets as ready files, with what they give: made when the site is built. */
import { generate, presets, type Generated, type Preset } from "#generator";
import { evaluateFlake } from "#worker-files";

/** A preset with its files and the outputs of its flake. */
export interface ReadyFlake {
  readonly preset: Preset;
  readonly made: Generated;
  readonly outputs: ReturnType<typeof evaluateFlake>["outputs"];
  /** The address of the zip with its files. */
  readonly zip: string;
}

/** All presets. @throws Error where one of them does not evaluate */
export function readyFlakes(): ReadyFlake[] {
  return presets.map((preset) => {
    const made = generate(preset.input, preset.choices);
    const files = Object.fromEntries(made.files.map(({ path, text }) => [path, text]));
    return { preset, made, outputs: evaluateFlake({ files }).outputs, zip: `/generate/${preset.id}.zip` };
  });
}
