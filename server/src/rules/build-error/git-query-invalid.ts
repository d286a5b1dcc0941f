/** BuildKit frontend/dockerfile/dfgitutil/git_ref.go, loadQuery. */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

const keys = ['ref', 'tag', 'branch', 'subdir', 'checksum', 'commit', 'keep-git-dir', 'submodules'];
const booleans: ReadonlySet<string> = new Set(['keep-git-dir', 'submodules']);

export default rule({
  summary: 'Ask a Git repository only for what Docker can look up',
  why: 'Behind `?`, the address of a repository takes `ref`, `tag`, `branch`, `subdir`, `checksum`, `keep-git-dir` and `submodules`, each once, and none that contradicts another or what stands behind `#`.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/#url-queries'],
  on: { instructions: ['ADD'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ADD «https://example.com/tool.git?brnach=main» /src/
      `,
      good: dockerfile`
        FROM alpine:3.22
        ADD https://example.com/tool.git?branch=main /src/
      `,
    },
  ],
  check({ model, report }) {
    for (const { sources, onbuild } of model.each('ADD')) {
      if (onbuild === true) continue;
      for (const source of sources) {
        const address = expanded(model, source)?.text ?? '';
        const message = remoteKind(address) === 'git' ? wrongWith(address) : undefined;
        if (message !== undefined) report({ at: source, message });
      }
    }
  },
});

function wrongWith(address: string): string | undefined {
  const [, query = '', fragment = ''] = /^[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(address) ?? [];
  const found = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    if (!keys.includes(key)) {
      const meant = nearest(key, keys);
      return meant === undefined
        ? t('Docker knows no `{0}` here', key)
        : t('Docker knows no `{0}` here; did you mean `{1}`?', key, meant);
    }
    if (found.has(key)) return t('`{0}` is given twice', key);
    if (value === '' && !booleans.has(key)) return t('`{0}` has no value', key);
    if (value !== '' && booleans.has(key) && !/^(?:1|t|true|0|f|false)$/i.test(value)) {
      return t('`{0}` takes `true` or `false`, not `{1}`', key, value);
    }
    found.set(key, value);
  }
  return contradiction(found, fragment);
}

function contradiction(query: ReadonlyMap<string, string>, fragment: string): string | undefined {
  const [ref = '', folder = ''] = fragment.split(':');
  const full = (key: string, prefix: string): string => {
    const value = query.get(key) ?? '';
    return value === '' || value.startsWith(prefix) ? value : prefix + value;
  };
  const tag = full('tag', 'refs/tags/');
  const branch = full('branch', 'refs/heads/');
  const [one, other] = new Set([ref, query.get('ref') ?? '', tag, branch].filter(Boolean));
  if (other !== undefined) return t('`{0}` contradicts `{1}`', other, one ?? '');
  const subdir = query.get('subdir') ?? '';
  const differs = folder !== '' && subdir !== '' && folder !== subdir;
  return differs ? t('`{0}` contradicts `{1}`', subdir, folder) : undefined;
}
