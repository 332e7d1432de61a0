/** The words of the page of signing in, in both languages. */
import { access as enAccess } from './en/access.ts';
import { signIn as enSignIn } from './en/sign-in.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { signIn, type SignInOwn } from './zh/sign-in.ts';

export interface SignInWords {
  readonly access: AccessWords;
  readonly signIn: SignInOwn;
}

export const signInLanguages: Readonly<Record<Language, SignInWords>> = {
  zh: { access, signIn },
  en: { access: enAccess, signIn: enSignIn },
};
