/** Not in other linters. */
import { rule } from '../../lint/rule.ts';
import { invoke } from '../../programs/program.ts';
import { pacman, pacmanCleans, pacmanDownloads, pacmanLike } from '../../programs/pacman.ts';
import { dockerfile } from '../../text/dedent.ts';
import { reportLeftCaches, type Cache } from '../../lint/checks/left-caches.ts';

const cache: Cache = {
  title: 'pacman',
  names: pacmanLike,
  fills: ({ command }) => {
    const call = invoke(command, pacman);
    return call !== undefined && pacmanDownloads(call);
  },
  clears: ({ command }) => {
    const call = invoke(command, pacman);
    return call !== undefined && pacmanCleans(call);
  },
  folders: ['/var/cache/pacman', '/var/cache/pacman/pkg'],
  removed: /\/var\/cache(?:\/pacman.*|\/?\*)?$/,
  clear: 'rm -rf /var/cache/pacman/pkg/*',
};

export default rule({
  summary: 'Remove the pacman cache in the same `RUN` as `pacman -S`',
  why: 'pacman stores every downloaded package in `/var/cache/pacman/pkg`. `rm -rf /var/cache/pacman/pkg/*` in the same `RUN` keeps them out of the layer; in a later `RUN` it does not make the image smaller. `pacman -Scc --noconfirm` does not remove them, because its default answer is "no".',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://wiki.archlinux.org/title/Pacman#Cleaning_the_package_cache'],
  on: { commands: cache.names },
  examples: [
    {
      bad: dockerfile`
        FROM archlinux:base-20260816.0.1
        RUN «pacman -Syu --noconfirm git»
      `,
      good: dockerfile`
        FROM archlinux:base-20260816.0.1
        RUN pacman -Syu --noconfirm git && rm -rf /var/cache/pacman/pkg/*
      `,
    },
  ],
  check({ model, report }) {
    reportLeftCaches(model, cache, report);
  },
});
