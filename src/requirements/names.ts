/** Names of packages: PEP 508 says what one looks like, PEP 503 when two are the same. */

const shape = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Whether a text can be the name of a package or of an extra. */
export const isName = (text: string): boolean => shape.test(text);

/** A name as PEP 503 compares it: lower case, with each run of `-`, `_` and `.` as one `-`. */
export const normalizeName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
