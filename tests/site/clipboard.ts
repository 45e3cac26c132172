/** The clipboard of a test: what a page copied, and what it is to paste. */
import type { Page } from "playwright/test";

export interface Clipboard {
  /** The text that the page wrote last. */
  read(): Promise<string>;
  /** Puts a text there as a reader does, with keys: no browser asks for leave, and the focus is lost. */
  write(text: string): Promise<void>;
}

/** Opened before the page is. Only Chromium can be given leave to read; in others the page's own writing is listened to. */
export async function openClipboard(page: Page, browserName: string): Promise<Clipboard> {
  if (browserName === "chromium") await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  else
    await page.addInitScript(() => {
      let copied = "";
      const writeText = (text: string) => Promise.resolve(void (copied = text));
      const readText = () => Promise.resolve(copied);
      Object.defineProperty(navigator, "clipboard", { value: { writeText, readText } });
    });
  return {
    read: () => page.evaluate(() => navigator.clipboard.readText()),
    async write(text) {
      await page.evaluate((text) => {
        const scratch = document.createElement("textarea");
        scratch.id = "scratch";
        scratch.value = text;
        document.body.append(scratch);
        scratch.select();
      }, text);
      await page.keyboard.press("ControlOrMeta+C");
      await page.evaluate(() => document.querySelector("#scratch")!.remove());
    },
  };
}
