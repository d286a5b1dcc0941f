/** Not in other linters. A background process is not part of the image. */
import { rule } from '../../lint/rule.ts';
import { background } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Start background processes with `CMD`, not with `&` in `RUN`',
  why: 'A process that is started with `&` at the end of a `RUN` is killed when the step ends; the image stores only files. It is not running in later steps or in the container. Start it with `CMD` or `ENTRYPOINT`.\n\nBackground processes that later commands of the same step use are not reported.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/engine/containers/multi-service_container/'],
  on: { parts: background },
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
      report({ at: last, message: t('The background process is killed when this step ends') });
    }
  },
});
