/** Environment variables that common programs read, so that a file cannot choose their names freely. */
import { environment } from './environment.ts';
import { predefinedArguments } from './variables.ts';

interface Readers {
  /** The program, or the first of a family. */
  readonly program: string;
  /** Whole names and the beginnings of names, as alternatives of a regular expression. */
  readonly names: string;
}

/** A version, a checksum or an address of the program itself is a name that the author chose. */
const ownName =
  /_(?:VERSIONS?|VER|SHA\d*|SHA\d*SUM|MD5|CHECKSUM|DIGEST|REPO|TAG|REVISION|COMMIT|BRANCH|REF|IMAGE|(?<!INDEX_)URL)$/;

/**
 * Sources: the manual pages of bash, environ(7), locale(7), apt, pip, Go (`go help environment`), Cargo, Node.js, npm,
 * Java, .NET, Git, curl and GNU make, and the pages of the official images on Docker Hub.
 */
const table: readonly Readers[] = [
  {
    program: 'POSIX',
    names:
      'PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|TERM|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_[A-Z]+|EDITOR|VISUAL|PAGER|DISPLAY|HOSTNAME|MAIL|COLUMNS|LINES|XDG_[A-Z]+_(?:HOME|DIRS?)|LD_[A-Z_]+|DYLD_[A-Z_]+|MALLOC_[A-Z_]+|GLIBC_TUNABLES|NO_COLOR|FORCE_COLOR|CI',
  },
  {
    program: 'bash',
    names:
      'IFS|PS[0-4]|BASH\\w*|ENV|CDPATH|OPT(?:ARG|IND|ERR)|REPLY|RANDOM|SECONDS|LINENO|SHELLOPTS|PIPESTATUS|FUNCNAME|DIRSTACK|E?UID|PPID|GROUPS|MAPFILE|PROMPT_COMMAND|HIST[A-Z]+|TMOUT|GLOBIGNORE|INPUTRC|MACHTYPE|HOSTTYPE|OSTYPE|SHLVL',
  },
  {
    program: 'apt',
    names: 'DEBIAN_[A-Z_]+|DEBCONF_[A-Z_]+|APT_[A-Z_]+|UCF_[A-Z_]+|DEB_[A-Z_]+|NEEDRESTART_[A-Z]+',
  },
  {
    program: 'Python',
    names:
      'PYTHON[A-Z]+|PIP_[A-Z_]+|PIPX_[A-Z_]+|PIPENV_[A-Z_]+|POETRY_[A-Z_]+|UV_[A-Z_]+|PDM_[A-Z_]+|VIRTUAL_ENV|CONDA_[A-Z_]+|MAMBA_[A-Z_]+|DJANGO_SETTINGS_MODULE|FLASK_[A-Z_]+|GUNICORN_CMD_ARGS|WEB_CONCURRENCY|OMP_[A-Z_]+|MKL_[A-Z_]+',
  },
  {
    program: 'Node.js',
    names:
      'NODE_(?:ENV|OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|DEBUG|NO_WARNINGS|ICU_DATA|REPL_HISTORY)|npm_config_\\w+|NPM_CONFIG_\\w+|YARN_[A-Z_]+|PNPM_HOME|COREPACK_[A-Z_]+|NEXT_(?:TELEMETRY_DISABLED|PUBLIC_\\w+|RUNTIME)|NVM_[A-Z_]+|PUPPETEER_[A-Z_]+|PLAYWRIGHT_[A-Z_]+|CYPRESS_[A-Z_]+|VITE_\\w+|REACT_APP_\\w+|ELECTRON_[A-Z_]+|BUN_[A-Z_]+|DENO_[A-Z_]+|TURBO_[A-Z_]+',
  },
  {
    program: 'Go',
    names:
      'GO(?:PATH|ROOT|BIN|OS|ARCH|ARM|ARM64|AMD64|386|MIPS|PPC64|FLAGS|PROXY|PRIVATE|NOPROXY|SUMDB|NOSUMDB|INSECURE|CACHE|MODCACHE|TMPDIR|TOOLCHAIN|TOOLDIR|ENV|WORK|EXPERIMENT|DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK|VCS|FIPS140|111MODULE|COVERDIR)|GO111MODULE|CGO_[A-Z_]+',
  },
  {
    program: 'Rust',
    names:
      'CARGO(?:_[A-Z0-9_]+)?|RUST(?:UP|C|DOC|FLAGS|DOCFLAGS|_BACKTRACE|_LOG|_MIN_STACK)(?:_[A-Z_]+)?|SCCACHE_[A-Z_]+',
  },
  {
    program: 'Java',
    names:
      'JAVA_(?:HOME|OPTS|TOOL_OPTIONS|ARGS)|_?JAVA_OPTIONS|JDK_JAVA_OPTIONS|JRE_HOME|CLASSPATH|MAVEN_(?:OPTS|HOME|CONFIG|ARGS)|M2_HOME|GRADLE_[A-Z_]+|CATALINA_[A-Z_]+|SPRING_[A-Z_]+|ANT_(?:HOME|OPTS)|SBT_OPTS|ANDROID_[A-Z_]+|KOTLIN_HOME',
  },
  { program: '.NET', names: 'DOTNET_[A-Za-z_]+|ASPNETCORE_[A-Za-z_]+|NUGET_[A-Z_]+|COMPlus_\\w+' },
  {
    program: 'Ruby',
    names:
      'GEM_(?:HOME|PATH|SPEC_CACHE)|BUNDLE_[A-Z_]+|BUNDLER_[A-Z_]+|RUBY(?:OPT|LIB|PATH|SHELL|GEMS_\\w+)|RAILS_[A-Z_]+|RACK_ENV|RBENV_[A-Z_]+|SECRET_KEY_BASE(?:_DUMMY)?',
  },
  {
    program: 'PHP',
    names:
      'COMPOSER_[A-Z_]+|PHP_(?:INI_DIR|INI_SCAN_DIR|CFLAGS|LDFLAGS|CPPFLAGS|EXTRA_\\w+|FPM_\\w+)|PHPIZE_DEPS|APP_(?:ENV|DEBUG|KEY|SECRET)|APACHE_[A-Z_]+|SYMFONY_[A-Z_]+',
  },
  { program: 'Elixir', names: 'MIX_[A-Z_]+|HEX_[A-Z_]+|ERL_[A-Z_]+|ELIXIR_ERL_OPTIONS' },
  { program: 'Perl', names: 'PERL(?:5LIB|5OPT|LIB|_[A-Z0-9_]+)' },
  {
    program: 'make',
    names:
      'C(?:C|XX|PP|FLAGS|XXFLAGS|PPFLAGS)|LDFLAGS|LDLIBS|MAKEFLAGS|MAKELEVEL|AR|AS|LD|NM|RANLIB|STRIP|CMAKE_[A-Z_]+|CTEST_[A-Z_]+|PKG_CONFIG(?:_[A-Z_]+)?|CCACHE_[A-Z_]+|NINJA_STATUS|DESTDIR|ACLOCAL_PATH|LIBRARY_PATH|C_INCLUDE_PATH|CPLUS_INCLUDE_PATH|CPATH|MANPATH|INFOPATH',
  },
  {
    program: 'Git and others',
    names:
      'VCPKG_ROOT|GST_PLUGIN_\\w*PATH|GI_TYPELIB_PATH|JENKINS_HOME|(?:HADOOP|SPARK|HIVE|KAFKA|R)_HOME|GIT_[A-Z_]+|GPG_TTY|GNUPGHOME|SSH_(?:AUTH_SOCK|ASKPASS)',
  },
  {
    program: 'curl',
    names: 'CURL_(?:HOME|CA_BUNDLE)|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|WGETRC|OPENSSL_CONF',
  },
  {
    program: 'CUDA',
    names:
      'CUDA_(?:HOME|PATH|VISIBLE_DEVICES|DEVICE_ORDER|LAUNCH_BLOCKING|CACHE_PATH|MODULE_LOADING)|NVIDIA_(?:VISIBLE_DEVICES|DRIVER_CAPABILITIES|REQUIRE_\\w+|DISABLE_REQUIRE)|TORCH_[A-Z_]+|NCCL_[A-Z_]+|HF_[A-Z_]+|TRANSFORMERS_[A-Z_]+|TF_[A-Z_]+|TOKENIZERS_PARALLELISM|TRITON_[A-Z_]+|VLLM_[A-Z_]+|XLA_[A-Z_]+',
  },
  {
    program: 'Docker',
    names:
      'DOCKER_[A-Z_]+|BUILDX_[A-Z_]+|COMPOSE_[A-Z_]+|KUBECONFIG|HELM_[A-Z_]+|AWS_[A-Z_]+|AZURE_[A-Z_]+|GOOGLE_[A-Z_]+|CLOUDSDK_[A-Z_]+|VAULT_[A-Z_]+|TF_VAR_\\w+|OTEL_[A-Z_]+|SENTRY_[A-Z_]+',
  },
  {
    program: 'entrypoint',
    names:
      'POSTGRES_(?:PASSWORD|USER|DB|INITDB_\\w+|HOST_AUTH_METHOD)(?:_FILE)?|PG(?:DATA|HOST|PORT|USER|PASSWORD|DATABASE)|MYSQL_[A-Z_]+|MARIADB_[A-Z_]+|MONGO_INITDB_[A-Z_]+|REDIS_[A-Z_]+|RABBITMQ_[A-Z_]+|NGINX_(?:ENVSUBST_\\w+|ENTRYPOINT_\\w+|PORT|HOST)|ES_JAVA_OPTS|WORDPRESS_[A-Z_]+|KAFKA_[A-Z_]+|GF_[A-Z_]+|KC_[A-Z_]+|S6_[A-Z0-9_]+|TINI_[A-Z_]+|SE_[A-Z_]+',
  },
];

const knownName = new RegExp(`^(?:${table.map(({ names }) => names).join('|')})$`);
const documented: ReadonlySet<string> = new Set(environment.map(({ name }) => name));
const automatic: ReadonlySet<string> = new Set(predefinedArguments.map(({ name }) => name));

/** Whether a build sets an argument itself, or reads it to configure the build. */
export function isAutomatic(name: string): boolean {
  return automatic.has(name) || /^BUILDKIT_\w+$/.test(name);
}

/** Automatic and preference variables; source: about_Automatic_Variables and about_Preference_Variables. */
const powershellName =
  // prettier-ignore
  /^(?:_|args|input|this|true|false|null|PS(?:Item|Cmdlet|BoundParameters|VersionTable|HOME|ScriptRoot|CommandPath|(?:UI)?Culture|DebugContext|DefaultParameterValues|SenderInfo|Style|EmailServer|NativeCommandArgumentPassing|Session\w+)|pwd|home|host|pid|profile|Error|ErrorView|ExecutionContext|LASTEXITCODE|Matches|MyInvocation|NestedPromptLevel|OFS|OutputEncoding|StackTrace|switch|foreach|Is(?:Windows|Linux|MacOS|CoreCLR)|\w+Preference|Maximum\w+Count|FormatEnumerationLimit|Transcript)$/i;

/** Whether PowerShell itself sets or reads a variable with this name, in any case. */
export function isPowershellOwn(name: string): boolean {
  return powershellName.test(name);
}

/** Whether common programs read an environment variable with this name. */
export function isReadByPrograms(name: string): boolean {
  if (documented.has(name)) return true;
  if (ownName.test(name)) return false;
  return knownName.test(name);
}
