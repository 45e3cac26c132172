declare namespace App {
  interface Locals {
    /** The lesson whose page is being built; its components read it. */
    lesson?: import("./walk.ts").WrittenLesson;
    /** Ids of the glossary terms that the page has mentioned so far. */
    terms?: Set<string>;
  }
}
