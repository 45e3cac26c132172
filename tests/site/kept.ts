/** What a page has kept of a lab's project in the browser's database. */
import type { Page } from "playwright/test";
import { expect } from "./fixtures.ts";

/** Waits until the texts of a kept project are as wanted: the lab keeps an edit a moment after it was made. */
export async function expectKept(page: Page, slug: string, wanted: RegExp): Promise<void> {
  await expect.poll(() => page.evaluate(keptTexts, `project/${slug}`)).toMatch(wanted);
}

/** Runs in the browser: all texts of a kept project. */
function keptTexts(key: string): Promise<string> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("flakes-for-snakes");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const asking = database.transaction("kept").objectStore("kept").get(key);
      asking.onerror = () => fail(asking.error);
      asking.onsuccess = () => {
        database.close();
        done(Object.values(asking.result?.snapshot.files ?? {}).join("\n"));
      };
    };
  });
}
