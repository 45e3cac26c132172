/** The options of devenv that its stand-in checks flakes with, and the revision that they were read from. */
import source from "./devenv/node.json" with { type: "json" };
import options from "./devenv/modules/options.json" with { type: "json" };

export { options, source };
