/** How far an import is: a bar on a terminal, a line every tenth elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { Language } from '../../../domain/wire/language.ts';
import type { ImportProgress } from './reading.ts';

export interface ProgressOptions {
  readonly isTerminal: boolean;
  readonly language: Language;
  /** Takes a plain line where there is no terminal. */
  readonly write: (line: string) => void;
  /** Any clock, in ms. */
  readonly now: () => number;
}

export interface Progress {
  show(progress: ImportProgress): void;
  stop(): void;
}

const STAGES = {
  zh: { look: '查看', check: '核对', write: '写入' },
  en: { look: 'looking', check: 'checking', write: 'writing' },
} as const;

export function createProgress({ isTerminal, language, write, now }: ProgressOptions): Progress {
  const describe = createPace(language, now);
  return isTerminal ? createBar(language, describe) : createLines(language, describe, write);
}

type Describe = (progress: ImportProgress) => string;

/** `12,000 行 · 每秒 24,000 行 · 还需 40 秒`: by the pace of this stage so far. */
function createPace(language: Language, now: () => number): Describe {
  let stage: ImportProgress['stage'] | undefined;
  let begun = 0;
  return (progress) => {
    if (progress.stage !== stage) [stage, begun] = [progress.stage, now()];
    const zh = language === 'zh';
    const { rows, fraction } = progress;
    const seconds = (now() - begun) / 1_000;
    const counted = rows.toLocaleString('en-US');
    const parts = [zh ? `${counted} 行` : `${counted} ${rows === 1 ? 'row' : 'rows'}`];
    if (seconds >= 1 && fraction > 0 && fraction < 1) {
      const rate = Math.round(rows / seconds).toLocaleString('en-US');
      const left = Math.ceil((seconds / fraction) * (1 - fraction));
      parts.push(zh ? `每秒 ${rate} 行` : `${rate} rows/s`, zh ? `还需 ${left} 秒` : `${left} s left`);
    }
    return parts.join(' · ');
  };
}

function createBar(language: Language, describe: Describe): Progress {
  let bar: SingleBar | undefined;
  let current: ImportProgress['stage'] | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show(progress) {
      const { stage, fraction } = progress;
      const pace = describe(progress);
      const stageName = STAGES[language][stage];
      if (stage !== current) {
        stop();
        current = stage;
        const format = '{stageName} {bar} {percentage}% · {pace}';
        bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
        bar.start(100, 0, { stageName, pace });
      }
      bar?.update(Math.floor(fraction * 100), { stageName, pace });
    },
    stop,
  };
}

function createLines(language: Language, describe: Describe, write: (line: string) => void): Progress {
  let last = '';
  return {
    show(progress) {
      const tenth = Math.floor(progress.fraction * 10) * 10;
      const step = `${progress.stage}${tenth}`;
      const pace = describe(progress);
      if (step === last) return;
      last = step;
      write(`${STAGES[language][progress.stage]} ${tenth}% · ${pace}`);
    },
    stop() {},
  };
}
