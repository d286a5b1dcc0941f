/** Not in other linters: only shells expand `~`. */
import { rule } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use absolute paths instead of `~` in `WORKDIR` and `COPY`',
  why: 'Docker does not expand `~` to the home directory. `WORKDIR ~/app` and `COPY . ~/app` create a directory whose name is `~`, below the current one, and a later `cd ~/app` in a `RUN` does not find it. Write the path: `/root/app`, or `/home/app` for another user.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  on: { instructions: ['WORKDIR', 'COPY', 'ADD', 'VOLUME', 'ENV'], signs: ['~'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        WORKDIR /srv
        COPY server.js «~/app/»
        USER node
      `,
      good: dockerfile`
        FROM node:24-slim
        WORKDIR /srv
        COPY server.js /home/node/app/
        USER node
      `,
    },
  ],
  check({ model, report }) {
    const check = (word: Word | undefined): void => {
      if (word && /^~(?:\/|$)/.test(word.text))
        report({ at: word, message: t('`~` is not expanded here; it is the name of a directory') });
    };
    for (const { args } of model.each('WORKDIR', 'VOLUME')) args.forEach(check);
    for (const { target } of model.each('COPY', 'ADD')) check(target);
    for (const { pairs } of model.each('ENV'))
      for (const { key, value } of pairs) if (!key.text.endsWith('PATH')) check(value);
  },
});
