/** Opens samples/ in VS Code in the browser, with the packed extension and a Docker engine. */

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

/** Opens it and runs until VS Code's server ends or Ctrl-C is pressed; returns the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  if (process.platform !== 'linux') {
    console.error(
      'npm start supports only Linux. On other platforms, open the folder in VS Code and press F5.',
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

/** The requested port, 0 for any free port; undefined if the arguments are invalid. */
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
  // Settings and open files are kept between runs.
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
  console.log(`\nDrydock is running at ${address}\n\nPress Ctrl-C to stop it.`);
  showInBrowser(address);
  await server.ended;
}

/** Uses the running engine or starts one. Without an engine, Drydock's views show what to do. */
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
    say('No Docker engine is running, and none can be started.');
  }
}

function showInBrowser(address: string): void {
  const opener = whereIs('xdg-open');
  if (opener === undefined || !(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)) return;
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  // The address is printed and can be opened manually.
  child.once('error', () => undefined);
  child.unref();
}
