/** hadolint DL4007. Off: with a `.dockerignore` it is how most images are built. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Copy only what is needed, not the whole folder',
  why: '`COPY . .` takes whatever lies in the folder on the day of the build: `.git`, `.env`, keys, notes. A `.dockerignore` leaves out what somebody thought of; a list of what is needed leaves out the rest too.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL4007'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL4007'],
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
      // What another stage or image holds is known.
      if (flags.some(({ name }) => name.text === 'from')) continue;
      for (const source of sources)
        if (/^\.?\/?$/.test(source.text))
          report({ at: source, message: t('The whole folder gets into the image') });
    }
  },
});
