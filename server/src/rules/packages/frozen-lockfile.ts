/** Package managers that update their lock file by default. No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { yarn as yarnProgram, yarnLike } from '../../programs/yarn.ts';
import { pnpm, pnpmLike } from '../../programs/pnpm.ts';
import { uv, uvLike } from '../../programs/pip.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { hasLockFile } from '../../model/lock-files.ts';

interface Manager {
  readonly names: Family;
  readonly verbs: readonly string[];
  readonly locks: readonly string[];
  readonly option: string;
  /** Options that already decide whether the lock file may change. */
  readonly settled: RegExp;
}

const yarn: Manager = {
  names: yarnLike,
  verbs: yarnProgram.verbs.restore,
  locks: ['yarn.lock'],
  option: '--frozen-lockfile',
  settled: /^--(?:frozen-lockfile|immutable|no-immutable|no-lockfile|pure-lockfile|mode=.*)$/,
};
const managers: readonly Manager[] = [
  yarn,
  {
    names: pnpmLike,
    verbs: pnpm.verbs.restore,
    locks: ['pnpm-lock.yaml'],
    option: '--frozen-lockfile',
    settled: /^--(?:no-)?frozen-lockfile$|^--offline$|^--lockfile-only$|^-g$|^--global$/,
  },
  {
    names: ['bun'],
    verbs: ['install', 'i'],
    locks: ['bun.lock', 'bun.lockb'],
    option: '--frozen-lockfile',
    settled: /^--frozen-lockfile$|^--no-save$|^-g$|^--global$/,
  },
  {
    names: uvLike,
    verbs: uv.verbs.restore,
    locks: ['uv.lock'],
    option: '--locked',
    settled: /^--(?:locked|frozen|upgrade)$|^-U$/,
  },
];

const names = managers.flatMap((one) => one.names);

export default rule({
  summary: 'Install from the lock file with `--frozen-lockfile` or similar',
  why: 'If the lock file does not match `package.json` or `pyproject.toml`, yarn, pnpm, bun and uv resolve the versions again by default, and the image contains packages that were not tested. With `--frozen-lockfile`, `--immutable` or `--locked`, the build fails instead, and the lock file can be updated in the repository.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: [
    'https://classic.yarnpkg.com/lang/en/docs/cli/install/',
    'https://pnpm.io/cli/install#--frozen-lockfile',
    'https://docs.astral.sh/uv/concepts/projects/sync/',
  ],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY package.json yarn.lock ./
        RUN «yarn install» && yarn cache clean
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY package.json yarn.lock ./
        RUN yarn install --frozen-lockfile && yarn cache clean
      `,
    },
  ],
  check({ model, report }) {
    if (!/\.lock|-lock\.|\*/.test(model.tree.text)) return;
    for (const at of model.commands(...names)) {
      const { command, run, via } = at;
      const manager = managers.find((one) => isNamed(nameOf(command), one.names));
      const last = manager && installVerb(command.args, manager);
      if (manager === undefined || last === undefined || isSettled(model, at, manager)) continue;
      if (!hasLockFile(model, run, manager.locks)) continue;
      const isModern = manager === yarn && hasLockFile(model, run, ['.yarnrc.yml', '.yarn']);
      const option = isModern ? '--immutable' : manager.option;
      report({
        at: { span: { start: command.span.start, end: last.span.end } },
        message: t(
          'Without `{0}`, versions other than those in the lock file may be installed',
          option,
        ),
        ...(via !== 'nested' && {
          fix: {
            title: t('Add `{0}`', option),
            edits: [insert(last.span.end, ` ${option}`)],
            safe: false,
          },
        }),
      });
    }
  },
});

/** The subcommand that installs, after which the option is added. */
function installVerb(args: readonly ShellWord[], { verbs }: Manager): ShellWord | undefined {
  const verb = args.find(({ text }) => !text.startsWith('-'));
  return verb && verbs.includes(verb.text) ? verb : undefined;
}

function isSettled(
  model: Model,
  { command, run }: CommandAt,
  { settled, option }: Manager,
): boolean {
  if (command.args.some(({ text }) => settled.test(text))) return true;
  const { variables } = model.stateAt(run);
  const names = option === '--locked' ? ['UV_LOCKED', 'UV_FROZEN'] : ['CI', 'YARN_ENABLE_IMMUTABLE_INSTALLS']; // prettier-ignore
  return names.some(
    (name) =>
      variables.has(name) || command.assignments.some(({ text }) => text.startsWith(`${name}=`)),
  );
}
