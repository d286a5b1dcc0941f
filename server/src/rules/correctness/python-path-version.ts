/** Our own: compares the version in a Python package path with the version of the image. */
import { rule, type Report } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { pythonDirectoryIn, pythonVersionOf, pythonPaths } from '../../model/python-paths.ts';

export default rule({
  summary: 'Use the Python version of the image in package paths',
  why: 'Python looks for packages in the directory of its version. If the image has Python 3.13, copying from `python3.12` fails because the directory does not exist, and the program does not find packages that were copied to `python3.12`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.python.org/3/library/site.html'],
  on: { instructions: ['COPY'], words: ['python3'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim AS build
        RUN pip install --no-cache-dir flask==3.1.2

        FROM python:3.13-slim
        COPY --from=build «/usr/local/lib/python3.12/site-packages» /usr/local/lib/python3.13/site-packages
        USER nobody
      `,
      good: dockerfile`
        FROM python:3.13-slim AS build
        RUN pip install --no-cache-dir flask==3.1.2

        FROM python:3.13-slim
        COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { copy, source, from } of pythonPaths(model)) {
      const here = model.stageOf(copy);
      if (from) checkVersion(source, from, report);
      if (here && copy.target) checkVersion(copy.target, here, report);
    }
  },
});

/** Checks only directories of the image's own Python: a virtual environment may have another version. */
function checkVersion(word: Word, stage: Stage, report: Report): void {
  const directory = pythonDirectoryIn(word.text);
  const version = pythonVersionOf(stage);
  if (directory === undefined || version === undefined || directory === `python${version}`) return;
  if (!word.text.startsWith('/usr/local/lib/') || word.raw !== word.text) return;
  const path = word.text.replace(directory, `python${version}`);
  report({
    at: word,
    message: t('The image has Python {0}, so its package directory is `python{0}`', version),
    fix: {
      title: t('Replace `{0}` with `{1}`', directory, `python${version}`),
      edits: [replace(word.span, path)],
      safe: false,
    },
  });
}
