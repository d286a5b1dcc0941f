/** tally/gpu/no-buildtime-gpu-queries. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { pythonLike } from '../../programs/python.ts';
import { uvLike } from '../../programs/pip.ts';
import { condaLike } from '../../programs/conda.ts';
import { nameOf } from '../../shell/commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

const tools = ['nvidia-smi', 'nvidia-debugdump', 'nvidia-settings'];
const pythons = [...pythonLike, ...uvLike, 'poetry', ...condaLike];
const asks =
  /\btorch\.cuda\.(?:is_available|device_count|current_device|get_device_\w+)\s*\(|\btf\.(?:test\.is_gpu_available|config\.(?:experimental\.)?list_physical_devices)\s*\(/;

const some = /nvidia-|torch\.cuda|tf\./;

export default rule({
  summary: 'Ask for the GPU when the container runs',
  why: 'A build sees neither GPU nor driver: `nvidia-smi` is not there, and `torch.cuda.is_available()` says no, so the step fails or settles the wrong answer for good. Ask in the entry point, or in a health check.',
  severity: 'warning',
  since: '0.1.0',
  also: { tally: ['tally/gpu/no-buildtime-gpu-queries'] },
  links: [
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
  ],
  on: {
    commands: [...tools, ...pythons],
  },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        RUN «nvidia-smi»
        CMD ["/usr/local/bin/server"]
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        CMD ["sh", "-c", "nvidia-smi && exec /usr/local/bin/server"]
      `,
    },
  ],
  check({ model, report }) {
    if (!some.test(model.tree.text)) return;
    for (const at of model.commands(...tools)) {
      if (!copes(at))
        report({
          at: at.command,
          message: t('`{0}` finds no GPU: a build has none', nameOf(at.command) ?? ''),
        });
    }
    if (!asks.test(model.tree.text)) return;
    for (const at of model.commands(...pythons)) {
      const { args, redirects } = at.command;
      const bodies = redirects.flatMap(({ body }) => body ?? []);
      const word = [...args, ...bodies].find(({ text }) => asks.test(text));
      if (word && at.via === 'direct')
        report({ at: word, message: t('This asks for a GPU, and a build has none') });
    }
  },
});

/** Where a failure is expected: in a condition, or with `||` behind it. */
function copes({ inside }: CommandAt): boolean {
  return inside.some(
    (one) =>
      (one.kind === 'block' && /^(?:if|while|until|function)$/.test(one.opener)) ||
      (one.kind === 'chain' && one.operators.some(({ text }) => text === '||')),
  );
}
