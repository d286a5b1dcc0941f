/** Images and containers for tests, which are removed at the end. */

import Docker from 'dockerode';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { pack } from 'tar-stream';
import { timeout } from './retry.ts';

/** The label of everything that these tests create. */
const label = 'drydock.test';

/** The objects that a test file creates, with unique names. */
export class EngineObjects {
  readonly docker: Docker;
  /** The suffix that makes names unique. */
  readonly #mark = process.pid.toString(36);
  readonly #images = new Set<string>();

  constructor(socketPath?: string) {
    this.docker = socketPath === undefined ? new Docker() : new Docker({ socketPath });
  }

  /** The socket of the engine; without DOCKER_HOST, the library searches it at the first request. */
  async socket(): Promise<string> {
    const { socketPath } = this.docker.modem as {
      readonly socketPath?: string | (() => Promise<string>);
    };
    const found = typeof socketPath === 'function' ? await socketPath() : socketPath;
    if (found === undefined) throw new Error('These tests require an engine on a socket.');
    return found;
  }

  /** Imports an image of Debian's static busybox with all its applets; no registry is needed. */
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

  /** The name for an image that a test builds; the image is removed at the end. */
  imageName(name: string): string {
    const image = `${name}-${this.#mark}:dev`;
    this.#images.add(image);
    return image;
  }

  /** Starts a container that prints that it is ready and exits on SIGTERM. */
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

  /** Removes everything; ignores what is already removed or being removed. */
  async remove(): Promise<void> {
    const deadline = performance.now() + timeout;
    for (let left = await this.#containers(); left.length > 0; left = await this.#containers()) {
      if (performance.now() > deadline)
        throw new Error(`Containers were not removed: ${left.join(', ')}`);
      for (const id of left)
        await this.docker
          .getContainer(id)
          .remove({ force: true, v: true })
          .catch(ignoreStatus(404, 409));
    }
    for (const image of this.#images)
      await this.docker.getImage(image).remove({ force: true }).catch(ignoreStatus(404));
  }

  async #containers(): Promise<readonly string[]> {
    const all = await this.docker.listContainers({ all: true });
    const ours = all.filter(
      ({ Labels, Image }) => Labels[label] === this.#mark || this.#images.has(Image),
    );
    return ours.map(({ Id }) => Id);
  }
}

/** Ignores errors with one of these status codes. */
function ignoreStatus(...codes: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  };
}
