import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A registry of npm packages on loopback with one package, which brings one program, a script for Node. */
export class ScriptedRegistry {
  readonly #server: Server;
  readonly #folder: string;
  readonly #name: string;
  readonly #program: string;
  readonly #packed = new Map<string, Buffer>();
  version = '1.0.0';
  /** What the program is. */
  script = `console.log(require('../package.json').version)`;
  /** Files beside it. */
  more: { [name: string]: string } = {};
  postinstall: string | undefined;
  /** The package itself is not sent until then. */
  held: Promise<void> = Promise.resolve();
  asked: string[] = [];

  /** @param folder - for what is packed. @param name - of the package, with its scope. */
  constructor(folder: string, name: string, program: string) {
    this.#folder = folder;
    this.#name = name;
    this.#program = program;
    this.#server = createServer(async (request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      this.asked.push(path);
      // Packed once for each version: the checksum in the answer has to be that of the file.
      const tarball = this.#packed.get(this.version) ?? this.#tarball();
      this.#packed.set(this.version, tarball);
      if (path.endsWith('.tgz')) {
        await this.held;
        response.end(tarball);
        return;
      }
      if (path !== `/${name}`) {
        response.writeHead(404).end('{}');
        return;
      }
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
      const dist = { tarball: `${this.url}/${name}/-/${program}-${this.version}.tgz`, integrity };
      const manifest = { ...this.#manifest(), dist };
      response.setHeader('content-type', 'application/json');
      const versions = { [this.version]: manifest };
      response.end(JSON.stringify({ name, 'dist-tags': { latest: this.version }, versions }));
    });
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen = () => new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #manifest() {
    const { version, postinstall } = this;
    return {
      name: this.#name,
      version,
      bin: { [this.#program]: 'bin/cli.js' },
      ...(postinstall === undefined ? {} : { scripts: { postinstall }, hasInstallScript: true }),
    };
  }

  #tarball(): Buffer {
    const root = mkdtempSync(join(this.#folder, 'pack-'));
    mkdirSync(join(root, 'package/bin'), { recursive: true });
    writeFileSync(join(root, 'package/package.json'), JSON.stringify(this.#manifest()));
    writeFileSync(join(root, 'package/bin/cli.js'), `#!/usr/bin/env node\n${this.script}\n`);
    for (const [name, text] of Object.entries(this.more)) writeFileSync(join(root, 'package/bin', name), text);
    return execFileSync('tar', ['-cz', '-C', root, 'package']);
  }
}
