/** Our own: `ENV PATH=/opt/bin` removes the directories of the base image. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootStage } from '../../model/lineage.ts';

export default rule({
  summary: 'Include `$PATH` when setting `PATH`',
  why: 'A `PATH` without `$PATH` in its value removes the directories of the base image. Shells, and the programs of the base image, are then no longer found. A value that lists `/bin` or `/usr/bin` is not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { instructions: ['ENV'], signs: ['PATH'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        ENV PATH=«/opt/tool/bin»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        ENV PATH=/opt/tool/bin:$PATH
      `,
    },
  ],
  check({ model, report }) {
    for (const env of model.each('ENV')) {
      for (const { key, value } of env.pairs) {
        if (key.text !== 'PATH' || value === undefined || value.variables.length > 0) continue;
        // A value that lists the system directories is a complete PATH.
        if (value.text === '' || /(?:^|:)(?:\/usr)?\/bin\/?(?:$|:)|[\\;%$]/.test(value.text))
          continue;
        const stage = model.stageOf(env);
        if (stage === undefined || rootStage(stage).image === 'scratch') continue;
        report({
          at: value,
          message: t('This removes the directories of the base image from `PATH`'),
          fix: {
            title: t('Add `{0}`', ':$PATH'),
            edits: [insert(value.span.end - (value.quote === undefined ? 0 : 1), ':$PATH')],
            safe: false,
          },
        });
      }
    }
  },
});
