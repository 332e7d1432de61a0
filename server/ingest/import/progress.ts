/** How far an import is: a bar on a terminal, a line every tenth elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { Language } from '../../../domain/wire/language.ts';
import type { ImportProgress } from './run-import.ts';

export interface ProgressOptions {
  readonly isTerminal: boolean;
  readonly language: Language;
  /** Takes a plain line where there is no terminal. */
  readonly write: (line: string) => void;
}

export interface Progress {
  show(progress: ImportProgress): void;
  stop(): void;
}

const STAGES = {
  zh: { check: '核对', write: '写入' },
  en: { check: 'checking', write: 'writing' },
} as const;

export function createProgress({ isTerminal, language, write }: ProgressOptions): Progress {
  return isTerminal ? createBar(language) : createLines(language, write);
}

function createBar(language: Language): Progress {
  let bar: SingleBar | undefined;
  let current: ImportProgress['stage'] | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show({ stage, fraction, rows }) {
      const stageName = STAGES[language][stage];
      if (stage !== current) {
        stop();
        current = stage;
        bar = new SingleBar(
          { format: '{stageName} {bar} {percentage}% · {rows}', stream: process.stderr, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(100, 0, { stageName, rows });
      }
      bar?.update(Math.floor(fraction * 100), { stageName, rows });
    },
    stop,
  };
}

function createLines(language: Language, write: (line: string) => void): Progress {
  let last = '';
  return {
    show({ stage, fraction, rows }) {
      const tenth = Math.floor(fraction * 10) * 10;
      const step = `${stage}${tenth}`;
      if (step === last) return;
      last = step;
      const unit = language === 'zh' ? '行' : 'rows';
      write(`${STAGES[language][stage]} ${tenth}% · ${rows.toLocaleString('en-US')} ${unit}`);
    },
    stop() {},
  };
}
