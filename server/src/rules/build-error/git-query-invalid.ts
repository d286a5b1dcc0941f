/** BuildKit frontend/dockerfile/dfgitutil/git_ref.go, loadQuery. */
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

const keys = ['ref', 'tag', 'branch', 'subdir', 'checksum', 'commit', 'keep-git-dir', 'submodules', 'mtime', 'fetch-by-commit']; // prettier-ignore
const booleans: ReadonlySet<string> = new Set(['keep-git-dir', 'submodules', 'fetch-by-commit']);
const times: ReadonlySet<string> = new Set(['checkout', 'commit']);

export default rule({
  summary: 'Use valid query parameters in Git URLs of `ADD`',
  why: 'The URL of a Git repository accepts the query parameters `ref`, `tag`, `branch`, `subdir`, `checksum`, `commit`, `keep-git-dir`, `submodules`, `mtime` and `fetch-by-commit`, each once. Another one fails the build with `unexpected query`. Parameters that contradict each other or the fragment after `#` fail with `ref conflicts` or `subdir conflicts`.',
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
        const url = expandWord(model, source)?.text ?? '';
        const message = remoteKind(url) === 'git' ? messageOf(url) : undefined;
        if (message !== undefined) report({ at: source, message });
      }
    }
  },
});

function messageOf(url: string): string | undefined {
  const [, query = '', fragment = ''] = /^[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const found = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    if (!keys.includes(key)) {
      const suggestion = closestMatch(key, keys);
      return suggestion === undefined
        ? t('`{0}` is not a valid query parameter of a Git URL', key)
        : t(
            '`{0}` is not a valid query parameter of a Git URL; did you mean `{1}`?',
            key,
            suggestion,
          );
    }
    if (found.has(key)) return t('Duplicate query parameter `{0}`', key);
    if (value === '' && !booleans.has(key)) return t('`{0}` has no value', key);
    if (value !== '' && booleans.has(key) && !/^(?:1|t|true|0|f|false)$/i.test(value)) {
      return t('`{0}` must be `true` or `false`, not `{1}`', key, value);
    }
    if (key === 'mtime' && !times.has(value))
      return t('`{0}` must be `checkout` or `commit`, not `{1}`', key, value);
    found.set(key, value);
  }
  return conflict(found, fragment);
}

function conflict(query: ReadonlyMap<string, string>, fragment: string): string | undefined {
  const [ref = '', directory = ''] = fragment.split(':');
  const full = (key: string, prefix: string): string => {
    const value = query.get(key) ?? '';
    return value === '' || value.startsWith(prefix) ? value : prefix + value;
  };
  const tag = full('tag', 'refs/tags/');
  const branch = full('branch', 'refs/heads/');
  const [one, other] = new Set([ref, query.get('ref') ?? '', tag, branch].filter(Boolean));
  if (other !== undefined) return t('`{0}` conflicts with `{1}`', other, one ?? '');
  const subdir = query.get('subdir') ?? '';
  const differs = directory !== '' && subdir !== '' && directory !== subdir;
  return differs ? t('`{0}` conflicts with `{1}`', subdir, directory) : undefined;
}
