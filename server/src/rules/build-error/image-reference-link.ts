/** Our own: a reference copied from a web page or a chat may include Markdown or a URL. */
import { rule } from '../../lint/rule.ts';
import { unknownImage } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { referenceInLink } from '../../images/reference-in-link.ts';

export default rule({
  summary: 'Use a plain image reference in `FROM`, not a link or Markdown',
  why: 'An image name copied from a web page, a chat or an AI assistant may be a Markdown link, text in backticks or a URL. `FROM` accepts only an image reference, so the build fails.',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  formerly: ['pasted-link'],
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { parts: unknownImage },
  examples: [
    {
      bad: dockerfile`
        FROM «[\`nvcr.io/nvidia/tensorflow:21.05-tf1-py3\`](http://nvcr.io/nvidia/tensorflow:21.05-tf1-py3)»
        USER nobody
      `,
      good: dockerfile`
        FROM nvcr.io/nvidia/tensorflow:21.05-tf1-py3
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { image: word } of model.each('FROM')) {
      if (word === undefined) continue;
      const text = model.source.text.slice(word.span.start, word.span.end);
      const reference = referenceInLink(text);
      if (reference === undefined) continue;
      report({
        at: word,
        message: text.startsWith('[')
          ? t('A Markdown link is not a valid image reference')
          : t('`{0}` is not a valid image reference', word.text),
        fix: { title: t('Replace with `{0}`', reference), edits: [replace(word.span, reference)] },
      });
    }
  },
});
