/** Rules of tally that there is no rule for, and why; each is either here or claimed by a rule's `also`. */
export const declined: Readonly<Record<string, string>> = {
  'tally/consistent-indentation': 'The formatter does it.',
  'tally/eol-last': 'The formatter does it.',
  'tally/no-multi-spaces': 'The formatter does it.',
  'tally/no-multiple-empty-lines': 'The formatter does it.',
  'tally/no-trailing-spaces': 'The formatter does it.',
  'tally/newline-between-instructions':
    'The formatter leaves empty lines to the author, who groups steps by meaning.',
  'tally/newline-per-chained-call':
    'Where a chain is broken is for the author to say, and the formatter indents it.',
  'tally/prefer-formatted-heredocs':
    'What stands in a heredoc is a file of another language, for which editors have formatters.',
  'tally/epilogue-order':
    'Docker reads these instructions in any order, and those that need one have rules of their own.',
  'tally/labels/prefer-stable-order':
    'The order of labels means nothing, and the author may group them.',
  'tally/labels/no-buildx-git-overlap':
    'Whether the build sets these labels is said by an environment variable outside the file.',
  'tally/powershell/prefer-shell-instruction':
    'A step that names its shell itself says the same, and may want another one than the rest.',
  'tally/prefer-curl-config':
    'A file of settings for curl would hold for the container too, and `--retry` says it where it is needed.',
  'tally/prefer-wget-config':
    'A file of settings for wget would hold for the container too, and wget tries again by itself.',
  'tally/prefer-run-heredoc':
    'A chain of `&&` stops at the first failure, and a heredoc does so only with `set -e`: neither is better.',
  'tally/gpu/prefer-uv-over-conda':
    'Which package manager a project uses is no fault, and conda has packages that uv can not get.',
  'tally/js/node-gyp-cache-mounts':
    'The headers of Node.js that node-gyp fetches weigh little, and the cache of npm counts for more.',
  'tally/php/enable-opcache-in-production':
    'Whether it is worth it hangs on how PHP is run, and its settings come in with files that are copied.',
  'tally/prefer-vex-attestation':
    'Statements on vulnerabilities are copied into few images, and how they are published is for those who read them.',
  'tally/require-secret-mounts':
    'A list of commands that need a secret is a policy of one project; what leaks is found without it.',
  'tally/stateful-root-runtime':
    'That a container runs as root is said once already, and a volume makes it no other fault.',
  'tally/ruby/healthcheck-rails-up-endpoint':
    'Whether the application has `/up` is not in the file, and orchestrators ask for themselves.',
  'tally/ruby/jemalloc-installed-but-not-preloaded':
    'An entry point or the settings of the host may load it, and neither is in the file.',
  'tally/ruby/prefer-bundler-cache-mount':
    'One rule asks for cache mounts of all package managers.',
  'tally/ruby/prefer-gemfile-bind-mounts':
    'Copying two small files costs nothing, and is what people read more easily.',
  'tally/ruby/prefer-network-none-install':
    'A build that has fetched its gems before is rare, and nothing else is gained.',
  'tally/ruby/prefer-secret-mounts-for-build-credentials':
    'What is written into the text or into ARG is found by the rules on secrets, for any language.',
  'tally/ruby/state-paths-not-writable-as-non-root':
    'Which folders the application writes to is not in the file.',
  'tally/ruby/yjit-not-enabled-on-supported-runtime':
    'Rails 7.2 and later switch YJIT on themselves, and others may have reasons not to.',
};
