/** Real registries and a proxy, on the loopback. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A running server. */
export interface Running {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** A registry's settings. */
export interface Wishes {
  /** How it authenticates clients; without it, every client may read and write. */
  readonly auth?: object;
  /** Files of a certificate and its key; without them the registry speaks plain HTTP. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** The registry's configuration. JSON is valid YAML. */
const configuration = (folder: string, { auth, tls }: Wishes): string =>
  JSON.stringify({
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: folder } },
    http: { addr: '127.0.0.1:0', ...(tls ? { tls } : {}) },
    ...(auth ? { auth } : {}),
  });

/**
 * Starts a registry on a free port.
 * @param program of modules/registry
 * @param folder with its content; registries may share one
 * @throws Error with its output, when it does not start
 */
export const startRegistry = async (program: string, folder: string, wishes: Wishes): Promise<Running> => {
  const own = mkdtempSync(join(tmpdir(), 'registry-'));
  const file = join(own, 'config.yml');
  writeFileSync(file, configuration(folder, wishes));
  // Traces would go to a collector that does not exist.
  const env = { ...process.env, OTEL_TRACES_EXPORTER: 'none' };
  const child = spawn(program, ['serve', file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      rmSync(own, { recursive: true, force: true });
      resolve();
    });
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += String(text);
      const [, found] = /listening on (127[.]0[.]0[.]1:\d+)/.exec(said) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`the registry does not start: ${said}`)));
  });
  return {
    address,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
};

/** A proxy, and the requests to it. */
export interface Proxy extends Running {
  /** `<name>:<port>` of every requested connection. */
  readonly asked: readonly string[];
}

/**
 * Starts an HTTP proxy that connects to known addresses, and refuses all others.
 * @param known address by the requested name and port; read at each request
 */
export const startProxy = async (known: ReadonlyMap<string, string>): Promise<Proxy> => {
  const asked: string[] = [];
  const server: Server = createServer((_, answer) => answer.writeHead(405).end());
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const [host, port] = (known.get(url) ?? '').split(':');
    if (!host) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const other = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      other.pipe(socket).pipe(other);
    });
    for (const end of [socket, other]) end.on('error', () => [socket, other].forEach((one) => one.destroy()));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
