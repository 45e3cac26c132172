/** The entries of the error museum, in the browser. */
import { addressOf } from "../address.ts";
import type { KnownError } from "./recognise.ts";

let loading: Promise<readonly KnownError[]> | undefined;

/** Loads them at the first call; what failed is tried again at the next. */
export function knownErrors(): Promise<readonly KnownError[]> {
  loading ??= fetch(addressOf("/errors/patterns.json")).then((response) => response.json());
  loading.catch(() => (loading = undefined));
  return loading;
}
