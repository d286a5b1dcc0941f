/** Our own: passwords as words of a command. */
import { rule } from '../../lint/rule.ts';
import { curl } from '../../programs/curl.ts';
import { invoke, part } from '../../programs/program.ts';
import { wget } from '../../programs/wget.ts';
import type { CommandAt } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { npmLike } from '../../programs/npm.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { yarnLike } from '../../programs/yarn.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { anyOf } from '../../text/fingerprint.ts';
import { t } from '../../text/translated.ts';

const inAddress = /https?:\/\/[^\s/:@$'"]+:[^\s/@$'"<>]+@[\w.-]+/;
/** What the text of a file has around such an address, whatever is quoted or continued. */
const near = /:\/\/(?:[^\s/@]|\\\r?\n)+@/;
const local = /\/\/(?:[^/@]*@)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])/;
/** Something of what the options and settings below are called. */
const some = anyOf('curl', 'password', 'sshpass', 'login', '_auth', 'authtoken', 'aws_s');
const address = anyOf('http://', 'https://');
const logins = ['docker', 'podman', 'buildah', 'skopeo', 'helm', 'oras', 'crane', 'az'];
const settings: readonly string[] = [...npmLike, ...pnpmLike, ...yarnLike, 'aws'];

export default rule({
  summary: 'Hand passwords to commands as secret mounts',
  why: 'The text of each `RUN` is in the history of the image, and git, npm and their kin write the address or token that they are given into their settings too. `RUN --mount=type=secret` gives it to one step alone.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: {
    instructions: ['RUN'],
    words: ['http', 'password', 'curl', 'sshpass', 'login', '_auth', 'authtoken', 'aws_s'],
  },
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
    const message = t('This password is in the history of the image');
    if (model.mayHave(address) && near.test(model.tree.text)) {
      for (const { command } of model.commands()) {
        const word = command.args.find(
          ({ text }) => text.includes('@') && inAddress.test(text) && !local.test(text),
        ); // prettier-ignore;
        if (word) report({ at: word, message });
      }
    }
    if (!model.mayHave(some)) return;
    for (const at of model.commands(...downloaders, 'sshpass', ...logins, ...settings)) {
      const word = given(at);
      if (word) report({ at: word, message });
    }
  },
});

/** The word with a literal password in it. */
function given({ command }: CommandAt): ShellWord | undefined {
  const found = passwordIn(command);
  return found && command.args.some(({ text }) => local.test(text)) ? undefined : found;
}

function passwordIn(command: Command): ShellWord | undefined {
  const { args, name } = command;
  const byCurl = invoke(command, curl)?.value('-u', '--user', '-U', '--proxy-user');
  if (byCurl) return isLiteral(byCurl) && /^(?!anonymous:)[^:]+:.+/.test(byCurl.text) ? byCurl : undefined; // prettier-ignore
  const byWget = invoke(command, wget)?.value('--password', '--http-password', '--ftp-password');
  if (byWget) return isLiteral(byWget) ? byWget : undefined;
  if (name?.text === 'sshpass') return attached(args, ['-p']);
  if (logins.includes(name?.text ?? '') && args.some(({ text }) => text === 'login'))
    return attached(args, ['-p', '--password']);
  return settings.includes(name?.text ?? '') ? setting(args) : undefined;
}

function attached(args: readonly ShellWord[], options: readonly string[]): ShellWord | undefined {
  for (const [i, word] of args.entries()) {
    const option = options.find((one) => word.text === one || word.text.startsWith(`${one}=`));
    if (option === undefined) continue;
    const value = word.text === option ? args[i + 1] : part(word, option.length + 1);
    return value && isLiteral(value) ? value : undefined;
  }
  return undefined;
}

/** `npm config set //registry.npmjs.org/:_authToken x`, `aws configure set aws_secret_access_key x`. */
function setting(args: readonly ShellWord[]): ShellWord | undefined {
  const at = args.findIndex(({ text }) => /_auth(?:Token)?\b|:_password\b|^npmAuthToken$|^aws_secret_access_key$|^aws_session_token$/.test(text)); // prettier-ignore
  const word = args[at];
  if (word === undefined) return undefined;
  const value = word.text.includes('=') ? word : args[at + 1];
  return value && isLiteral(value) ? value : undefined;
}

function isLiteral({ variables, scripts, text }: ShellWord): boolean {
  return variables.length === 0 && scripts.length === 0 && !/[<>$]|^-?$/.test(text);
}
