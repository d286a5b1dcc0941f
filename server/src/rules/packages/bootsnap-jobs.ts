/** tally/ruby/bootsnap-precompile-without-j1. The Dockerfile that Rails generates uses the same option. */
import { rule } from '../../lint/rule.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isForDevelopment } from '../../model/purpose.ts';

const names = ['bootsnap', ...bundleLike];

export default rule({
  summary: 'Use `bootsnap precompile -j 1`',
  why: 'Bootsnap starts one process per CPU core. When an image is built for another architecture under QEMU, these processes hang or crash at random, which is why the Dockerfiles that Rails generates use `-j 1`. Ignore this rule if the image is only built for the architecture of the build machine.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/bootsnap-precompile-without-j1'] },
  links: ['https://github.com/rails/bootsnap/issues/495'],
  on: { commands: names, words: ['bootsnap'] },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY . .
        RUN bundle exec «bootsnap precompile» app/ lib/
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY . .
        RUN bundle exec bootsnap precompile -j 1 app/ lib/
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, stage, via } of model.commands(...names)) {
      if (stage === undefined || isForDevelopment(stage)) continue;
      const words = [...(command.name ? [command.name] : []), ...command.args];
      const at = words.findIndex(({ text }) => /(?:^|\/)bootsnap$/.test(text));
      const [tool, verb] = [words[at], words[at + 1]];
      if (tool === undefined || verb?.text !== 'precompile') continue;
      const jobs = words.findIndex(({ text }) => /^(?:-j|--jobs)/.test(text));
      const number = /\d+$/.exec(words[jobs]?.text ?? '')?.[0] ?? words[jobs + 1]?.text;
      if (jobs >= 0 && !/^[2-9]|^1\d/.test(number ?? '')) continue;
      report({
        at: { span: { start: tool.span.start, end: verb.span.end } },
        message: t('Parallel `bootsnap precompile` hangs or crashes at random under QEMU'),
        ...(via !== 'nested' &&
          jobs < 0 && {
            fix: { title: t('Add `{0}`', '-j 1'), edits: [insert(verb.span.end, ' -j 1')] },
          }),
      });
    }
  },
});
