/** The shape of `GET /api/measures`: every measure of a span of days, as of its end. Formulas are in `build.ts` and docs/spec.md. */
import type { Ratio } from '../board/topics/data.ts';

/** Nearest rank over raw values, in milliseconds; the values are `null` where `n` is 0. */
export interface SpreadMs {
  medianMs: number | null;
  p90Ms: number | null;
  n: number;
}

export interface Measures {
  /** 受理: cases accepted in the span. */
  accepted: number;
  /** Accepted through channels window and home-visit. */
  windowCases: number;
  onlineCases: number;
  selfServiceCases: number;
  /** Accepted by phone and post. */
  otherCases: number;
  /** Accepted, line medical-insurance (M4). */
  medicalCases: number;
  /** Finished in the span with outcome approved, line medical-insurance. */
  medicalApproved: number;
  medicalConsultations: number;
  consultations: { visit: number; phone: number };
  /** 服务人次 (M3). */
  peopleServed: number;
  /** 容缺: accepted with papers missing. */
  deferredCases: number;
  /** 秒批: accepted by rule without a human step. */
  instantApprovals: number;
  /** Accepted from legal persons, at the green window, by appointment. */
  legalPersons: number;
  green: number;
  byAppointment: number;
  finished: number;
  /** 在办: accepted by the end of `to`, not finished by it. */
  open: number;
  /** 超期在办 (C8, M5). */
  overdueOpen: number;
  voided: number;
  /** 按时办结率 (M6). */
  onTime: Ratio;
  /** 办结率 (M5). */
  completion: Ratio;
  rated: Ratio;
  activelyRated: Ratio;
  /** 满意率 (M9). */
  satisfied: Ratio;
  activelySatisfied: Ratio;
  /** Lower end of the 95 % Wilson interval of `activelySatisfied`, 0 to 1; `null` where nobody rated. */
  satisfiedLowerBound: number | null;
  byDefault: number;
  scores: { 1: number; 2: number; 3: number; 4: number; 5: number };
  poor: number;
  /** 差评整改率 and 回访率 (M10); misrated ones beside. */
  rectified: Ratio;
  calledBack: Ratio;
  misrated: number;
  licences: Ratio;
  checks: Ratio;
  tickets: { taken: number; called: number; served: number; passed: number; left: number };
  /** 等候 (C9, M8); `within` is the share within the profile's target. */
  wait: SpreadMs & { within: Ratio };
  /** Waits of green and of appointment tickets, beside everyone's. */
  greenWait: SpreadMs;
  appointmentWait: SpreadMs;
  /** 窗口办理时长. */
  service: SpreadMs;
  /** 办结用时 in working days (M7). */
  turnaround: { medianDays: number | null; n: number };
  services: Record<string, number>;
  appointments: { booked: number; kept: number; missed: number };
  requests: { received: number; answered: number; onTime: number; late: number };
  complaints: { received: number; answered: number; upheld: number };
  /** 网办率: onlineCases of accepted. */
  onlineShare: Ratio;
  /** Events that arrived after their day had closed (L2). */
  corrected: number;
  /** Stations and items that the profile does not know, named so that they can be mended. */
  unknown: { stations: string[]; items: string[] };
  /** The ledger position that all of this reflects. */
  seq: number;
}
