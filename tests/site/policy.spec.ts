import { findKindsOfPages, findPages, readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

test("the policy that is sent lets nothing inline and nothing from elsewhere in", async ({ request }) => {
  const response = await request.get("/");
  const policy = new Map(
    (response.headers()["content-security-policy"] ?? "").split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources.join(" ")];
    }),
  );
  expect(policy.get("default-src")).toMatch(/^'(none|self)'$/);
  // The search is a WebAssembly program. That allows no `eval` of JavaScript, and no script from elsewhere.
  expect(policy.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
  expect(policy.get("style-src")).toBe("'self'");
  for (const name of ["base-uri", "form-action", "frame-ancestors"])
    expect(policy.get(name)).toMatch(/^'(none|self)'$/);
  expect([...policy.values()].join(" ").replace("'wasm-unsafe-eval'", "")).not.toMatch(/unsafe|https?:|\*/);
});

test("the page for a missing address has the same policy, and status 404", async ({ request }) => {
  const [home, missing] = [await request.get("/"), await request.get("/lessons/there-is-no-such-lesson/")];
  expect(missing.status()).toBe(404);
  expect(missing.headers()["content-type"]).toContain("text/html");
  expect(missing.headers()["content-security-policy"]).toBe(home.headers()["content-security-policy"]);
});

for (const path of findKindsOfPages()) {
  test(`${path} keeps the policy`, async ({ page, problems }) => {
    const response = await page.goto(path, { waitUntil: "networkidle" });
    expect(response?.headers()["content-security-policy"]).toBeTruthy();
    expect(problems).toEqual([]);
  });
}

const alike = findPages().filter((path) => !findKindsOfPages().includes(path));
for (const kind of new Set(alike.map((path) => path.split("/")[1]!))) {
  test(`all other pages of /${kind}/ keep the policy`, async ({ page, problems }) => {
    for (const path of alike.filter((each) => each.startsWith(`/${kind}/`))) await page.goto(path);
    expect(problems).toEqual([]);
  });
}

test("no page has a script, a style or a handler within its HTML", async ({ page }) => {
  for (const path of findPages()) {
    const inline = await page.evaluate((html) => {
      const parsed = new DOMParser().parseFromString(html, "text/html");
      const found = [...parsed.querySelectorAll('script:not([src], [type="application/ld+json"]), style, [style]')];
      for (const element of parsed.querySelectorAll("*"))
        if ([...element.attributes].some(({ name, value }) => name.startsWith("on") || /^javascript:/i.test(value)))
          found.push(element);
      return found.map((element) => element.outerHTML.slice(0, 120));
    }, readPage(path));
    expect(inline, path).toEqual([]);
  }
});

test("a violation is noticed: an inline style, an inline script, an image from elsewhere", async ({
  page,
  problems,
}) => {
  await page.goto("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    const image = document.createElement("img");
    image.src = "https://example.org/pixel.png";
    document.body.append(script, image);
    document.body.setAttribute("style", "color: red");
  });
  await expect.poll(() => problems.join("\n")).toMatch(/'script-src-elem' violated[^]*/);
  await expect.poll(() => problems.join("\n")).toContain("'img-src' violated");
  await expect.poll(() => problems.join("\n")).toContain("'style-src-attr' violated");
  await expect(page).not.toHaveTitle("ran");
  problems.length = 0;
});
