import type { Container } from "./container.ts";

/** Why there is no sandbox, in one sentence for the reader. */
export class NoSandbox extends Error {
  override name = "NoSandbox";
}

const origin = "https://stackblitz.com";

/** After so many milliseconds nobody waits any longer. */
const longest = 30_000;

/** When the third party's frame has loaded and is still silent so long, it is an error page. */
const silence = 5000;

/** Starts a WebContainer from StackBlitz' server. @throws NoSandbox */
export async function bootSandbox(): Promise<Container> {
  if (typeof SharedArrayBuffer === "undefined" && window.crossOriginIsolated)
    throw new NoSandbox("This browser has no shared memory (SharedArrayBuffer), which the sandbox needs.");
  if (!window.crossOriginIsolated)
    throw new NoSandbox(
      "This page is not isolated from other sites: its server leaves out the headers that the sandbox needs, or the browser ignores them.",
    );
  if (!navigator.onLine) throw new NoSandbox("This browser is offline, and the sandbox is loaded from stackblitz.com.");
  const { WebContainer } = await import("@webcontainer/api");
  const watch = watchThirdParty();
  try {
    return await Promise.race([WebContainer.boot({ coep: "require-corp", workdirName: "sandbox" }), watch.failed]);
  } catch (error) {
    if (error instanceof NoSandbox) throw error;
    throw new NoSandbox(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    watch.end();
  }
}

/** Rejects when the third party refuses or stays silent: `boot` itself then waits for ever. */
function watchThirdParty(): { failed: Promise<never>; end: () => void } {
  const ending = new AbortController();
  const { signal } = ending;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const failed = new Promise<never>((_, fail) => {
    const after = (time: number, words: string): void =>
      void timers.push(setTimeout(() => fail(new NoSandbox(words)), time));
    after(longest, "The sandbox did not start within 30 seconds.");
    let hasSpoken = false;
    window.addEventListener("message", (event) => (hasSpoken ||= event.origin === origin), { signal });
    const loaded = ({ target }: Event): void => {
      if (!(target instanceof HTMLIFrameElement) || !target.src.startsWith(origin)) return;
      timers.push(setTimeout(() => hasSpoken || fail(new NoSandbox(refused)), silence));
    };
    document.addEventListener("load", loaded, { capture: true, signal });
    document.addEventListener(
      "securitypolicyviolation",
      ({ blockedURI }) =>
        blockedURI.startsWith(origin) && fail(new NoSandbox("This site's policy forbids stackblitz.com.")),
      { signal },
    );
  });
  // Nobody may be listening any more when it fails.
  failed.catch(() => {});
  const end = (): void => {
    ending.abort();
    for (const timer of timers) clearTimeout(timer);
  };
  return { failed, end };
}

const refused =
  "stackblitz.com could not be loaded: there is no connection to it, or something in this browser blocks it.";
