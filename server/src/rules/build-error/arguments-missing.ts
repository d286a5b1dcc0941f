/** BuildKit instructions/errors_unix.go and parse.go: "requires at least one argument" and similar errors. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles, type TroubleFor } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Give each instruction its required arguments',
  why: 'The build fails if an instruction has too few arguments, for example with `EXPOSE requires at least one argument` or `COPY requires at least two arguments, but only one was provided`. Empty names of variables, labels, images and volumes are reported as well.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «app»
        «EXPOSE»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /app
        EXPOSE 8080
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'arguments-missing')) {
      report({ at: trouble, message: messageOf(trouble) });
    }
  },
});

function messageOf({ code, values }: TroubleFor<'arguments-missing'>): string {
  switch (code) {
    case 'no-arguments':
      return t('`{0}` requires at least one argument', ...values);
    case 'no-argument':
      return t('`{0}` requires exactly one argument', ...values);
    case 'no-target':
      return t('`{0}` requires a source and a destination', ...values);
    case 'missing-value':
      return t('`{0} {1}` has no value', ...values);
    case 'empty-name':
      return t('`{0}` requires a name before `=`', ...values);
    case 'empty-image':
      return t('The image name in `FROM` is empty');
    case 'empty-volume':
      return t('The `VOLUME` path is empty');
  }
}
