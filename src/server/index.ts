/** Serves the built site as a static host does: `npm start`, the browser tests and the bench use this one server. */
import { existsSync, readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import compression from "compression";
import sirv from "sirv";
import { headersFor, parseHeaders } from "./headers.ts";

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Serves the folder `root` with the headers of its `_headers` file. `localhost` means both loopback addresses, so that no
 * other server can answer under the same name and port; port 0 takes any free one. What was built for a base path is
 * served under that path alone.
 * @throws Error with code `EADDRINUSE` for a taken port; Error that says what to run where `root` holds no built site.
 */
export async function startServer({
  root,
  base = "/",
  port = 0,
  host = "localhost",
}: {
  root: string;
  base?: string;
  port?: number;
  host?: "localhost" | "127.0.0.1" | "::1";
}): Promise<RunningServer> {
  const handle = site(root, base);
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(stop));
  };
  try {
    for (const address of host === "localhost" ? ["127.0.0.1", "::1"] : [host]) {
      const server = createServer(handle);
      const taken = await listen(server, port, address);
      // A machine may have no IPv6 at all.
      if (taken === undefined && servers.length > 0) continue;
      if (taken === undefined) throw new Error(`cannot listen on '${address}': there is no such address here`);
      servers.push(server);
      port = taken;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://${host === "::1" ? "[::1]" : host}:${port}`, close };
}

/** Files for hosts, which these do not serve. */
const hidden = new Set(["_headers", ".htaccess"]);

function site(root: string, base: string): RequestListener {
  if (!existsSync(join(root, "index.html")))
    throw new Error(`there is no built site in '${root}': run 'npm run build' first`);
  const headersFile = join(root, "_headers");
  const rules = existsSync(headersFile) ? parseHeaders(readFileSync(headersFile, "utf8")) : [];
  const compress = compression();
  // `dev` looks files up when asked, instead of once at the start: a rebuild while the server runs must not give the
  // lengths of files that are gone. It answers with an ETag and `no-cache`, unless `_headers` says otherwise.
  const files = sirv(root, { dev: true, etag: true });

  return (request, response) => {
    const path = pathOf(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    for (const [name, value] of headersFor(path, rules)) response.setHeader(name, value);
    preferGzip(request, path);
    compress(request as never, response as never, () => {
      if (!path.startsWith(base) || hidden.has(path.slice(base.length))) return notFound(root, response);
      correctTypes(path, response);
      request.url = request.url?.slice(base.length - 1);
      files(request, response, () => notFound(root, response));
    });
  };
}

/** The decoded path of the request's address. `new URL` would throw on what any client may send, such as `//`. */
function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "/").replace(/[?#].*$/s, "");
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/**
 * Brotli off: the size budgets of the site are in gzip, which every host gives. Nothing for repositories: what is large in
 * them is compressed already.
 */
function preferGzip(request: IncomingMessage, path: string): void {
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  if (takesGzip && !path.includes(".git/")) request.headers["accept-encoding"] = "gzip";
  else delete request.headers["accept-encoding"];
}

/**
 * `sirv` takes `x.tar.gz` for a compressed form of `x.tar`, which clients unpack on the way; and it gives files without a
 * known ending, as those of a Git repository, an empty type. Plain text needs its encoding, or browsers guess.
 */
function correctTypes(path: string, response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, { ...headers }: OutgoingHttpHeaders = {}) => {
    if (path.endsWith(".gz")) {
      delete headers["Content-Encoding"];
      headers["Content-Type"] = "application/gzip";
    } else if (headers["Content-Type"] === "") headers["Content-Type"] = "application/octet-stream";
    else if (/^text\/(plain|markdown)$/.test(String(headers["Content-Type"])))
      headers["Content-Type"] += ";charset=utf-8";
    return writeHead(status, headers);
  }) as typeof response.writeHead;
}

function notFound(root: string, response: ServerResponse): void {
  const page = join(root, "404.html");
  const found = existsSync(page);
  response.writeHead(404, {
    "Content-Type": found ? "text/html;charset=utf-8" : "text/plain;charset=utf-8",
    "Cache-Control": "no-cache",
  });
  response.end(found ? readFileSync(page) : "not found\n");
}

/** The port that was taken; undefined where the machine does not have the address. */
function listen(server: Server, port: number, address: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") done(undefined);
      else fail(error);
    });
    server.listen(port, address, () => done((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
