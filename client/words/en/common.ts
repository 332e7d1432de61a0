/** What every display says in English: names, days, and what it says while it has nothing to show. */
import type { common as zhCommon } from '../zh/common.ts';
import { given } from './given.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const common: typeof zhCommon = {
  demo: 'Demo data',
  ...given,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string, today = day) =>
    `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}${day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${Number(day.slice(0, 4))}`}`,
  dateWithWeekday: (date: string, weekday: string) => `${weekday} ${date}`,

  denied: {
    title: 'This screen has not been authorised',
    how: 'The administrator makes a token under “Keys and screens” in the settings. Put it into the address; this page then opens by itself.',
    retry: 'Tries again every 30 seconds',
    ended: 'This screen’s token has ended',
    endedHow:
      'It was ended or renewed. The administrator makes a new one under “Keys and screens” in the settings; open its address here.',
    signedOut: 'You have been signed out',
    signedOutHow: 'Sign in again, and the wall goes on.',
    signIn: 'Sign in again',
    cookies:
      'This browser keeps no cookies, so the token does not stay. Allow cookies for this site in the browser’s settings, then open the address again.',
  },

  waiting: {
    title: 'Connecting to the hall',
    note: 'The picture appears by itself',
    refused: 'The server has nothing for this screen',
    recounting: 'All data are being counted anew; the screen opens by itself when that is done',
    unbuilt: 'The others go on, and this one opens by itself when it can. Please tell the administrator',
    foreign:
      'A login page answers instead of the hall. Sign this machine in to the network, or ask its administrator to let it through',
    titles: { unbuilt: 'This screen is unavailable', foreign: 'The network asks for a login' },
  },

  undrawn: {
    title: 'This cannot be shown just now',
    note: 'It is tried again by itself, and the rest goes on; if it stays so, tell the administrator',
  },
  undrawnPage: {
    title: 'The picture cannot be shown just now',
    note: 'It is tried again by itself; if it stays so, tell the administrator',
  },
};
