/** Prints a build while it runs, and its result. */
import type { BuildEvent } from '../../../contract/build.ts';
import { createProgressFormatter } from '../build/progress.ts';
import { withColorsOnly, withoutSequences } from '../../../server/src/text/control-sequences.ts';
import type { FormatName } from './arguments.ts';
import { githubReport, withoutCommands } from './formats/github.ts';
import { jsonReport } from './formats/json.ts';
import { textReport } from './formats/text.ts';
import type { Io } from './io.ts';
import type { BuildReport } from './report.ts';

export interface Printer {
  event(event: BuildEvent): void;
  end(report: BuildReport): void;
}

/** JSON is the only text on standard output; its progress is on standard error. Quiet builds print the id of the image. */
export function printerOf(format: FormatName, isQuiet: boolean, io: Io): Printer {
  const colors = io.colors && format === 'text';
  const progress = createProgressFormatter({ terminal: colors });
  const print = (text: string): void => {
    if (format === 'json') io.err(text);
    else io.out(printed(format, text));
  };
  return {
    event: (event) => {
      // The formats print the image and the failure with more facts in the end.
      if (isQuiet || event.kind === 'failed') return;
      const text = (colors ? withColorsOnly : withoutSequences)(progress(event));
      if (text !== '') print(text);
    },
    end: (report) => {
      if (format === 'json') io.out(jsonReport(report));
      else if (report.error === null) {
        if (isQuiet && report.image !== null) io.out(`${report.image.id}\n`);
      } else {
        if (format === 'github') io.out(githubReport(report));
        const text = printed(format, textReport(report, colors));
        if (isQuiet) io.err(text);
        else io.out(text);
      }
    },
  };
}

/** What a build prints must not be a command of the workflow. */
function printed(format: FormatName, text: string): string {
  return format === 'github' ? withoutCommands(text) : text;
}
