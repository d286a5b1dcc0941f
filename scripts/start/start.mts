/** VS Code in the browser, with the packed extension installed, on samples/, beside a Docker engine. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, webVSCode } from '../../test/web/install.mts';
import { installExtension, pageAddress, startServer } from '../../test/web/server.mts';
import { Cleanup } from '../setup/cleanup.mts';
import { engineAddress, engineVersion, startDaemon } from '../setup/engine.mts';
import { root, say, whereIs } from '../setup/run.mts';
import { build, packVsix } from '../setup/vsix.mts';

/** Opens it and stays until VS Code's server ends or Ctrl-C comes; gives the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  if (process.platform !== 'linux') {
    console.error(
      'npm start is made for Linux; elsewhere open the folder in VS Code and press F5.',
    );
    return 1;
  }
  const port = portFrom(args);
  if (port === undefined) {
    console.error('Usage: npm start [-- --port NUMBER]');
    return 2;
  }
  const cleanup = new Cleanup();
  cleanup.onSignals();
  try {
    await open(port, cleanup);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await cleanup.run();
  }
}

/** The port asked for, 0 for any that is free; undefined when the arguments make no sense. */
function portFrom(args: readonly string[]): number | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: '0' } },
    });
    const port = Number(values.port);
    return Number.isInteger(port) && port >= 0 && port < 65536 ? port : undefined;
  } catch {
    return undefined;
  }
}

async function open(port: number, cleanup: Cleanup): Promise<void> {
  const [vscode] = await Promise.all([webVSCode(say), build()]);
  // Settings and open files outlive the run, as in any editor.
  const home = path.join(await cacheFolder(), 'start');
  const profile = { userData: path.join(home, 'data'), extensions: path.join(home, 'extensions') };

  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-start-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const vsix = path.join(folder, 'drydock.vsix');
  await packVsix(vsix);
  await installExtension(vscode, profile, vsix);
  await engineFor(cleanup);

  const server = await startServer({ vscode, ...profile, port, temporary: folder });
  cleanup.add(() => server.stop());
  const address = pageAddress(server, path.join(root, 'samples'));
  console.log(`\nDrydock is open at ${address}\n\nCtrl-C ends it.`);
  showInBrowser(address);
  await server.ended;
}

/** Finds an engine or starts one; without one, Drydock's views say what to do. */
async function engineFor(cleanup: Cleanup): Promise<void> {
  const address = engineAddress();
  const version = address && (await engineVersion(address));
  if (version !== undefined) {
    say(`Docker engine ${version}`);
  } else if (address && 'socketPath' in address && process.getuid?.() === 0 && whereIs('dockerd')) {
    say(`dockerd on ${address.socketPath}, until Ctrl-C`);
    const daemon = await startDaemon({ socket: address.socketPath });
    cleanup.add(() => daemon.stop());
  } else {
    say('No Docker engine answers, and none can be started here.');
  }
}

function showInBrowser(address: string): void {
  const opener = whereIs('xdg-open');
  if (opener === undefined || !(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)) return;
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  // The address is on screen: a person can open it by hand.
  child.once('error', () => undefined);
  child.unref();
}
