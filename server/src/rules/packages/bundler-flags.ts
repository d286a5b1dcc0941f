/** tally/ruby/deprecated-bundler-install-flags. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { invoke, type Invocation, type Option, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { isOlderRuby } from '../../images/releases.ts';

/** The options that Bundler stores in its settings, with the setting of each. */
const storedSettings: Readonly<Record<string, string>> = {
  '--without': 'without',
  '--with': 'with',
  '--path': 'path',
  '--deployment': 'deployment',
};

export default rule({
  summary: 'Use `bundle config set` instead of deprecated `bundle install` flags',
  why: 'Bundler stores `--without`, `--with`, `--path` and `--deployment` in its configuration, so they also affect later commands. Because of this hidden effect, these flags have been deprecated since Bundler 2.1 and are removed in Bundler 4. `bundle config set --local` stores the same settings explicitly.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/deprecated-bundler-install-flags'] },
  links: ['https://bundler.io/man/bundle-install.1.html'],
  on: { commands: bundleLike },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN «bundle install --without development test --jobs 4»
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN bundle config set --local without 'development test' && bundle install --jobs 4
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...bundleLike)) {
      const image = at.stage && rootImage(at.stage);
      // Ruby 2.7 is the first release whose Bundler supports `config set`.
      if (image && isOlderRuby(image, [2, 7])) continue;
      const call = invoke(at.command, bundle);
      if (call?.subcommand !== undefined && !isVerb(call, bundle.verbs.restore)) continue;
      const deprecatedOptions =
        call?.options.filter(({ name }) => Object.hasOwn(storedSettings, name)) ?? [];
      const [first] = deprecatedOptions;
      if (call === undefined || first === undefined) continue;
      const fix = configFix(at, call, deprecatedOptions);
      report({
        at: at.command,
        message: t('The `{0}` flag of `bundle install` is deprecated', first.name),
        tag: 'deprecated' as const,
        ...(fix && { fix }),
      });
    }
  },
});

/** Undefined if a word is not a plain literal, or if the command is in anything other than an `&&` chain. */
function configFix(
  at: CommandAt,
  call: Invocation,
  deprecatedOptions: readonly Option[],
): Fix | undefined {
  const { command, ancestors, via } = at;
  const isChained = ancestors.every((one) => one.kind === 'chain' && one.operators.every(({ text }) => text === '&&')); // prettier-ignore
  if (!isChained || via !== 'direct' || command.redirects.length > 0) return undefined;
  if (command.assignments.length > 0 || call.subcommand === undefined) return undefined;
  const settings: string[] = [];
  const replaced = new Set<string>();
  for (const { name, value, word } of deprecatedOptions) {
    // `--without development test`: the groups end at the next option.
    const values = name === '--deployment' ? ['true'] : groups(at, value?.text, name);
    if (values === undefined || values.some((text) => !/^[\w./:-]+$/.test(text))) return undefined;
    const text = values.join(' ');
    settings.push(`bundle config set --local ${storedSettings[name] ?? ''} ${text.includes(' ') ? `'${text}'` : text}`); // prettier-ignore
    for (const one of name === '--deployment' ? [] : values) replaced.add(one);
    replaced.add(word.text);
  }
  const rest = command.args.filter(({ text }) => !replaced.has(text)).map(({ raw }) => raw);
  const commandLine = [...settings, ['bundle', ...rest].join(' ')].join(' && ');
  return {
    title: t('Replace the flags with `{0}`', 'bundle config set'),
    edits: [replace(command.span, commandLine)],
  };
}

function groups(
  { command: { args } }: CommandAt,
  value: string | undefined,
  name: string,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const start = args.findIndex(({ text }) => text === name);
  if (start < 0 || name === '--path') return [value];
  const end = args.findIndex(({ text }, i) => i > start && text.startsWith('-'));
  return args.slice(start + 1, end < 0 ? args.length : end).map(({ text }) => text);
}
