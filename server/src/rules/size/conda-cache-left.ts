/** Our own; what every image of conda's makers does. */
import { rule } from '../../lint/rule.ts';
import { conda } from '../../programs/conda.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { leftCaches, type Cache } from '../../lint/checks/left-caches.ts';

const names = ['conda', 'mamba', 'micromamba'];

const cacheOf = (name: string): Cache => ({
  title: name,
  names,
  fills: ({ command }) => {
    const call = invoke(command, conda);
    const verb = call?.subcommand?.text ?? '';
    const isEnvironment = verb === 'env' && /^(?:create|update)$/.test(call?.operands[0]?.text ?? ''); // prettier-ignore
    return isEnvironment || /^(?:install|create|update|upgrade)$/.test(verb);
  },
  clears: ({ command }) => invoke(command, conda)?.subcommand?.text === 'clean',
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
  on: { commands: ['conda', 'mamba', 'micromamba'] },
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
    const [first] = model.commands(...names);
    if (first) leftCaches(model, cacheOf(first.command.name?.text ?? 'conda'), report);
  },
});
