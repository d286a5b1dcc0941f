/** hadolint DL3020. URLs, repositories and archives that ADD extracts are not reported. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isArchive } from '../../reference/archives.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Use `COPY` instead of `ADD` for files and directories',
  why: '`ADD` also extracts archives and downloads URLs, so a reader has to check what it does with each source. `COPY` only copies. URLs, Git repositories and archives are not reported.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3020'] },
  links: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  on: { instructions: ['ADD'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        «ADD» requirements.txt /app/
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt /app/
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('ADD')) {
      const { keyword, sources, flags } = instruction;
      if (sources.length === 0 || !sources.every(isPlain)) continue;
      if (flags.some(({ name }) => ['checksum', 'unpack', 'keep-git-dir'].includes(name.text)))
        continue;
      report({
        at: keyword,
        message: t('Use `COPY`: this `{0}` only copies local files', keyword.raw),
        fix: copyInstead(instruction),
      });
    }
  },
});

/** Whether a source is a file or directory of the build context. The value of a variable or pattern may be an archive. */
function isPlain({ text, variables }: Word): boolean {
  if (remoteKind(text) !== undefined || isArchive(text) || /\.(?:tar|t?gz|t[bx]z)\*$/.test(text))
    return false;
  return variables.length === 0 || !/^\$|:\/\//.test(text);
}

/** ADD detects archives by their content: a file without an extension may be one, and COPY would not extract it. */
function copyInstead({ keyword, sources }: Copy): Fix {
  const replacement = keyword.raw === keyword.raw.toLowerCase() ? 'copy' : 'COPY';
  const hasKnownTypes = sources.every(({ text }) =>
    /^\.{0,2}\/?$|\/$|\.[A-Za-z]\w{0,9}$/.test(text),
  );
  const fix = {
    title: t('Replace `{0}` with `{1}`', keyword.raw, replacement),
    edits: [replace(keyword.span, replacement)],
  };
  return hasKnownTypes ? fix : { ...fix, safe: false };
}
