/** A plugin for Astro's Markdown processor (Sätteri), on which plugins written for remark do not run. */
import type { MdastPluginDefinition } from "satteri";

/**
 * Makes each code fence of an MDX file a `<Fence language meta text />`, so that a component of ours prints it:
 * by the time a `pre` could be replaced, the fence's meta is gone.
 */
export const fencesToComponents: MdastPluginDefinition = {
  name: "fences-to-components",
  code(node, context) {
    if (context.sourceFormat !== "mdx") return;
    const attribute = (name: string, value: string) => ({
      type: "mdxJsxAttribute" as const,
      name,
      value: { type: "mdxJsxAttributeValueExpression" as const, value: JSON.stringify(value) },
    });
    context.replaceNode(node, {
      type: "mdxJsxFlowElement",
      name: "Fence",
      attributes: [
        attribute("language", node.lang ?? "text"),
        attribute("meta", node.meta ?? ""),
        attribute("text", node.value),
      ],
      children: [],
    });
  },
};
