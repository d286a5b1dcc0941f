/** The builds of this window, as commands use them; the implementation is loaded with the first build. */
import type { BuildRecord, BuildRequest } from '../../../contract/build.ts';

export interface BuildStart {
  readonly request: BuildRequest;
  /** What is built: the first tag, or the name of the Dockerfile. */
  readonly title: string;
  /** The same build as a command, without secrets. */
  readonly line?: string;
  /** Repeats the build with everything that belongs to it, such as files of the result; absent: the request alone. */
  readonly again?: () => Promise<unknown>;
  /** Another command continues with the image, so no message offers what to do with it. */
  readonly quiet?: true;
}

export interface BuildResult {
  readonly imageId?: string;
  readonly milliseconds: number;
}

/** A Dockerfile that is open in an editor. */
export interface OpenDockerfile {
  readonly path: string;
  /** As it is in the editor. */
  readonly text: string;
}

export interface Builds {
  /**
   * Builds, and shows the build in a page. Resolves when it has ended; to undefined if no image was created and the page
   * or a message says why. Rejects with EngineError if the engine cannot be reached or requires something of the user.
   */
  run(start: BuildStart): Promise<BuildResult | undefined>;
  /** Shows the page of a build: of this Dockerfile, or of one that the user picks. */
  show(dockerfile?: string): Promise<void>;
  /** Cancels a running build: the only one, or one that the user picks. */
  cancel(dockerfile?: string): Promise<void>;
  /** Repeats the last build of this Dockerfile in this window; resolves to false if there was none. */
  again(dockerfile: string): Promise<boolean>;
  /**
   * Shows the result of a build that another program has run in the text of its Dockerfile, and keeps it for its page.
   * Resolves to false if it was a build of this window, or if this window has built the Dockerfile later.
   */
  addElsewhere(record: BuildRecord, dockerfile: OpenDockerfile): Promise<boolean>;
}
