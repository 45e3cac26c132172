/** Work in steps: a generator that stops now and then, for those who have other things to do in between. */

/** What comes out of a work at its end. */
export type Steps<Result> = Generator<void, Result>;

/** Does all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
