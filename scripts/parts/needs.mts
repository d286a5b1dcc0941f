/** Prerequisites of the parts of the tests; each is prepared once. */

import path from 'node:path';
import { webVSCode } from '../../test/web/install.mts';
import type { Cleanup } from '../setup/cleanup.mts';
import { installByHand, installPackages, missingPackages, type Package } from '../setup/debian.mts';
import { engineAddress, engineVersion, startDaemon } from '../setup/engine.mts';
import { fetchEngine, Unavailable } from '../setup/newer-engine.mts';
import { say } from '../setup/run.mts';
import { build, packVsix } from '../setup/vsix.mts';

export type Need =
  'shellcheck' | 'build' | 'vsix' | 'vscode' | 'browser' | 'engine' | 'newer engine';

/** The result: `missing` says what is not available on this machine, `broken` what failed unexpectedly. */
export type Finding = { readonly missing: string } | { readonly broken: string } | undefined;

/** The temporary directory and the cleanup of a test run. */
export interface Site {
  /** A temporary directory, removed at the end. */
  readonly folder: string;
  readonly cleanup: Cleanup;
}

/** The path of the VSIX, for the tests that install it. */
export const vsixFile = ({ folder }: Site): string => path.join(folder, 'drydock.vsix');

/** Prepares the prerequisites, in parallel if they do not depend on each other. */
export async function prepare(
  needs: ReadonlySet<Need>,
  site: Site,
): Promise<ReadonlyMap<Need, Finding>> {
  const packages = await packagesFor(needs);
  const installed = installPackages([...packages.values()].flat());
  const built = needs.has('build') || needs.has('vsix') ? attempt(builtAll) : undefined;
  const steps: Record<Need, () => Promise<Finding>> = {
    build: async () => built,
    vsix: async () => (await built) ?? attempt(() => packed(site)),
    vscode: () => attempt(installedVSCode),
    browser: () => Promise.resolve(undefined),
    shellcheck: () => Promise.resolve(undefined),
    engine: () => attempt(() => startedEngine(site.cleanup)),
    'newer engine': () => attempt(fetchedEngine),
  };
  const findings = await Promise.all(
    [...needs].map(async (need) => {
      await (packages.has(need) ? installed : undefined);
      const missing = await missingPackages(packages.get(need) ?? []);
      const finding =
        missing.length > 0 ? { missing: installByHand(missing) } : await steps[need]();
      return [need, finding] as const;
    }),
  );
  await installed;
  return new Map(findings);
}

async function packagesFor(
  needs: ReadonlySet<Need>,
): Promise<ReadonlyMap<Need, readonly Package[]>> {
  const packages = new Map<Need, readonly Package[]>();
  if (needs.has('browser') && !process.env.CHROMIUM) {
    packages.set('browser', ['chromium', 'fonts-dejavu-core', 'fonts-wqy-microhei']);
  }
  if (needs.has('shellcheck')) packages.set('shellcheck', ['shellcheck']);
  if (needs.has('engine')) {
    const address = engineAddress();
    const answers = address !== undefined && (await engineVersion(address)) !== undefined;
    packages.set('engine', [
      'busybox-static',
      'docker-registry',
      'dropbear-bin',
      'apache2-utils',
      ...(answers ? [] : (['docker.io', 'iptables'] as const)),
    ]);
  }
  return packages;
}

/** Runs a step; an error that it throws becomes `broken`. */
async function attempt(step: () => Promise<Finding>): Promise<Finding> {
  try {
    return await step();
  } catch (error) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }
}

async function builtAll(): Promise<Finding> {
  await build();
  return undefined;
}

async function packed(site: Site): Promise<Finding> {
  await packVsix(vsixFile(site));
  return undefined;
}

async function installedVSCode(): Promise<Finding> {
  if (process.platform !== 'linux') {
    return { missing: 'these tests support VS Code in the browser on Linux only' };
  }
  await webVSCode(say);
  return undefined;
}

/** Two parts of the tests use it at the same time, and one of them without access to the network. */
async function fetchedEngine(): Promise<Finding> {
  try {
    await fetchEngine();
    return undefined;
  } catch (error) {
    if (error instanceof Unavailable) return { missing: error.message };
    throw error;
  }
}

/** Starts an engine at DOCKER_HOST, unless one is running there. */
async function startedEngine(cleanup: Cleanup): Promise<Finding> {
  const address = engineAddress();
  if (address !== undefined && (await engineVersion(address)) !== undefined) return undefined;
  if (address === undefined || !('socketPath' in address)) {
    return { missing: `no Docker engine at ${process.env.DOCKER_HOST}` };
  }
  if (process.getuid?.() !== 0)
    return { missing: 'no Docker engine is running, and only root can start one' };
  say(`dockerd on ${address.socketPath}`);
  const daemon = await startDaemon({ socket: address.socketPath });
  cleanup.add(() => daemon.stop());
  return undefined;
}
