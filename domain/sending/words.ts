/** What mail that the hall sends says beside the report itself. */
import type { Language } from '../wire/language.ts';

export interface SendingWords {
  /** Before the sentences on files that could not be made. */
  readonly lacking: string;
  readonly notMade: (format: string) => string;
  readonly testSubject: (hall: string) => string;
  readonly testText: (hall: string) => string;
}

export const SENDING_WORDS: Readonly<Record<Language, SendingWords>> = {
  zh: {
    lacking: '以下文件没有生成，未附上：',
    notMade: (format) => `${format.toUpperCase()} 文件生成失败，请告诉管理员。`,
    testSubject: (hall) => `${hall}：测试邮件`,
    testText: (hall) => `这是${hall}的测试邮件。收到它，说明报告可以发到这个邮箱。\n`,
  },
  en: {
    lacking: 'These files could not be made and are not attached:',
    notMade: (format) => `The ${format.toUpperCase()} file could not be made. Please tell an administrator.`,
    testSubject: (hall) => `${hall}: test mail`,
    testText: (hall) => `This is a test mail of ${hall}. Reports can reach this mailbox.\n`,
  },
};
