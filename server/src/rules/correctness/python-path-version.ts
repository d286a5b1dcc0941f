/** Our own: the version in a path of Python's against that of the images. */
import { rule, type Report } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { folderIn, pythonOf, pythonPaths } from '../../model/python-paths.ts';

export default rule({
  summary: 'Keep paths of Python packages in step with the image’s Python',
  why: 'Python looks for packages in the folder of its own release. Copied from `python3.12` of an image with 3.13 the build finds nothing; copied to the folder of another release the program does not.',
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
      if (from) differing(source, from, report);
      if (here && copy.target) differing(copy.target, here, report);
    }
  },
});

/** Only of folders of the image's own Python: a virtual environment may have another one. */
function differing(word: Word, stage: Stage, report: Report): void {
  const folder = folderIn(word.text);
  const version = pythonOf(stage);
  if (folder === undefined || version === undefined || folder === `python${version}`) return;
  if (!word.text.startsWith('/usr/local/lib/') || word.raw !== word.text) return;
  const wanted = word.text.replace(folder, `python${version}`);
  report({
    at: word,
    message: t('The Python of this image is {0}, and its folder `python{0}`', version),
    fix: { title: t('Write {0}', wanted), edits: [replace(word.span, wanted)], safe: false },
  });
}
