/** What a test needs on the engine: images and containers of its own, gone when it ends. */

import Docker from 'dockerode';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { pack } from 'tar-stream';
import { patience } from './patience.ts';

/** Marks everything that these tests made. */
const label = 'drydock.test';

/** The objects that one file of tests makes, under names that nothing else has. */
export class Objects {
  readonly docker: Docker;
  /** Ends every name, so that nothing else has it. */
  readonly #mark = process.pid.toString(36);
  readonly #images = new Set<string>();

  constructor(socketPath?: string) {
    this.docker = socketPath === undefined ? new Docker() : new Docker({ socketPath });
  }

  /** The engine's own socket; without DOCKER_HOST the library looks for it when it is first asked. */
  async socket(): Promise<string> {
    const { socketPath } = this.docker.modem as {
      readonly socketPath?: string | (() => Promise<string>);
    };
    const found = typeof socketPath === 'function' ? await socketPath() : socketPath;
    if (found === undefined) throw new Error('These tests need an engine behind a socket.');
    return found;
  }

  /** Makes an image of Debian's static busybox, with all its applets; no registry is needed. */
  async image(name: string): Promise<string> {
    const image = this.imageName(name);
    const [repo, tag] = image.split(':');
    const archive = pack();
    const busybox = await readFile('/bin/busybox');
    const { stdout } = await promisify(execFile)('/bin/busybox', ['--list']);
    archive.entry({ name: 'bin/busybox', mode: 0o755 }, busybox);
    for (const applet of stdout.split('\n').filter((name) => name && name !== 'busybox')) {
      archive.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' });
    }
    archive.entry({ name: 'tmp', type: 'directory', mode: 0o1777 });
    archive.finalize();
    const answer = await this.docker.importImage(archive as unknown as NodeJS.ReadableStream, {
      repo,
      tag,
      changes: ['ENV PATH=/bin', 'CMD ["sh"]'],
    });
    await finished(answer.resume());
    return image;
  }

  /** A name for an image that something else makes; it is removed at the end. */
  imageName(name: string): string {
    const image = `${name}-${this.#mark}:dev`;
    this.#images.add(image);
    return image;
  }

  /** Starts a container that counts seconds in its log and ends at once when asked to. */
  async container(name: string, image: string): Promise<string> {
    const full = `${name}-${this.#mark}`;
    const script = 'trap "exit 0" TERM; echo "$HOSTNAME is ready"; while :; do sleep 1; done';
    const container = await this.docker.createContainer({
      name: full,
      Image: image,
      Cmd: ['sh', '-c', script],
      Labels: { [label]: this.#mark },
      Hostname: name,
    });
    await container.start();
    return full;
  }

  /** Removes everything; what a test removed itself, or is on its way out, is no trouble. */
  async remove(): Promise<void> {
    const deadline = performance.now() + patience;
    for (let left = await this.#containers(); left.length > 0; left = await this.#containers()) {
      if (performance.now() > deadline) throw new Error(`Containers stay: ${left.join(', ')}`);
      for (const id of left)
        await this.docker.getContainer(id).remove({ force: true, v: true }).catch(unless(404, 409));
    }
    for (const image of this.#images)
      await this.docker.getImage(image).remove({ force: true }).catch(unless(404));
  }

  async #containers(): Promise<readonly string[]> {
    const all = await this.docker.listContainers({ all: true });
    const ours = all.filter(
      ({ Labels, Image }) => Labels[label] === this.#mark || this.#images.has(Image),
    );
    return ours.map(({ Id }) => Id);
  }
}

/** What an engine answers with one of these codes is no trouble. */
function unless(...codes: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  };
}
