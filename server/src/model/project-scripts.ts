/** Steps that run a script of the project, whose commands are not in the Dockerfile. */
import { nameOf } from '../shell/commands.ts';
import { dialectOf } from '../shell/dialect.ts';
import type { Command } from '../shell/script.ts';
import type { CommandAt, Model } from './model.ts';

/** Commands that may install packages of the system although the Dockerfile does not name them. */
export function commandsThatMayInstall(model: Model): readonly CommandAt[] {
  return model.commands().filter(({ command }) => mayInstall(command));
}

/** Scripts that only build or configure, by the convention of their names. */
const buildScript =
  /^(?:configure|Configure|config|autogen\.sh|buildconf|gradlew|mvnw|bootstrap\.(?:sh|py)|b2|waf)$/;

/** Programs that install packages according to files that they read. */
const installers =
  /^(?:ansible.*|puppet|chef.*|cinc.*|salt-call|rosdep|mk-build-deps|gdebi|nala|apt-fast|tasksel|playwright|patchright|just|task|mise|rake)$/;
/** Scripts of base images that install packages: `install-packages`, `install_packages`, `apt-install`. */
const packageScript =
  /^(?!docker-php-)(?:(?:install|apt|pkg)[-_].*|.*[-_](?:install|packages|pkgs))$/;
/** Programs whose names look like such scripts, but which only read or configure. */
const otherPrograms =
  /^(?:apt[-_](?:get|key|mark|cache|config|file|add-repository|ftparchive|sortpkgs|extracttemplates|listchanges|rdepends)|install-info|dpkg-.*|update-.*)$/;
const runners = /^(?:npx|bunx|uvx|npm|pnpm|yarn|bun|poetry|uv|pipenv|python[\d.]*)$/;
const target = /deps|depend|require|install-|-install|setup|bootstrap|provision|system|apt/i;

function mayInstall(command: Command): boolean {
  const name = nameOf(command);
  const path = command.name?.text ?? '';
  if (name === undefined) return false;
  if (name.includes('$')) return true;
  if (/\.(?:sh|bash|ksh)$/.test(name)) return !buildScript.test(name);
  if (path.includes('/') && !/\/s?bin\/[^/]+$/.test(path)) return !buildScript.test(name);
  if (name === 'source' || name === '.') return false;
  if (installers.test(name)) return true;
  if (packageScript.test(name)) return !otherPrograms.test(name);
  if (name === 'make' || name === 'gmake')
    return command.args.some(({ text }) => target.test(text));
  if (runners.test(name)) return command.args.some(({ text }) => /^(?:playwright|patchright)$|install-deps|install_deps/.test(text)); // prettier-ignore
  return dialectOf([name]) !== undefined && runsFile(command);
}

/** Whether a shell runs a file or its input rather than the script of `-c`. */
function runsFile({ args }: Command): boolean {
  return !args.some(({ text }) => /^-[a-z]*c$|^\/c$|^-Command$/i.test(text));
}
