export { evaluateMarker, printMarker, type MarkerEnvironment } from "./marker.ts";
export type {
  Format,
  LocalProject,
  LockedPackage,
  PipOption,
  Place,
  Problem,
  Project,
  Reading,
  Requirement,
  Source,
} from "./model.ts";
export { acceptText, formatOf } from "./input.ts";
export { isName, normalizeName } from "./names.ts";
export { decodePercent } from "./percent.ts";
export { read, readInSteps, type Files } from "./read.ts";
export { finish, type Steps } from "./steps.ts";
export { exactVersion, isVersion, printSpecifiers, satisfies, type Specifier } from "./specifiers.ts";
