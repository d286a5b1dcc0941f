/** Not in other linters. Images of the conda project clean the cache in the same way. */
import { rule } from '../../lint/rule.ts';
import { conda } from '../../programs/conda.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { leftCaches, type Cache } from '../left-cache.ts';

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
  summary: 'Run `conda clean` in the same `RUN` as `conda install`',
  why: 'In addition to the environment, conda keeps the archive and the extracted files of every package, often more than a gigabyte. `conda clean -afy` in the same `RUN` keeps them out of the layer; in a later `RUN` it does not make the image smaller.',
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
