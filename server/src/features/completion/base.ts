/** Facts about the root image of a stage. */
import type { Stage } from '../../model/model.ts';
import { officialName } from '../../images/releases.ts';
import type { System } from '../../reference/snippets.ts';
import { rootImage } from '../../model/lineage.ts';
import { isWindowsImage } from '../../model/stage-shells.ts';

export interface Base {
  /** The name of an official image. */
  readonly name: string | undefined;
  /** The system with its package manager; undefined if unknown. */
  readonly system: System | undefined;
}

const debian = /^(?:debian|ubuntu|python|node|golang|rust|ruby|php|perl|postgres|nginx|httpd|redis|mariadb|buildpack-deps|eclipse-temurin|maven|gradle)$/; // prettier-ignore
const fedora = /^(?:fedora|almalinux|rockylinux|oraclelinux|centos|amazonlinux)$/;

export function baseOf(stage: Stage | undefined): Base {
  const image = rootImage(stage);
  if (image === undefined) return { name: undefined, system: undefined };
  const name = officialName(image);
  if (name === 'alpine' || image.tag?.includes('alpine') === true)
    return { name, system: 'alpine' };
  if (/^(?:ubi\d*\/|rockylinux\/)/.test(image.repository)) return { name, system: 'fedora' };
  if (/^(?:library\/)?archlinux(?:\/|$)/.test(image.repository)) return { name, system: 'arch' };
  if (/^(?:opensuse|suse|bci)\//.test(image.repository)) return { name, system: 'suse' };
  if (image.registry === undefined && image.repository === 'nvidia/cuda')
    return { name, system: /ubi|rocky/.test(image.tag ?? '') ? 'fedora' : 'debian' };
  if (name === undefined) return { name, system: undefined };
  return { name, system: debian.test(name) ? 'debian' : fedora.test(name) ? 'fedora' : undefined };
}

/** Whether the commands of a stage run on Windows. */
export function isWindowsStage(stage: Stage | undefined, escape: string): boolean {
  const root = rootImage(stage);
  if (root === undefined) return escape === '`';
  return (
    escape === '`' ||
    isWindowsImage(root) ||
    /ltsc20|nanoserver|windowsservercore/.test(root.tag ?? '')
  );
}

/** The package managers of each system, and programs that belong to them. */
const managers: Readonly<Record<System, readonly string[]>> = {
  alpine: ['apk'],
  debian: ['apt', 'apt-get', 'apt-key', 'apt-mark', 'apt-cache', 'aptitude', 'add-apt-repository', 'dpkg', 'locale-gen'],
  fedora: ['dnf', 'yum', 'microdnf', 'yum-config-manager', 'rpm'],
  arch: ['pacman', 'pacman-key', 'makepkg'],
  suse: ['zypper', 'rpm'],
}; // prettier-ignore

const allManagers = new Set(Object.values(managers).flat());

/** Whether a program, or a directory in a path, belongs to another system than that of the base image. */
export function isOfOtherSystem(word: string, system: System | undefined): boolean {
  if (system === undefined) return false;
  return word.split('/').some((name) => !managers[system].includes(name) && allManagers.has(name));
}
