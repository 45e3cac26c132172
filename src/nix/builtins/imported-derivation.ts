import { AttrsBuilder } from "../eval/attrs.ts";
import { current } from "../eval/machine.ts";
import { NixString, type Value } from "../eval/values.ts";
import { builtElement, deepElement } from "../store/context.ts";
import { outputPath, type Derivation } from "../store/derivation.ts";
import { outputPlaceholder } from "../store/placeholder.ts";

/** What `import x.drv` gives: the derivation's attributes that can be told from its file, for each of its outputs. */
export function derivationValue(drvPath: string, derivation: Derivation): Value {
  const { store } = current();
  const names = [...derivation.outputs.keys()].sort();
  const outputs = new Map<string, Value>();
  const common = () => {
    const builder = new AttrsBuilder();
    builder.set("drvPath", new NixString(drvPath, [deepElement(drvPath)]));
    builder.set("name", derivation.env.get("name") ?? "");
    builder.set("outputs", names);
    builder.set("type", "derivation");
    for (const [name, value] of outputs) builder.set(name, value);
    return builder;
  };
  for (const name of names) {
    const path = outputPath(derivation, name, derivation.outputs.get(name)!, store.storeDir) ?? outputPlaceholder(name);
    const builder = common();
    builder.set("outPath", new NixString(path, [builtElement(drvPath, name)]));
    builder.set("outputName", name);
    outputs.set(name, builder.finish());
  }
  return outputs.get(names[0]!)!;
}
