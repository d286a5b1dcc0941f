/**
 * Our own; ShellCheck says it of any `sh` (SC3001 and those behind it), here it is said by what `sh` is in the image.
 * What dash and busybox's ash take was tried with dash 0.5.12 and busybox 1.35.
 */
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { bashisms, type Bashism } from '../../shell/analysis/bashisms.ts';
import { hasMark, bashMarks } from '../../shell/analysis/bash-marks.ts';
import { lineAbove } from '../../lint/edits/lines.ts';
import { shAt } from '../../model/system-shell.ts';
import type { Sh } from '../../shell/dialect.ts';

export default rule({
  summary: 'Write for `/bin/sh` what `/bin/sh` runs',
  why: '`RUN` asks `/bin/sh`, which is dash on Debian and Ubuntu and busybox on Alpine, and neither is bash. Some of what only bash knows ends the step with a strange message, and some does something else without a word: `mkdir {a,b}` makes one folder with braces in its name, `echo -e` writes the `-e`, `[ a == b ]` is never true. Write it as every shell knows it, or choose bash with `SHELL`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: {
    hadolint: [
      'SC2039',
      'SC2112',
      'SC2113',
      'SC3001',
      'SC3003',
      'SC3005',
      'SC3006',
      'SC3009',
      'SC3010',
      'SC3011',
      'SC3014',
      'SC3020',
      'SC3024',
      'SC3029',
      'SC3030',
      'SC3036',
      'SC3037',
      'SC3039',
      'SC3040',
      'SC3044',
      'SC3046',
      'SC3051',
      'SC3053',
      'SC3054',
      'SC3057',
      'SC3059',
      'SC3060',
    ],
  },
  links: ['https://www.shellcheck.net/wiki/SC3010', 'https://mywiki.wooledge.org/Bashism'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -p /srv/«{data,logs}»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -p /srv/data /srv/logs
      `,
    },
    {
      bad: dockerfile`
        FROM ubuntu:24.04
        RUN «source» /etc/os-release && echo "$VERSION_ID" > /version
      `,
      good: dockerfile`
        FROM ubuntu:24.04
        RUN . /etc/os-release && echo "$VERSION_ID" > /version
      `,
    },
  ],
  check({ model, report }) {
    let signs: readonly number[] | undefined;
    for (const run of model.each('RUN')) {
      const script = model.script(run);
      if (script?.dialect !== 'sh') continue;
      const sh = shAt(model, run, programOf(model, run));
      if (sh === undefined || sh === 'bash') continue;
      signs ??= bashMarks(model.tree.text, (words) => model.mayHave(words));
      if (!hasMark(signs, run.span)) continue;
      const { text } = model.tree;
      for (const one of bashisms(script, { text, signs, sh })) report(problem(model, run, one, sh));
    }
  },
});

/** A body with a first line of its own is read by what this names. */
function programOf(model: Model, run: Run): string {
  const [only] = run.heredocs;
  const named = only && /^#!\s*(\S+)/.exec(model.tree.text.slice(only.body.start, only.body.end));
  return named?.[1] ?? model.stateAt(run).shell.argv[0] ?? '';
}

function problem(model: Model, run: Run, one: Bashism, sh: Sh): Problem {
  const byShell = sh === 'dash' && run.onbuild !== true ? inBash(model, run) : undefined;
  const own: Fix | undefined = one.edits && {
    title: t('Write it for any shell'),
    edits: one.edits,
    safe: false,
  };
  const fix = own ?? byShell;
  const others = own && byShell ? [byShell] : [];
  const name = sh === 'dash' ? 'dash' : 'busybox';
  return {
    at: { span: one.span },
    message: one.silent
      ? t('`{0}` means something else to `/bin/sh`, which is {1} here', one.what, name)
      : t('`{0}` is bash: `/bin/sh` is {1} here', one.what, name),
    also: one.codes,
    ...(fix && { fix }),
    ...(others.length > 0 && { others }),
  };
}

/** Debian and Ubuntu always have bash. */
function inBash(model: Model, run: Run): Fix {
  const text = 'SHELL ["/bin/bash", "-c"]';
  const edits = [lineAbove(model, run, text)];
  return { title: t('Add {0}', text), edits, safe: false };
}
