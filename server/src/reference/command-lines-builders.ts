/** Build tools of Java, .NET and C, make and tar; most common subcommands and options first. */
import { wordInfos, type CommandLine } from './command-line.ts';
import { gradleLike, mavenLike } from '../programs/build-tools.ts';
import { tarLike } from '../programs/tar.ts';

export const builders: readonly CommandLine[] = [
  {
    names: ['dotnet'],
    subcommands: wordInfos({
      restore:
        'Restore the NuGet packages of a project. In its own step, it stays cached until the project files change.',
      build: 'Build a project and its dependencies.',
      publish: 'Build a project and write everything it needs to run to a directory.',
      test: 'Run unit tests.',
      tool: 'Install and run .NET tools.',
      workload: 'Manage optional workloads of the SDK.',
      'dev-certs': 'Create HTTPS development certificates.',
    }),
    options: wordInfos({
      '-c': 'Build configuration, such as `Release`.',
      '-o': 'Output directory.',
      '--no-restore': 'Do not restore packages; an earlier step did.',
      '--no-build': 'Do not build; an earlier step did.',
      '-r': 'Target runtime, such as `linux-musl-x64`.',
      '-a': 'Target architecture, such as `$TARGETARCH`.',
      '--self-contained': 'Include the .NET runtime in the output.',
      '-p:UseAppHost=false':
        'Do not create a native executable; start the app with `dotnet app.dll`.',
      '-p:PublishTrimmed=true': 'Remove unused code; requires self-contained output.',
      '--locked-mode': 'Fail if `packages.lock.json` is out of date.',
    }),
  },
  {
    names: mavenLike,
    subcommands: wordInfos({
      package: 'Compile, test and package the project.',
      verify: 'Package the project and run its integration tests and checks.',
      'dependency:go-offline':
        'Download all dependencies and plugins. In its own step, it stays cached until `pom.xml` changes.',
      'dependency:resolve': 'Download the dependencies of the project.',
      clean: 'Delete the build output.',
      install: 'Package the project and copy it to the local repository.',
      test: 'Compile the project and run its unit tests.',
    }),
    options: wordInfos({
      '-B': 'Run in batch mode, without prompts.',
      '-DskipTests': 'Compile the tests, but do not run them.',
      '-Dmaven.test.skip=true': 'Neither compile nor run the tests.',
      '-q': 'Print only errors.',
      '-ntp': 'Do not show the progress of downloads.',
      '-o': 'Work offline.',
      '-f': 'Use this POM file.',
      '-pl': 'Build only these modules.',
      '-am': 'Also build the modules that those in `-pl` depend on.',
      '-P': 'Activate these profiles.',
      '-s': 'User settings file, for example a mounted secret.',
      '-T': 'Number of threads; `1C` means one per core.',
    }),
  },
  {
    names: gradleLike,
    subcommands: wordInfos({
      build: 'Assemble and test the project.',
      assemble: 'Build the outputs without running tests.',
      bootJar: 'Build the executable JAR of a Spring Boot application.',
      installDist: 'Copy the application with its libraries to `build/install`.',
      dependencies: 'List the dependencies; downloads their metadata, but not the JAR files.',
      test: 'Compile the project and run its unit tests.',
      clean: 'Delete the build output.',
    }),
    options: wordInfos({
      '--no-daemon': 'Do not use the Gradle daemon, which would not outlive the `RUN` step.',
      '-x': 'Exclude a task, such as `test`.',
      '--offline': 'Do not access the network.',
      '--build-cache': 'Reuse task outputs from the build cache.',
      '--parallel': 'Build projects in parallel.',
      '--stacktrace': 'Print the stack traces of exceptions.',
      '-p': 'Project directory.',
      '-P': 'Set a project property.',
    }),
  },
  {
    names: ['cmake'],
    options: wordInfos({
      '-S': 'Source directory.',
      '-B': 'Build directory.',
      '-G': 'Build system generator, such as `Ninja`.',
      '-DCMAKE_BUILD_TYPE=Release': 'Build with optimizations.',
      '-DCMAKE_INSTALL_PREFIX': 'Installation directory.',
      '--build': 'Build in a configured build directory.',
      '--install': 'Install from a build directory.',
      '--parallel': 'Run several build jobs in parallel.',
      '--target': 'Build only this target.',
    }),
  },
  {
    names: ['make'],
    options: wordInfos({
      '-j': 'Number of parallel jobs; `"$(nproc)"` is the number of cores.',
      '-C': 'Change to this directory first.',
      '-f': 'Use this makefile.',
      '-s': 'Do not print the commands.',
    }),
  },
  {
    names: tarLike,
    options: wordInfos({
      '-xzf': 'Extract a gzip archive (`.tar.gz`).',
      '-xJf': 'Extract an xz archive (`.tar.xz`); requires `xz`.',
      '-xf': 'Extract an archive; the compression of a file is detected automatically.',
      '-C': 'Change to this directory first.',
      '--strip-components=1': 'Remove the first directory from all paths.',
      '--no-same-owner': 'Extract files as the current user instead of the owner in the archive.',
      '--exclude': 'Exclude files that match a pattern.',
      '-czf': 'Create a gzip archive (`.tar.gz`).',
    }),
  },
];
