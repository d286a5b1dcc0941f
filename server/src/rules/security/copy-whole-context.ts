/** Our own. Off by default: with a `.dockerignore`, this is how most images are built. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Copy specific files instead of the whole build context',
  why: '`COPY . .` copies everything in the build context, including `.git`, `.env`, keys and notes. A `.dockerignore` file excludes only what it lists, while naming the files that are needed excludes everything else. This rule is off by default because copying the context is common practice together with a `.dockerignore` file.',
  severity: 'off',
  since: '0.1.0',
  on: { instructions: ['COPY'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        WORKDIR /app
        COPY «.» .
        USER nobody
      `,
      good: dockerfile`
        FROM python:3.13-slim
        WORKDIR /app
        COPY main.py .
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { sources, flags } of model.each('COPY')) {
      // The files of another stage or image are not the build context.
      if (flags.some(({ name }) => name.text === 'from')) continue;
      for (const source of sources)
        if (/^\.?\/?$/.test(source.text))
          report({ at: source, message: t('This copies the whole build context into the image') });
    }
  },
});
