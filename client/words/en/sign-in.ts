/** What the page of signing in says in English. */
import type { SignInOwn } from '../zh/sign-in.ts';

export const signIn: SignInOwn = {
  page: 'Sign in',
  loading: 'Opening…',
  retry: 'Try again',
  submit: 'Sign in',
  keep: 'My own telephone: stay signed in for 30 days (reading only)',
  keepHint: 'For leaders alone; the password is asked for again before anything is changed.',
  demoTitle: 'Accounts of the demo',
  demoHint: 'One press signs in. The data are made up: try whatever you like.',
  forgot: 'Forgot it? The hall’s manager sends a new link from the page of accounts.',
  practise: 'New here? Practise first: nothing counts',
  haveCode: 'I have a code',
  code: 'Code',
  codeHint: '16 signs, at the end of the link; capitals and blanks do not matter.',
  codeSubmit: 'Next',
  now: (name, staff) => `Signed in here: ${name} (${staff})`,
  goOn: 'Go on',
  signOut: 'Sign out',
  change: 'Change over',
  changeHint: 'Signs the other one out. Nothing that was entered and not yet sent is lost.',
  codeTitles: { 'set-up': 'The first administrator', invitation: 'Open your account', reset: 'New password' },
  codeLeads: {
    'set-up': 'This is the hall’s first account. It opens all others.',
    invitation: 'Choose a password that only you know. You sign in with your staff id and it.',
    reset: 'Choose a new password. You are signed out everywhere else.',
  },
  staffHint: 'Letters and digits, such as admin or g01.',
  setPassword: 'Set it and sign in',
  toSignIn: 'Sign in',
};
