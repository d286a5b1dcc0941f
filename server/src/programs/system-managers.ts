/** The package managers of Linux distributions. */
import { apkLike } from './apk.ts';
import { aptLike } from './apt.ts';
import { dnfLike } from './dnf.ts';
import { pacmanLike } from './pacman.ts';
import { zypperLike } from './zypper.ts';

export const systemManagers = [
  ...aptLike,
  ...apkLike,
  ...dnfLike,
  ...zypperLike,
  ...pacmanLike,
] as const;
