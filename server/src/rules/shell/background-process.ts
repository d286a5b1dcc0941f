/** Our own: what a RUN leaves in the background is no part of the image. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Start programs with CMD, not in the background of a step',
  why: 'Only files are kept of a `RUN`. A program that it leaves running behind `&` is ended with the step; it does not run in the next one, nor in the container.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/engine/containers/multi-service_container/'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM redis:8.2-alpine
        RUN redis-server --daemonize no «&»
        COPY settings.json /
      `,
      good: dockerfile`
        FROM redis:8.2-alpine
        COPY settings.json /
        CMD ["redis-server", "--daemonize", "no"]
      `,
    },
  ],
  check({ model, report }) {
    for (const run of model.each('RUN')) {
      const script = model.script(run);
      const last = script?.separators[script.statements.length - 1];
      if (last?.text !== '&') continue;
      report({ at: last, message: t('What runs in the background ends with this step') });
    }
  },
});
