/** Alarms in English, wherever they are read: what is wrong, where, what is proposed and done. */
import type { alarms as zh } from '../zh/alarms.ts';

export const alarms: typeof zh = {
  pick: (name, nameEn) => nameEn ?? name,
  title: {
    windowOvertime: 'Overtime',
    queue: (n) => `${n} waiting`,
    queueOver: 'Long queue',
    queueEased: 'Queue eased',
    poorRating: 'Poor rating',
    poorRatings: 'Several poor ratings',
    stationUnheard: (station) => `${station}: no data`,
    stationsUnheard: 'Several stations: no data',
    terminalBroken: (terminal) => `${terminal} broken`,
    terminalEmpty: (terminal) => `${terminal}: no paper`,
    promiseLapsing: 'Cases nearly overdue',
  },
  terminal: 'Terminal',
  hall: 'Hall',
  of: (station, title) => `${station}: ${title}`,
  proposal: {
    'send-lead': 'Send a lead',
    'call-back': 'Call back soon',
    'call-station': 'Call the station',
    'repair-terminal': 'Report the fault',
    'refill-paper': 'Refill the paper',
    hasten: 'Hasten these cases',
  },
  openWindow: (label) => `Open window ${label}`,
  nobodyWaits: 'Nobody waits now',
  measure: {
    'on-site': 'on site',
    'opened-window': 'window opened',
    contacted: 'contacted',
    repairing: 'fault reported',
    refilled: 'paper refilled',
    hastened: 'hastened',
  },
  taken: 'Taken',
  takenBy: (who, what) => `${who}: ${what}`,
};
