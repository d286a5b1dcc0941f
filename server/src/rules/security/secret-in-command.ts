/** Passwords in the arguments of a command. No equivalent in hadolint, BuildKit or tally. */
import { rule, type Problem } from '../../lint/rule.ts';
import { curl, curlLike } from '../../programs/curl.ts';
import { invoke, partOfWord } from '../../programs/program.ts';
import { wget, wgetLike } from '../../programs/wget.ts';
import type { CommandAt } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { npmLike } from '../../programs/npm.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { yarnLike } from '../../programs/yarn.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const urlWithPassword = /https?:\/\/[^\s/:@$'"]+:[^\s/@$'"<>]+@[\w.-]+/;
/** Matches every file with such a URL, even if the URL is quoted or continued on another line. */
const urlWithUser = /:\/\/(?:[^\s/@]|\\\r?\n)+@/;
const localAddress = /\/\/(?:[^/@]*@)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])/;
/** `-u` among the options of a word, `--user` and `--proxy-user`; or a quoted or escaped part of an option, which may be one of them. */
const userOption = /(?:^|[\s"'\\`])-(?:[\w#:]*[uU]|-(?:proxy-)?user|[\w#:-]*["'\\`])/;
const logins = ['docker', 'podman', 'buildah', 'skopeo', 'helm', 'oras', 'crane', 'az'];
const settings: readonly string[] = [...npmLike, ...pnpmLike, ...yarnLike, 'aws'];

export default rule({
  summary: 'Do not put passwords in `RUN` commands; use secret mounts',
  why: 'The text of every `RUN` is stored in the image history. Tools such as git and npm also save the URL or token in their configuration files. `RUN --mount=type=secret` provides the password to one step only. Variables and local addresses are not reported.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  // Nearly every file has an address, and many run curl, so each way to give a password has a condition of its own.
  on: [
    { instructions: ['RUN'], signs: [urlWithUser] },
    { commands: curlLike, signs: [userOption] },
    {
      commands: [...wgetLike, 'sshpass', ...logins, ...settings],
      // Parts of the names of their options and settings.
      words: ['password', 'sshpass', 'login', '_auth', 'authtoken', 'aws_s'],
    },
  ],
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN curl -fsSL -u «ci:s3cr3t-42» -o /opt/app.jar https://repo.example.org/app.jar
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN --mount=type=secret,id=netrc,target=/root/.netrc \
            curl -fsSL --netrc -o /opt/app.jar https://repo.example.org/app.jar
      `,
    },
  ],
  check({ model, report }) {
    if (urlWithUser.test(model.source.text)) {
      for (const { command } of model.commands()) {
        const word = command.args.find(
          ({ text }) =>
            text.includes('@') && urlWithPassword.test(text) && !localAddress.test(text),
        ); // prettier-ignore;
        if (word) report(problemAt(word));
      }
    }
    for (const at of model.commands(...downloaders, 'sshpass', ...logins, ...settings)) {
      const word = literalPassword(at);
      if (word) report(problemAt(word));
    }
  },
});

function problemAt(at: ShellWord): Problem {
  return { at, message: t('This password is stored in the image history') };
}

/** The argument that contains a literal password. */
function literalPassword({ command }: CommandAt): ShellWord | undefined {
  const found = passwordArgument(command);
  return found && command.args.some(({ text }) => localAddress.test(text)) ? undefined : found;
}

function passwordArgument(command: Command): ShellWord | undefined {
  const { args } = command;
  const name = command.name?.text ?? '';
  const byCurl = invoke(command, curl)?.value('-u', '--user', '-U', '--proxy-user');
  if (byCurl) return isLiteral(byCurl) && /^(?!anonymous:)[^:]+:.+/.test(byCurl.text) ? byCurl : undefined; // prettier-ignore
  const byWget = invoke(command, wget)?.value('--password', '--http-password', '--ftp-password');
  if (byWget) return isLiteral(byWget) ? byWget : undefined;
  if (name === 'sshpass') return optionValue(args, ['-p']);
  if (logins.includes(name) && args.some(({ text }) => text === 'login'))
    return optionValue(args, ['-p', '--password']);
  return settings.includes(name) ? settingValue(args) : undefined;
}

function optionValue(
  args: readonly ShellWord[],
  options: readonly string[],
): ShellWord | undefined {
  for (const [i, word] of args.entries()) {
    const option = options.find((one) => word.text === one || word.text.startsWith(`${one}=`));
    if (option === undefined) continue;
    const value = word.text === option ? args[i + 1] : partOfWord(word, option.length + 1);
    return value && isLiteral(value) ? value : undefined;
  }
  return undefined;
}

/** `npm config set //registry.npmjs.org/:_authToken x`, `aws configure set aws_secret_access_key x`. */
function settingValue(args: readonly ShellWord[]): ShellWord | undefined {
  const at = args.findIndex(({ text }) => /_auth(?:Token)?\b|:_password\b|^npmAuthToken$|^aws_secret_access_key$|^aws_session_token$/.test(text)); // prettier-ignore
  const word = args[at];
  if (word === undefined) return undefined;
  const value = word.text.includes('=') ? word : args[at + 1];
  return value && isLiteral(value) ? value : undefined;
}

function isLiteral({ variables, scripts, text }: ShellWord): boolean {
  return variables.length === 0 && scripts.length === 0 && !/[<>$]|^-?$/.test(text);
}
