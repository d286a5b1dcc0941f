/** A whole folder is copied, and nothing says what to leave out of it. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Say in `.dockerignore` what `COPY . .` leaves out',
  why: 'Without a `.dockerignore`, `COPY . .` takes all of the folder: the history in `.git`, `node_modules` of another system, `.env` with its secrets. The image grows, secrets get into it, and every commit makes the cache useless from there on.',
  severity: 'warning',
  since: '0.1.0',
  needs: 'surroundings',
  links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        USER node
        COPY «.» /srv/app
      `,
      good: dockerfile`
        FROM node:24-slim
        USER node
        COPY package.json server.js /srv/app/
      `,
      dockerignore: false,
    },
  ],
  check({ model, surroundings, report }) {
    if (surroundings?.ignoreFile !== 'none') return;
    for (const { kind, sources, flags, onbuild } of model.each('COPY', 'ADD')) {
      if (onbuild === true) continue;
      if (flags.some(({ name: { text } }) => text === 'from' || text === 'exclude')) continue;
      const whole = sources.find(({ text }) => /^\.?\/*$|^\.?\/?\*$/.test(text));
      if (whole === undefined) continue;
      report({
        at: whole,
        message: t(
          '`{0} {1}` takes the whole folder: there is no `.dockerignore`',
          kind,
          whole.text,
        ),
      });
      return;
    }
  },
});
