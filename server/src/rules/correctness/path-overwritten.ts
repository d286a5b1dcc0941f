/** Our own. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { rootStage } from '../../model/lineage.ts';

export default rule({
  summary: 'Add to PATH instead of replacing it',
  why: 'A `PATH` without `$PATH` in its value forgets the folders of the base image. Shells and programs are no longer found, and neither is what the image was chosen for.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { instructions: ['ENV'] },
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
        // One that has the folders of the system is written out in full.
        if (value.text === '' || /(?:^|:)(?:\/usr)?\/bin\/?(?:$|:)|[\\;%$]/.test(value.text))
          continue;
        const stage = model.stageOf(env);
        if (stage === undefined || rootStage(stage).image === 'scratch') continue;
        report({
          at: value,
          message: t('This forgets the folders that `PATH` had'),
          fix: {
            title: t('Add {0}', ':$PATH'),
            edits: [insert(value.span.end - (value.quote === undefined ? 0 : 1), ':$PATH')],
            safe: false,
          },
        });
      }
    }
  },
});
