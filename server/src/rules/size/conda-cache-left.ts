/** Our own; what every image of conda's makers does. */
import { rule } from '../../lint/rule.ts';
import { conda, condaLike } from '../../programs/conda.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { leftCaches, type Cache } from '../../lint/checks/left-caches.ts';

const { install, upgrade, clean } = conda.verbs;

const cacheOf = (name: string): Cache => ({
  title: name,
  names: condaLike,
  fills: ({ command }) => {
    const call = invoke(command, conda);
    if (call?.subcommand?.text === 'env')
      return /^(?:create|update)$/.test(call.operands[0]?.text ?? '');
    return isVerb(call, install, upgrade);
  },
  clears: ({ command }) => isVerb(invoke(command, conda), clean),
  folders: ['/conda/pkgs', '/opt/conda/pkgs', '/miniconda3/pkgs', '/miniforge3/pkgs'],
  removed: /\/pkgs(?:\/.*)?$/,
  clear: name === 'micromamba' ? 'micromamba clean --all --yes' : `${name} clean -afy`,
});

export default rule({
  summary: 'Clear the cache of conda in the step that filled it',
  why: 'conda keeps the archive of each package and its unpacked files beside the environment: often a gigabyte or more. `conda clean -afy` in the same `RUN` keeps that out of the layer; in a later one it is too late.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://docs.conda.io/projects/conda/en/stable/commands/clean.html'],
  on: { commands: condaLike },
  examples: [
    {
      bad: dockerfile`
        FROM condaforge/miniforge3:25.3.0-3
        RUN «conda install -y numpy=2.2.6»
      `,
      good: dockerfile`
        FROM condaforge/miniforge3:25.3.0-3
        RUN conda install -y numpy=2.2.6 && conda clean -afy
      `,
    },
  ],
  check({ model, report }) {
    const [first] = model.commands(...condaLike);
    if (first) leftCaches(model, cacheOf(first.command.name?.text ?? 'conda'), report);
  },
});
