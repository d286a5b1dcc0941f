/** No equivalent in hadolint, BuildKit or tally. npm's documentation recommends `npm ci` for builds. */
import { rule } from '../../lint/rule.ts';
import { npm, npmLike } from '../../programs/npm.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { hasLockFile } from '../../model/lock-files.ts';

const locks = ['package-lock.json', 'npm-shrinkwrap.json'];

export default rule({
  summary: 'Use `npm ci` instead of `npm install`',
  why: '`npm install` may change versions and rewrite the lock file, so that the image contains packages other than those that were tested. `npm ci` installs exactly the versions in the lock file, fails if it does not match `package.json`, and is faster.',
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
        message: t('`npm install` may install versions other than those in the lock file'),
        ...(via !== 'nested' && {
          fix: {
            title: t('Replace `{0}` with `{1}`', `npm ${verb.text}`, 'npm ci'),
            edits: [replace(verb.span, 'ci')],
            safe: false,
          },
        }),
      });
    }
  },
});
