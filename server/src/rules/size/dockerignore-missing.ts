/** The entire build context is copied, and no `.dockerignore` excludes anything. */
import { rule } from '../../lint/rule.ts';
import { wholeSource } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Add a `.dockerignore` for `COPY . .`',
  why: 'Without a `.dockerignore`, `COPY . .` copies the entire build context: the history in `.git`, a `node_modules` from another system, and `.env` files with secrets. The image grows, secrets are stored in it, and every commit invalidates the build cache from this step on. Add a `.dockerignore`, or copy only the files that are needed.\n\nIgnore this rule where every file of the context belongs in the image.',
  severity: 'warning',
  since: '0.1.0',
  needs: 'surroundings',
  on: { parts: wholeSource },
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
      const wholeContext = sources.find(({ text }) => /^\.?\/*$|^\.?\/?\*$/.test(text));
      if (wholeContext === undefined) continue;
      report({
        at: wholeContext,
        message: t(
          '`{0} {1}` copies the entire build context; `.dockerignore` is missing',
          kind,
          wholeContext.text,
        ),
      });
      return;
    }
  },
});
