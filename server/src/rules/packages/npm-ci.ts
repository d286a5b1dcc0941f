/** Our own; npm's own advice for builds. */
import { rule } from '../../lint/rule.ts';
import { npm, npmLike } from '../../programs/npm.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { hasLockFile } from '../../model/lock-files.ts';

const locks = ['package-lock.json', 'npm-shrinkwrap.json'];

export default rule({
  summary: 'Install from the lock file with `npm ci`',
  why: '`npm install` may move versions and writes the lock file anew, so that the image holds something else than what was tested. `npm ci` takes exactly what the lock file says, stops where it does not fit `package.json`, and is faster.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.npmjs.com/cli/commands/npm-ci'],
  on: { commands: npmLike },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json ./
        RUN «npm install» && npm cache clean --force
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json ./
        RUN npm ci && npm cache clean --force
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run, via } of model.commands(...npmLike)) {
      const call = invoke(command, npm);
      const verb = call?.subcommand;
      if (call === undefined || verb === undefined || call.operands.length > 0) continue;
      if (!isVerb(call, npm.verbs.install) || call.has('-g', '--global')) continue;
      if (call.has('--no-package-lock', '--package-lock-only', '--no-save', '--prefix', '-C')) continue; // prettier-ignore
      if (!hasLockFile(model, run, locks)) continue;
      report({
        at: { span: { start: command.span.start, end: verb.span.end } },
        message: t('`npm install` may take other versions than the lock file says'),
        ...(via !== 'nested' && {
          fix: { title: t('Write {0}', 'npm ci'), edits: [replace(verb.span, 'ci')], safe: false },
        }),
      });
    }
  },
});
