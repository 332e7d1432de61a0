/** The shape of `GET /api/measures`: every measure of a span of days, as of its end. Formulas are in `build.ts` and docs/spec.md. */
import type { Ratio } from '../board/topics/data.ts';
import type { Uncounted } from './uncounted.ts';

/** Nearest rank over raw values, in milliseconds; the values are `null` where `n` is 0. */
export interface SpreadMs {
  medianMs: number | null;
  p90Ms: number | null;
  n: number;
}

/** Time per case as two sums; nothing to state where `cases` is 0. */
export interface TimePerCase {
  sumMs: number;
  cases: number;
}

/** Nearest rank over raw values, in working days with two decimals; `null` where `n` is 0. */
export interface SpreadDays {
  medianDays: number | null;
  n: number;
}

export interface Measures {
  /** 受理: cases whose winning acceptance lies in the span. */
  accepted: number;
  /** `accepted` through channels `window` and `home-visit`. */
  windowCases: number;
  /** `accepted` through channel `online`. */
  onlineCases: number;
  /** `accepted` through channel `self-service`. */
  selfServiceCases: number;
  /** `accepted` through channels `phone` and `post`. */
  otherCases: number;
  /** `accepted`, line medical-insurance (M4): a part of the above, not beside them. */
  medicalCases: number;
  /** `finished` with outcome `approved`, line medical-insurance. */
  medicalApproved: number;
  /** Σ `count` of consultations of line medical-insurance, both media. */
  medicalConsultations: number;
  /** Σ `count` of consultations, by medium. */
  consultations: { visit: number; phone: number };
  /** 服务人次 (M3): tickets served + consultations without a ticket + services of kind `home-visit`. */
  peopleServed: number;
  /** 容缺: `accepted` with papers missing, on the day of acceptance. */
  deferredCases: number;
  /** Distinct items of `medicalApproved` and of `deferredCases` (M22). */
  medicalItems: number;
  deferredItems: number;
  /** 秒批: `accepted` by rule without a human step, on the day of acceptance. */
  instantApprovals: number;
  /** `accepted` from legal persons. */
  legalPersons: number;
  /** `accepted` at the green window. */
  green: number;
  /** `accepted` by appointment. */
  byAppointment: number;
  /** 办结: cases whose winning finish lies in the span, whatever the outcome. */
  finished: number;
  /** 在办: accepted by the end of `to`, not finished by it. */
  open: number;
  /** 超期在办: of `open`, those whose stretched promise lies before the end of `to`, or before now (C8, M5). */
  overdueOpen: number;
  /** Distinct events voided, on the day of the event voided (M13). */
  voided: number;
  /** 按时办结率 (M6): finished by the promise ÷ (finished with a promise + `overdueOpen`). */
  onTime: Ratio;
  /** 办结率 (M5): of `accepted`, those finished by the end of `to`. */
  completion: Ratio;
  /** 评价率 (C10): of `finished`, those that any rating names by the end of `to`. */
  rated: Ratio;
  /** 主动评价率: of `finished`, those that a rating given by a person names. */
  activelyRated: Ratio;
  /** 满意率（含默认） (M9): first-round scores 3, 4, 5 ÷ first-round ratings given in the span. */
  satisfied: Ratio;
  /** 满意率 (M9): the same without those that nobody gave. */
  activelySatisfied: Ratio;
  /** Lower end of the 95 % Wilson interval of `activelySatisfied`, 0 to 1; `null` where nobody rated. */
  satisfiedLowerBound: number | null;
  /** First-round ratings that the system filled in. */
  byDefault: number;
  /** First-round ratings by score. */
  scores: { 1: number; 2: number; 3: number; 4: number; 5: number };
  /** 差评: first-round scores 1 and 2. */
  poor: number;
  /** 差评整改率 (M10): rectified ÷ poor ratings that were upheld. */
  rectified: Ratio;
  /** 回访率 (M10): follow-ups of poor ratings closed ÷ poor ratings. */
  calledBack: Ratio;
  /** 误评 (M10): follow-ups of poor ratings closed as misrated. */
  misrated: number;
  /** 证照上传率 (M11): uploaded ÷ approved cases of items that yield a licence. */
  licences: Ratio;
  /** 核查完成率 (M12): checks done ÷ stations × areas × working days. */
  checks: Ratio;
  /** Tickets by what became of them, each on the day of that step (C9). */
  tickets: { taken: number; called: number; served: number; passed: number; left: number };
  /** 等候 (C9, M8): first call − taken; `within` is the share within the profile's target. */
  wait: SpreadMs & { within: Ratio };
  /** `wait` of tickets for the green window. */
  greenWait: SpreadMs;
  /** `wait` of tickets with an appointment. */
  appointmentWait: SpreadMs;
  /** 窗口办理时长 (C9, M8): served − last call. */
  service: SpreadMs;
  /** 办结用时 (M7): finished − accepted in working days, pauses taken out. */
  turnaround: SpreadDays;
  /** 承诺时限压缩率 (M15): Σ(statutory − promised) ÷ Σ statutory of cases accepted, in working days; may be negative. */
  promiseCut: Ratio;
  /** 实际提速率 (M16): Σ(statutory − taken) ÷ Σ statutory of cases finished, in working days; may be negative. */
  speedUp: Ratio;
  /** 即办件占比 (M17): `accepted` to be dealt with at once, by the event or else the catalogue ÷ `accepted`. */
  instantShare: Ratio;
  /** 承诺件占比 (M17): the same of those with a promise. */
  promisedShare: Ratio;
  /** 容缺按时补齐率 (M18): missing papers that came in time ÷ those that were due in the span. */
  suppliedInTime: Ratio;
  /** 窗口件均用时 (M19): time of tickets at windows ÷ cases accepted at windows, at stations that take tickets. */
  windowTimePerCase: TimePerCase;
  /** Σ `count` of services by kind; kinds that did not occur are absent. */
  services: Record<string, number>;
  /** Appointments by step (C15). */
  appointments: { booked: number; kept: number; missed: number };
  /** 参训人次 (M23): Σ `people` of trainings. */
  trained: number;
  /** 诉求工单 (C12), apart from cases; `onTime` and `late` by the answer's own flag. */
  requests: { received: number; answered: number; onTime: number; late: number };
  /** 作风投诉 (C12). */
  complaints: { received: number; answered: number; upheld: number };
  /** 诉求答复用时 (M20): answered − received in working days. */
  requestAnswer: SpreadDays;
  /** 建议答复用时 (M20). */
  suggestionAnswer: SpreadDays;
  /** 督办首次答复用时 (M20): from the opening of a follow-up to the first note or the closing. */
  followupAnswer: SpreadDays;
  /** 督办办结用时 (M20): from the opening of a follow-up to its closing. */
  followupClosing: SpreadDays;
  /** 网办率: `onlineCases` ÷ `accepted`. */
  onlineShare: Ratio;
  /** 更正: events that arrived after their day had closed (L2). */
  corrected: number;
  /**
   * Stations and items that the profile does not know, named so that they can be mended; and how many ticket numbers
   * were taken again on a later day (C9), whose visits cannot be told apart.
   */
  unknown: {
    stations: string[];
    items: string[];
    reusedTickets: number;
    /** How many more: an answer over HTTP names the first 200 of each. */
    moreStations?: number;
    moreItems?: number;
  };
  /** Years of the span whose holidays no calendar knows: their weekdays were taken (K1). */
  unknownYears: number[];
  /** What contributes nothing because its parts could not be computed, whatever the span (C16). */
  uncounted: Uncounted;
  /** The ledger position that all of this reflects. */
  seq: number;
}
