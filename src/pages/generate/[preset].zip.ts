/** The files of each preset as a zip, for readers without script. */
import { generate, presets, type Preset } from "#generator";
import { zipOf } from "../../islands/generate/zip.ts";

export const getStaticPaths = () => presets.map((preset) => ({ params: { preset: preset.id }, props: { preset } }));

export function GET({ props: { preset } }: { props: { preset: Preset } }): Response {
  return zipOf(preset.choices.name ?? preset.id, generate(preset.input, preset.choices).files);
}
