/** What every display says in English: names, days, and what it says while it has nothing to show. */
import type { common as zhCommon } from '../zh/common.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const common: typeof zhCommon = {
  demo: 'Demo data',
  pick: (name: string, nameEn: string | undefined) => nameEn ?? name,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string) => `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`,
  dateWithWeekday: (date: string, weekday: string) => `${weekday} ${date}`,

  denied: {
    title: 'This screen has not been authorised',
    how: 'The administrator issues the token on the server. Put it into the address; this page then opens by itself.',
    retry: 'Tries again every 30 seconds',
  },

  waiting: {
    title: 'Connecting to the hall',
    note: 'The picture appears by itself',
    refused: 'The server has nothing for this screen',
    recounting: 'All data are being counted anew; the screen opens by itself when that is done',
  },
};
