/** tally/gpu/no-buildtime-gpu-queries. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { pythonLike } from '../../programs/python.ts';
import { uvLike } from '../../programs/pip.ts';
import { condaLike } from '../../programs/conda.ts';
import { nameOf } from '../../shell/commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const tools = ['nvidia-smi', 'nvidia-debugdump', 'nvidia-settings'];
const pythons = [...pythonLike, ...uvLike, 'poetry', ...condaLike];
const gpuQuery =
  /\btorch\.cuda\.(?:is_available|device_count|current_device|get_device_\w+)\s*\(|\btf\.(?:test\.is_gpu_available|config\.(?:experimental\.)?list_physical_devices)\s*\(/;

const hints = /nvidia-|torch\.cuda|tf\./;

export default rule({
  summary: 'Do not query the GPU during the build',
  why: 'Neither a GPU nor its driver is available during a build: `nvidia-smi` does not exist, and `torch.cuda.is_available()` returns `False`. The step fails, or a wrong answer is stored in the image. Query the GPU in the entrypoint or in a health check. Commands whose failure is handled, for example with `||`, are not reported.',
  severity: 'warning',
  since: '0.1.0',
  formerly: ['gpu-asked-in-build'],
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
    if (!hints.test(model.tree.text)) return;
    for (const at of model.commands(...tools)) {
      if (!handlesFailure(at))
        report({
          at: at.command,
          message: t('`{0}` cannot find a GPU during the build', nameOf(at.command) ?? ''),
        });
    }
    if (!gpuQuery.test(model.tree.text)) return;
    for (const at of model.commands(...pythons)) {
      const { args, redirects } = at.command;
      const bodies = redirects.flatMap(({ body }) => body ?? []);
      const word = [...args, ...bodies].find(({ text }) => gpuQuery.test(text));
      if (word && at.via === 'direct')
        report({
          at: word,
          message: t('This queries the GPU, which is not available during the build'),
        });
    }
  },
});

/** Whether a failure of the command is handled: in a condition, or with `||`. */
function handlesFailure({ ancestors }: CommandAt): boolean {
  return ancestors.some(
    (one) =>
      (one.kind === 'block' && /^(?:if|while|until|function)$/.test(one.opener)) ||
      (one.kind === 'chain' && one.operators.some(({ text }) => text === '||')),
  );
}
