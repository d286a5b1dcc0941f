/** tally prefer-multi-stage-build, for languages whose programs run without the toolchain. */
import { rule } from '../../lint/rule.ts';
import type { Image } from '../../images/image.ts';
import type { Model, Stage } from '../../model/model.ts';
import { gradleLike, mavenLike } from '../../programs/build-tools.ts';
import { goLike } from '../../programs/go.ts';
import { cargoLike } from '../../programs/cargo.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootStage, rootImage, isBuiltFrom } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';
import { officialName } from '../../images/releases.ts';

/** By image: the commands, and the subcommands that build a program. */
const toolchains: Readonly<Record<string, readonly [names: readonly string[], verbs: RegExp]>> = {
  golang: [goLike, /^(?:build|install)$/],
  rust: [cargoLike, /^(?:build|install)$/],
  maven: [mavenLike, /^(?:package|install|verify)$/],
  gradle: [gradleLike, /^(?::?[\w:]*)?(?:build|bootJar|assemble|installDist|shadowJar|jar)$/],
  dotnet: [['dotnet'], /^(?:publish|build)$/],
  swift: [['swift'], /^build$/],
  haskell: [['cabal', 'stack'], /^(?:build|install)$/],
};

export default rule({
  summary: 'Use a multi-stage build for compiled programs',
  why: 'The image contains the compiler, its caches and the source code, often a gigabyte for a program of ten megabytes. Every host pulls them, the program does not need them, and they help an attacker. Build in one stage, and copy the program into a small image with `COPY --from`.\n\nStages that are named for development or tests are not reported.',
  severity: 'info',
  since: '0.1.0',
  also: { tally: ['tally/prefer-multi-stage-build'] },
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  on: { commands: Object.values(toolchains).flatMap(([names]) => names) },
  examples: [
    {
      bad: dockerfile`
        FROM «golang:1.26»
        WORKDIR /src
        COPY . .
        RUN go build -o /server .
        CMD ["/server"]
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        WORKDIR /src
        COPY . .
        RUN go build -o /server .

        FROM gcr.io/distroless/base-debian13:nonroot
        COPY --from=build /server /server
        CMD ["/server"]
      `,
    },
  ],
  check({ model, report }) {
    const { target } = model;
    const image = target && rootImage(target);
    const name = image && toolchainOf(image);
    if (name === undefined || target === undefined || isForDevelopment(target)) return;
    if (!startsProgram(target) || !compiles(model, target, name)) return;
    const { from } = rootStage(target);
    report({
      at: from.image ?? from,
      message: t('The final image contains the `{0}` toolchain in addition to the program', name),
    });
  },
});

function toolchainOf(image: Image): string | undefined {
  const { registry = '', repository } = image;
  if (registry === 'mcr.microsoft.com') return /^dotnet\/(?:nightly\/)?sdk$/.test(repository) ? 'dotnet' : undefined; // prettier-ignore
  const name = officialName(image);
  return name !== undefined && Object.hasOwn(toolchains, name) ? name : undefined;
}

/** Whether the image starts a program, not a shell, a test or a tool of the language. */
function startsProgram({ instructions }: Stage): boolean {
  const start = instructions.findLast(({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT');
  if (start === undefined) return false;
  const words = start.words.map(({ text }) => text.replaceAll(/["[\],]/g, '')).join(' ');
  return !/\b(?:bash|zsh|go (?:test|run)|cargo (?:test|run|watch)|mvn|gradlew?|dotnet (?:test|watch|run)|air|reflex|sleep|tail)\b/.test(words); // prettier-ignore
}

function compiles(model: Model, target: Stage, name: string): boolean {
  const [names = [], verbs = /^$/] = toolchains[name] ?? [];
  for (const { command, stage } of model.commands(...names)) {
    if (stage && isBuiltFrom(target, stage) && command.args.some(({ text }) => verbs.test(text)))
      return true;
  }
  return false;
}
