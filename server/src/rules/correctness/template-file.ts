/** Our own: no rule applies to templates, and this is the only finding. */
import { rule } from '../../lint/rule.ts';
import { templateMark } from '../../lint/template.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Check the Dockerfile that a template generates',
  why: 'A file with marks such as `{{ … }}`, `<% … %>` or `@@NAME@@` is the template of a Dockerfile. Its marks are not Dockerfile syntax, so findings would describe the template instead of the result, and no other rule is applied. Check the generated file.\n\nTurn this rule off to apply the other rules to templates.',
  severity: 'info',
  since: '0.1.0',
  examples: [
    {
      bad: dockerfile`
        FROM debian:«{{ .Suite }}»
        {{ if .Tool }}
        COPY tool /usr/local/bin/
        {{ end }}
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie
        COPY tool /usr/local/bin/
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    const mark = templateMark(model.tree);
    if (mark === undefined) return;
    report({
      at: mark,
      message: t('This looks like a template of a Dockerfile, so it is not checked'),
    });
  },
});
