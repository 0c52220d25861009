import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/**
 * Styles, scripts, fonts and pictures of the pages, read once at the start. Their address holds a hash of their
 * content, so a browser on a weak line keeps them for a year and still never sees an old one.
 */
interface Asset {
  body: Buffer;
  type: string;
  brotli?: Buffer;
  gzip?: Buffer;
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
};

/** Two weights, the letters of Latin and Vietnamese: what the first screen needs and no more. */
const FONTS = ['400', '600'].flatMap((weight) => ['vietnamese', 'latin', 'latin-ext'].map((subset) =>
  `be-vietnam-pro-${subset}-${weight}-normal.woff2`));

export class Assets {
  private readonly assets = new Map<string, Asset>();
  readonly version: string;

  constructor() {
    const here = import.meta.dirname;
    const styles = readdirSync(join(here, 'styles')).filter((name) => name.endsWith('.css')).sort();
    this.add('app.css', Buffer.concat(styles.map((name) => readFileSync(join(here, 'styles', name)))));
    for (const name of readdirSync(join(here, 'scripts'))) this.add(name, readFileSync(join(here, 'scripts', name)));
    for (const name of readdirSync(join(here, 'pictures'))) this.add(name, readFileSync(join(here, 'pictures', name)));
    const fonts = join(dirname(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json')), 'files');
    for (const name of FONTS) this.add(`fonts/${name}`, readFileSync(join(fonts, name)));
    const hash = createHash('sha256');
    for (const [name, asset] of this.assets) hash.update(name).update(asset.body);
    this.version = hash.digest('hex').slice(0, 10);
  }

  href(name: string): string {
    if (!this.assets.has(name)) throw new Error(`No asset ${name}`);
    return `/assets/${this.version}/${name}`;
  }

  serve(server: FastifyInstance): void {
    server.get('/assets/:version/*', async (request, reply) => {
      const { '*': name } = request.params as { '*': string };
      const asset = this.assets.get(name);
      if (!asset) return reply.code(404).send();
      void reply.header('content-type', asset.type).header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding');
      const accepts = String(request.headers['accept-encoding'] ?? '');
      if (asset.brotli && accepts.includes('br')) return reply.header('content-encoding', 'br').send(asset.brotli);
      if (asset.gzip && accepts.includes('gzip')) return reply.header('content-encoding', 'gzip').send(asset.gzip);
      return reply.send(asset.body);
    });
    server.get('/favicon.ico', (_request, reply) => reply.redirect(this.href('favicon.svg'), 301));
  }

  private add(name: string, body: Buffer): void {
    const ending = name.split('.').pop() ?? '';
    const type = TYPES[ending];
    if (!type) return;
    const packed = ending === 'woff2';
    this.assets.set(name, { body, type, ...(packed ? {} : { brotli: brotliCompressSync(body), gzip: gzipSync(body) }) });
  }
}
