/** Our own: a reference copied from a page or a chat brings its Markdown or its address along. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { pastedReference } from '../../images/pasted-references.ts';

export default rule({
  summary: 'Write the image reference alone, without link or back-ticks',
  why: 'Copied from a page, a chat or an answer of an assistant, an image comes as a Markdown link or as an address. Docker takes only the reference in it.',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { instructions: ['FROM'] },
  examples: [
    {
      bad: dockerfile`
        FROM «[\`nvcr.io/nvidia/tensorflow:21.05-tf1-py3\`](http://nvcr.io/nvidia/tensorflow:21.05-tf1-py3)»
      `,
      good: dockerfile`
        FROM nvcr.io/nvidia/tensorflow:21.05-tf1-py3
      `,
    },
  ],
  check({ model, report }) {
    for (const { image: word } of model.each('FROM')) {
      if (word === undefined) continue;
      const written = model.tree.text.slice(word.span.start, word.span.end);
      const reference = pastedReference(written);
      if (reference === undefined) continue;
      report({
        at: word,
        message: written.startsWith('[')
          ? t('A Markdown link stands where an image reference belongs')
          : t('`{0}` is no image reference', word.text),
        fix: { title: t('Write {0}', reference), edits: [replace(word.span, reference)] },
      });
    }
  },
});
