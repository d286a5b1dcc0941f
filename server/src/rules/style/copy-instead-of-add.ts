/** hadolint DL3020; addresses of repositories, and archives that ADD unpacks, are what it is for. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { isArchive } from '../../reference/archives.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Copy plain files with COPY, not with ADD',
  why: '`ADD` unpacks archives and fetches addresses; whoever reads it has to think about what it does with this file. `COPY` copies.',
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
        message: t('`{0}` only copies here', keyword.raw),
        fix: asCopy(instruction),
      });
    }
  },
});

/** A file or folder of the context; what a variable or pattern stands for may be an archive. */
function isPlain({ text, variables }: Word): boolean {
  if (remoteKind(text) !== undefined || isArchive(text) || /\.(?:tar|t?gz|t[bx]z)\*$/.test(text))
    return false;
  return variables.length === 0 || !/^\$|:\/\//.test(text);
}

/** ADD goes by what is in a file: one without an ending may be an archive, and COPY would leave it as it is. */
function asCopy({ keyword, sources }: Copy): Fix {
  const wanted = keyword.raw === keyword.raw.toLowerCase() ? 'copy' : 'COPY';
  const known = sources.every(({ text }) => /^\.{0,2}\/?$|\/$|\.[A-Za-z]\w{0,9}$/.test(text));
  const fix = { title: t('Write {0}', wanted), edits: [replace(keyword.span, wanted)] };
  return known ? fix : { ...fix, safe: false };
}
