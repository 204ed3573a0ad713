import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseClaudeLine } from '../transcripts/claude.ts';
import { parseCodexLine } from '../transcripts/codex.ts';
import { parseGeminiLine } from '../transcripts/gemini.ts';
import { asObject, asText, type ParseLine, readObject } from '../transcripts/transcript.ts';

export type SourceProvider = 'claude' | 'codex' | 'gemini';

export const parsers: Readonly<Record<SourceProvider, ParseLine>> = {
  claude: parseClaudeLine,
  codex: parseCodexLine,
  gemini: parseGeminiLine,
};

/** A folder in which one CLI keeps conversations, with its real path. Folders below it are looked into as deep as that CLI nests them. */
export interface Source {
  readonly provider: SourceProvider;
  readonly root: string;
  readonly depth: number;
}

export interface SourceFile {
  readonly provider: SourceProvider;
  readonly path: string;
  /** `lines`: JSON Lines that grow. `value`: one JSON value, written anew each time. `compressed`: finished JSON Lines, zstd. */
  readonly format: 'lines' | 'value' | 'compressed';
  /** The CLI's session id as far as the name tells it. */
  readonly named: string;
  readonly cwd: string | null;
}

/** Where the CLIs keep their conversations, as they themselves decide it. Folders that do not exist are left out. */
export function findSources(env: Readonly<Record<string, string | undefined>>, home: string): Source[] {
  const claude = env.CLAUDE_CONFIG_DIR || join(home, '.claude');
  const codex = env.CODEX_HOME || join(home, '.codex');
  const gemini = join(env.GEMINI_CLI_HOME || home, '.gemini');
  const candidates: Source[] = [
    { provider: 'claude', root: join(claude, 'projects'), depth: 1 },
    { provider: 'codex', root: join(codex, 'sessions'), depth: 3 },
    { provider: 'codex', root: join(codex, 'archived_sessions'), depth: 3 },
    { provider: 'gemini', root: join(gemini, 'tmp'), depth: 2 },
  ];
  return candidates.flatMap((source) => {
    try {
      return [{ ...source, root: realpathSync(source.root) }];
    } catch {
      return [];
    }
  });
}

/** What this file is, by its place and name; null: nothing to read. `cwd`: the folder a Gemini project belongs to. */
export function describeFile(source: Source, path: string, cwd: string | null): SourceFile | null {
  const name = basename(path);
  const file = (format: SourceFile['format'], named: string): SourceFile => ({
    provider: source.provider,
    path,
    format,
    named,
    cwd,
  });
  switch (source.provider) {
    case 'claude':
      // agent-*: conversations of sub-agents, parts of another one.
      return name.endsWith('.jsonl') && !name.startsWith('agent-') ? file('lines', name.slice(0, -6)) : null;
    case 'codex': {
      const match = /^rollout-.*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl(\.zst)?$/.exec(name);
      return match ? file(match[2] ? 'compressed' : 'lines', match[1]!) : null;
    }
    case 'gemini': {
      const match = /^session-.*\.json(l?)$/.exec(name);
      return match ? file(match[1] ? 'lines' : 'value', name.replace(/\.jsonl?$/, '')) : null;
    }
  }
}

/** Everything in one folder: its files that are conversations, and the folders to go on with. Links are not followed. */
export interface FolderContents {
  files: SourceFile[];
  folders: string[];
}

/** @throws when the folder cannot be read. */
export function readFolder(source: Source, folder: string, level: number, projects: GeminiProjects): FolderContents {
  const found: FolderContents = { files: [], folders: [] };
  // Gemini: <root>/<project>/chats/<file>, and nothing else of what lies there.
  const isChats = source.provider !== 'gemini' || level === 2;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (level < source.depth && (source.provider !== 'gemini' || level === 0 || entry.name === 'chats')) {
        found.folders.push(path);
      }
    } else if (entry.isFile() && isChats) {
      const cwd = source.provider === 'gemini' ? projects.folderOf(join(folder, '..')) : null;
      const file = describeFile(source, path, cwd);
      if (file) found.files.push(file);
    }
  }
  return found;
}

/** Which folder each of Gemini's projects belongs to. */
export interface GeminiProjects {
  /** @param project - `~/.gemini/tmp/<project>`. */
  folderOf(project: string): string | null;
}

/**
 * Gemini names its folders after the project (`projects.json`: cwd -> name; `.project_root`: cwd), and did by the SHA-256 of the cwd before: then
 * only a folder that is known otherwise can be recognised.
 */
export function readGeminiProjects(tmp: string): GeminiProjects {
  const byName = new Map<string, string>();
  try {
    const known = asObject(readObject(readFileSync(join(tmp, '..', 'projects.json'), 'utf8'))?.projects) ?? {};
    for (const [cwd, name] of Object.entries(known)) {
      byName.set(asText(name), cwd);
      byName.set(createHash('sha256').update(cwd).digest('hex'), cwd);
    }
  } catch {
    // Older versions have none.
  }
  return {
    folderOf(project) {
      const marker = join(project, '.project_root');
      try {
        if (lstatSync(marker).isFile()) return readFileSync(marker, 'utf8').trim() || null;
      } catch {
        // Older versions have none.
      }
      return byName.get(basename(project)) ?? null;
    },
  };
}
