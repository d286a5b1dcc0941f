/** Proposes an ignore file from what is in a directory. It is shown as an unsaved file, and the user saves it. */
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import { walkContext } from '../../../server/src/disk/context-walk.ts';
import type { ContextTree } from '../../../server/src/ignore/context-tree.ts';
import { globOf, type Glob } from '../../../server/src/ignore/glob.ts';
import { sourcePattern } from '../../../server/src/ignore/source-pattern.ts';
import { EngineError } from '../engine/errors.ts';
import type { Editor } from '../ui/editor.ts';

interface Group {
  readonly title: string;
  readonly patterns: readonly string[];
}

/** Patterns by what they are for. Each is proposed if it matches something. */
function groups(): readonly Group[] {
  return [
    { title: t('Version control'), patterns: ['.git', '.gitignore', '.gitattributes', '.github', '.gitlab-ci.yml', '.hg', '.svn'] }, // prettier-ignore
    {
      title: t('Dependencies, which the build installs'),
      patterns: ['**/node_modules', '**/bower_components', '**/.venv', '**/venv', '**/vendor/bundle', '**/.bundle', '**/.gradle', '**/.m2', '**/Pods', '**/.yarn/cache', '**/.pnpm-store'], // prettier-ignore
    },
    {
      title: t('Build output and caches'),
      patterns: ['**/dist', '**/build', '**/out', '**/target', '**/bin/Debug', '**/bin/Release', '**/obj', '**/.next', '**/.nuxt', '**/.svelte-kit', '**/.turbo', '**/.parcel-cache', '**/.cache', '**/coverage', '**/htmlcov', '**/.coverage', '**/.nyc_output', '**/__pycache__', '**/*.pyc', '**/*.egg-info', '**/.pytest_cache', '**/.mypy_cache', '**/.ruff_cache', '**/.tox', '**/.ipynb_checkpoints', '**/.terraform', '**/*.log', '**/*.tmp', '**/*.swp'], // prettier-ignore
    },
    {
      title: t('Secrets'),
      patterns: ['**/.env', '**/.env.*', '**/*.pem', '**/*.key', '**/*.p12', '**/*.pfx', '**/*.jks', '**/id_rsa', '**/id_ed25519', '**/.npmrc', '**/.pypirc', '**/.netrc', '**/.aws', '**/.ssh', '**/.docker/config.json', '**/credentials.json', '**/*.tfstate', '**/*.tfvars'], // prettier-ignore
    },
    {
      title: t('Editors and operating systems'),
      patterns: ['.vscode', '.idea', '**/.DS_Store', '**/Thumbs.db', '.devcontainer', '.editorconfig', '**/*.iml'], // prettier-ignore
    },
    {
      title: t('Docker files, which the builder reads anyway'),
      patterns: ['**/.dockerignore', '**/*.dockerignore', '**/Dockerfile', '**/Dockerfile.*', '**/*.Dockerfile', '**/Containerfile', '**/compose.yaml', '**/compose.yml', '**/compose.*.yaml', '**/compose.*.yml', '**/docker-compose.yml', '**/docker-compose.yaml', '**/docker-compose.*.yml'], // prettier-ignore
    },
  ];
}

/** Examples of variables contain no secrets, and programs may need them. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  '**/.env.*': ['!**/.env.example', '!**/.env.sample', '!**/.env.template', '!**/.env.dist'],
};

/** The names of `.git` and of secrets are proposed in any case: they are often created later. */
const always: ReadonlySet<string> = new Set(['.git', '**/.env']);

const mostEntries = 100_000;

export interface Proposal {
  readonly folder: string;
  /** Nothing that the Dockerfile copies by name is excluded. */
  readonly needs: ContextNeeds | undefined;
}

/** Reads the directory, and shows the proposal as an unsaved `.dockerignore` in it. */
export async function proposeIgnoreFile(
  editor: Editor,
  { folder, needs }: Proposal,
): Promise<void> {
  const text = await editor.withProgress(t('Create .dockerignore'), async (signal) => {
    const tree = await walkContext(folder, { most: mostEntries, goOn: () => !signal.aborted });
    if (tree === undefined) throw new EngineError('cancelled', t('Cancelled'));
    return proposedText(tree, needs);
  });
  await editor.showUnsavedFile(join(folder, '.dockerignore'), text);
}

/** The text of an ignore file for these files. */
export function proposedText(tree: ContextTree, needs: ContextNeeds | undefined): string {
  const sources = (needs?.sources ?? []).flatMap(
    ({ source, hasParents }) => sourcePattern(source, hasParents) ?? [],
  );
  const named = sources.filter(({ path }) => path !== '');
  /** Paths that are copied by their name, with their directories and everything in them. */
  const copied = new Set<number>();
  for (const [i, { path, parent }] of tree.entries.entries())
    if (copied.has(parent) || named.some((source) => source.matches(path))) copied.add(i);
  const parts = groups().flatMap(({ title, patterns }) => {
    const lines = patterns.flatMap((pattern) => linesOf(pattern, tree, copied));
    return lines.length === 0 ? [] : [`# ${title}\n${lines.join('\n')}\n`];
  });
  return parts.join('\n');
}

function linesOf(
  pattern: string,
  { entries }: ContextTree,
  copied: ReadonlySet<number>,
): readonly string[] {
  const glob: Glob = globOf(pattern) ?? (() => false);
  const excluded = new Set<number>();
  let isNeeded = false;
  for (const [i, { path, parent }] of entries.entries()) {
    if (!excluded.has(parent) && !glob(path)) continue;
    excluded.add(i);
    isNeeded ||= copied.has(i);
  }
  if (isNeeded || (excluded.size === 0 && !always.has(pattern))) return [];
  const again = (exceptions[pattern] ?? []).filter((exception) => {
    const matches = globOf(exception.slice(1));
    return matches !== undefined && entries.some(({ path }) => matches(path));
  });
  return [pattern, ...again];
}
