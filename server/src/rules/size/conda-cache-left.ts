/** Not in other linters. Images of the conda project clean the cache in the same way. */
import { rule } from '../../lint/rule.ts';
import { conda, condaLike } from '../../programs/conda.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { reportLeftCaches, type Cache } from '../../lint/checks/left-caches.ts';

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
  summary: 'Run `conda clean` in the same `RUN` as `conda install`',
  why: 'In addition to the environment, conda keeps the archive and the extracted files of every package, often more than a gigabyte. `conda clean -afy` in the same `RUN` keeps them out of the layer; in a later `RUN` it does not make the image smaller.',
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
    if (first) reportLeftCaches(model, cacheOf(first.command.name?.text ?? 'conda'), report);
  },
});
