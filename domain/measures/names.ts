/** What measures are called wherever they are shown: in the table of measures, and on the walls, which are too light for that table. */

/** A text in both languages of the product. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

const say = (zh: string, en: string): Said => ({ zh, en });

export const accepted = say('受理', 'Accepted');
export const windowCases = say('窗口受理', 'At windows');
export const onlineCases = say('网上受理', 'Online');
export const medicalCases = say('医保受理', 'Medical cases');
export const peopleServed = say('服务人次', 'People served');
export const finished = say('办结', 'Finished');
export const open = say('在办', 'Open');
export const overdueOpen = say('超期在办', 'Overdue');
export const onTime = say('按时办结率', 'On time');
export const activelySatisfied = say('满意率', 'Satisfied');
export const poor = say('差评', 'Poor ratings');
export const onlineShare = say('网办率', 'Online share');
export const turnaround = say('办结用时', 'Time to finish');
/** Only of this moment, so that no report has them. */
export const hallQueue = say('大厅等候', 'Hall queue');
export const dueSoon = say('即将超期', 'Due soon');
