import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is part of what people get. */
export interface ShippedPackage {
  name: string;
  version: string;
  /** As the package names it, SPDX where it can. */
  licence: string;
  homepage: string;
  /** The whole text, with the notices the package brings. */
  text: string;
}

interface Manifest {
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  author?: string | { name?: string };
  homepage?: string;
  repository?: string | { url?: string };
}

const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The texts that stand in the folder of a package; else what its README says of it. */
function textIn(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  const files = names
    .filter(({ name }) => licenceFile.test(name) && !/\.(c?js|ts)$/.test(name))
    .map(({ name }) => name);
  if (files.length > 0) return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
  const readme = names.find(({ name }) => /^readme(\.md)?$/i.test(name));
  const said =
    readme &&
    /^#+\s*licen[cs]e[^\n]*\n([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(readFileSync(join(folder, readme.name), 'utf8'));
  return said?.[1]?.trim() ?? '';
}

/** Of a package that brings no text: what it says of itself. */
function statement(licence: string, { author, homepage }: Manifest): string {
  const by = typeof author === 'object' ? author.name : author;
  return `This package brings no text of its own. It names its licence as ${licence}${by ? `; its author is ${by}` : ''}.${homepage ? `\n${homepage}` : ''}`;
}

/**
 * Every package that the lock file does not mark as needed for development only, as far as it is installed: what is bundled, packaged or started.
 * One that is there in two versions is listed twice.
 * @throws {Error} when a package names no licence.
 */
export function shippedPackages(root: string): ShippedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean; devOptional?: boolean; link?: boolean }>;
  };
  const found = Object.entries(lock.packages).flatMap(([path, { version = '', dev, devOptional, link }]) => {
    const folder = join(root, path);
    if (path === '' || dev || devOptional || link || !existsSync(join(folder, 'package.json'))) return [];
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const { license, licenses, homepage, repository } = manifest;
    const own = textIn(folder);
    const named =
      (typeof license === 'object' ? license.type : license) ?? licenses?.map(({ type }) => type).join(' OR ');
    // One that only brings the text.
    const licence = named ?? (/^(the )?mit license/i.test(own) ? 'MIT' : undefined);
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!licence) throw new Error(`${name} ${version} names no licence`);
    const source = typeof repository === 'object' ? repository.url : repository;
    const text = own || statement(licence, manifest);
    return [{ name, version, licence, homepage: homepage ?? source?.replace(/^git\+|\.git$/g, '') ?? '', text }];
  });
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
  };
  const text = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  found.push({ name: 'quarterdeck', version, licence: license, homepage: '', text });
  const once = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...once.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

/** The file the page fetches: each text once, and which one each package has. */
export function licencesFile(packages: readonly ShippedPackage[]): string {
  const texts = [...new Set(packages.map(({ text }) => text))];
  return JSON.stringify({
    packages: packages.map(({ text, ...about }) => ({ ...about, text: texts.indexOf(text) })),
    texts,
  });
}

/** Puts `licences.json` beside the page, made anew at each build. */
export const licencesPlugin = (root: string) => ({
  name: 'quarterdeck-licences',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }) {
    this.emitFile({ type: 'asset', fileName: 'licences.json', source: licencesFile(shippedPackages(root)) });
  },
});
