/** One good `data` for every type of event, and what makes it bad: for table tests. */
import type { EventType } from '../../../domain/events/schema.ts';

/** `bad` pairs a change of the good data (undefined takes a field out) with the path that must be named. */
export interface Sample {
  readonly good: Record<string, unknown>;
  readonly bad: readonly (readonly [change: Record<string, unknown>, field: string])[];
}

const ticket: Sample = {
  good: { ticket: 'A017', station: 'hall', window: 'w03', staff: 's07' },
  bad: [
    [{ ticket: undefined }, 'data.ticket'],
    [{ station: '' }, 'data.station'],
    [{ window: 3 }, 'data.window'],
    [{ staff: {} }, 'data.staff'],
  ],
};
const appointment: Sample = {
  good: { appointment: 'ap-1', station: 'hall', item: 'item-1', at: '2019-11-26T09:00:00+08:00' },
  bad: [
    [{ appointment: null }, 'data.appointment'],
    [{ station: undefined }, 'data.station'],
    [{ at: '2019-11-26 9:00' }, 'data.at'],
  ],
};
const pause: Sample = {
  good: { case: 'case-1', reason: '补正' },
  bad: [
    [{ case: undefined }, 'data.case'],
    [{ reason: 5 }, 'data.reason'],
  ],
};
const onlyCase: Sample = {
  good: { case: 'case-1' },
  bad: [
    [{ case: undefined }, 'data.case'],
    [{ case: 'x'.repeat(201) }, 'data.case'],
  ],
};
const star: Sample = {
  good: {
    ...{ month: '2019-10', kind: 'pacesetter', staff: 's07' },
    ...{ citation: '全年无差评', citationEn: 'Not one poor rating', reasons: ['办件 312'] },
  },
  bad: [
    [{ month: '2019-13' }, 'data.month'],
    [{ kind: 'best' }, 'data.kind'],
    [{ citationEn: 'x'.repeat(2_001) }, 'data.citationEn'],
    [{ reasons: 'x' }, 'data.reasons'],
    [{ reasons: ['x', 1] }, 'data.reasons.1'],
    [{ staff: undefined }, 'data.staff'],
    [{ staff: null }, 'data.staff'],
    [{ kind: 'window' }, 'data.window'],
    [{ basis: { ranked: 1 } }, 'data.basis.cases'],
  ],
};
const day: Sample = {
  good: { day: '2019-11-25', hours: [['09:00', '12:00']] },
  bad: [
    [{ day: '25.11.2019' }, 'data.day'],
    [{ hours: [['09:00']] }, 'data.hours.0.1'],
    [{ hours: [['9:00', '12:00']] }, 'data.hours.0.0'],
  ],
};

const digest = 'ab'.repeat(32);
const link = {
  rows: { after: 0, upTo: 7, digest },
  previous: { seq: 3, mac: digest },
  key: 'k1',
  mac: digest,
};

export const samples: Record<EventType, Sample> = {
  'hall.ticket.taken': {
    good: {
      ticket: 'A017',
      station: 'hall',
      line: 'medical-insurance',
      green: true,
      appointment: 'ap-1',
      appointmentAt: '2019-11-22T10:30:00+08:00',
    },
    bad: [
      [{ appointmentAt: '10:30' }, 'data.appointmentAt'],
      [{ ticket: undefined }, 'data.ticket'],
      [{ green: 'yes' }, 'data.green'],
      [{ appointment: 7 }, 'data.appointment'],
    ],
  },
  'hall.ticket.called': ticket,
  'hall.ticket.recalled': ticket,
  'hall.ticket.transferred': ticket,
  'hall.ticket.served': ticket,
  'hall.ticket.passed': ticket,
  'hall.ticket.left': ticket,
  'hall.case.accepted': {
    good: {
      case: 'case-10011',
      station: 'hall',
      channel: 'window',
      item: 'medical-refund',
      line: 'medical-insurance',
      window: 'w03',
      staff: 's07',
      ticket: 'A017',
      handling: 'promised',
      promisedBy: '2019-12-05T18:00:00+08:00',
      deferredDocuments: ['户口本'],
      supplyBy: '2019-12-01T18:00:00+08:00',
      instantApproval: false,
      appointment: true,
      green: false,
      applicant: 'individual',
    },
    bad: [
      [{ case: undefined }, 'data.case'],
      [{ station: undefined }, 'data.station'],
      [{ item: null }, 'data.item'],
      [{ channel: 'fax' }, 'data.channel'],
      [{ handling: '2' }, 'data.handling'],
      [{ promisedBy: '2019-12-05' }, 'data.promisedBy'],
      [{ instantApproval: 1 }, 'data.instantApproval'],
      [{ applicant: 'company' }, 'data.applicant'],
    ],
  },
  'hall.case.supplemented': onlyCase,
  'hall.case.paused': pause,
  'hall.case.resumed': pause,
  'hall.case.finished': {
    good: { case: 'case-1', outcome: 'approved', window: 'w03', staff: 's07', onTime: true },
    bad: [
      [{ outcome: undefined }, 'data.outcome'],
      [{ outcome: 'done' }, 'data.outcome'],
      [{ onTime: 'Y' }, 'data.onTime'],
    ],
  },
  'hall.event.voided': {
    good: { source: 'urn:test', id: 'e-1', reason: '录入有误', undo: false },
    bad: [
      [{ source: undefined }, 'data.source'],
      [{ id: '' }, 'data.id'],
      [{ undo: 'yes' }, 'data.undo'],
    ],
  },
  'hall.licence.uploaded': onlyCase,
  'hall.consultation.given': {
    good: {
      station: 'hall',
      medium: 'phone',
      line: 'medical-insurance',
      topic: '异地备案',
      window: 'w03',
      result: 'answered',
      count: 3,
    },
    bad: [
      [{ medium: 'mail' }, 'data.medium'],
      [{ count: 0 }, 'data.count'],
      [{ count: 1.5 }, 'data.count'],
      [{ count: '3' }, 'data.count'],
      [{ result: 'maybe' }, 'data.result'],
    ],
  },
  'hall.rating.given': {
    good: { score: 5, station: 'hall', case: 'case-1', medium: 'pad', byDefault: false, round: 1, tags: ['态度好'] },
    bad: [
      [{ score: 0 }, 'data.score'],
      [{ score: 6 }, 'data.score'],
      [{ score: 4.5 }, 'data.score'],
      [{ score: '5' }, 'data.score'],
      [{ medium: 'fax' }, 'data.medium'],
      [{ round: 3 }, 'data.round'],
    ],
  },
  'hall.rating.explained': {
    good: { rating: 'r-1', station: 'hall', tags: ['等候时间长'] },
    bad: [
      [{ rating: undefined }, 'data.rating'],
      [{ station: 3 }, 'data.station'],
      [{ tags: undefined }, 'data.tags'],
      [{ tags: [1] }, 'data.tags.0'],
    ],
  },
  'hall.service.given': {
    good: { station: 'hall', kind: 'express', count: 2 },
    bad: [
      [{ kind: 'tea' }, 'data.kind'],
      [{ count: -1 }, 'data.count'],
    ],
  },
  'hall.appointment.booked': appointment,
  'hall.appointment.kept': appointment,
  'hall.appointment.missed': appointment,
  'hall.window.changed': {
    good: { window: 'w03', station: 'hall', status: 'paused', reason: '交接班', staff: 's07' },
    bad: [
      [{ window: undefined }, 'data.window'],
      [{ status: 'busy' }, 'data.status'],
    ],
  },
  'hall.terminal.changed': {
    good: { terminal: 't1', station: 'hall', status: 'out-of-paper' },
    bad: [
      [{ terminal: undefined }, 'data.terminal'],
      [{ status: 'ok' }, 'data.status'],
    ],
  },
  'hall.request.received': {
    good: { request: 'r-1', station: 'meifeng', topic: '施工扰民', medium: '12345' },
    bad: [
      [{ request: undefined }, 'data.request'],
      [{ topic: ['x'] }, 'data.topic'],
    ],
  },
  'hall.request.released': {
    good: { request: 'r-1', text: '跑了三趟没办成', edited: true },
    bad: [
      [{ request: undefined }, 'data.request'],
      [{ text: 1 }, 'data.text'],
    ],
  },
  'hall.request.assigned': {
    good: { request: 'r-1', owner: 's07', dueBy: '2019-12-02T18:00:00+08:00' },
    bad: [[{ dueBy: 'tomorrow' }, 'data.dueBy']],
  },
  'hall.request.declined': {
    good: { request: 'r-1', reason: '内容不清楚' },
    bad: [[{ reason: undefined }, 'data.reason']],
  },
  'hall.request.answered': {
    good: { request: 'r-1', onTime: true, timeUnknown: true, answer: '已办好' },
    bad: [
      [{ request: 1 }, 'data.request'],
      [{ onTime: 1 }, 'data.onTime'],
    ],
  },
  'hall.complaint.received': {
    good: { complaint: 'co-1', station: 'hall', staff: 's07', about: '态度' },
    bad: [
      [{ complaint: undefined }, 'data.complaint'],
      [{ station: undefined }, 'data.station'],
    ],
  },
  'hall.complaint.released': {
    good: { complaint: 'co-1', text: '态度不好', staff: 's07' },
    bad: [[{ edited: 'yes' }, 'data.edited']],
  },
  'hall.complaint.assigned': {
    good: { complaint: 'co-1', owner: 's01' },
    bad: [[{ complaint: '' }, 'data.complaint']],
  },
  'hall.complaint.declined': {
    good: { complaint: 'co-1', reason: '与本厅无关' },
    bad: [[{ reason: undefined }, 'data.reason']],
  },
  'hall.complaint.answered': {
    good: { complaint: 'co-1', upheld: false, answer: '已核实' },
    bad: [
      [{ upheld: 'no' }, 'data.upheld'],
      [{ answer: 'x'.repeat(2_001) }, 'data.answer'],
    ],
  },
  'hall.followup.opened': {
    good: {
      followup: 'f-1',
      about: 'rating',
      case: 'case-1',
      station: 'hall',
      owner: 's07',
      dueBy: '2019-12-02T18:00:00+08:00',
    },
    bad: [
      [{ about: 'mood' }, 'data.about'],
      [{ dueBy: 'tomorrow' }, 'data.dueBy'],
    ],
  },
  'hall.followup.assigned': {
    good: { followup: 'f-1', owner: 's08' },
    bad: [[{ followup: undefined }, 'data.followup']],
  },
  'hall.followup.noted': {
    good: { followup: 'f-1', note: '已回电，解释清楚' },
    bad: [[{ note: 'x'.repeat(2_001) }, 'data.note']],
  },
  'hall.followup.submitted': {
    good: { followup: 'f-1', result: 'called-back', note: '已回访' },
    bad: [[{ result: 'done' }, 'data.result']],
  },
  'hall.followup.returned': { good: { followup: 'f-1', note: '请补充原因' }, bad: [[{ note: 5 }, 'data.note']] },
  'hall.followup.reminded': {
    good: { followup: 'f-1', term: '2019-12-02T18:00:00+08:00', step: 1 },
    bad: [[{ step: 0 }, 'data.step']],
  },
  'hall.followup.extension-asked': {
    good: { followup: 'f-1', until: '2019-12-04T18:00:00+08:00', note: '等外地材料' },
    bad: [[{ until: 'later' }, 'data.until']],
  },
  'hall.followup.extension-decided': {
    good: { followup: 'f-1', granted: true, until: '2019-12-03T18:00:00+08:00' },
    bad: [[{ granted: 'yes' }, 'data.granted']],
  },
  'hall.followup.lit': {
    good: { followup: 'f-1', lamp: 'yellow', term: '2019-12-02T18:00:00+08:00' },
    bad: [[{ lamp: 'green' }, 'data.lamp']],
  },
  'hall.followup.cause-given': {
    good: { followup: 'f-1', lamp: 'red', cause: 'late-entry' },
    bad: [[{ cause: 'weather' }, 'data.cause']],
  },
  'hall.followup.cause-decided': {
    good: { followup: 'f-1', lamp: 'red', counts: false },
    bad: [[{ counts: 1 }, 'data.counts']],
  },
  'hall.followup.reviewed': {
    good: { followup: 'f-1', misrated: true, note: '误触' },
    bad: [[{ misrated: 'yes' }, 'data.misrated']],
  },
  'hall.notice.sending': {
    good: { notice: '2019-11-25:12', robot: 'office', attempt: 1 },
    bad: [[{ attempt: 0 }, 'data.attempt']],
  },
  'hall.notice.sent': {
    good: { notice: '2019-11-25:12', robot: 'office', attempt: 1, result: 'failed', reason: 'refused' },
    bad: [[{ result: 'maybe' }, 'data.result']],
  },
  'hall.followup.closed': {
    good: { followup: 'f-1', result: 'rectified' },
    bad: [[{ result: 'ok' }, 'data.result']],
  },
  'hall.alarm.raised': {
    good: { alarm: 'a-1', kind: 'queue', station: 'hall', window: 'w03', proposal: '加开窗口' },
    bad: [
      [{ kind: undefined }, 'data.kind'],
      [{ alarm: '' }, 'data.alarm'],
    ],
  },
  'hall.alarm.taken': {
    good: { alarm: 'a-1', by: 's01', measure: '加开 05 号窗口' },
    bad: [[{ alarm: undefined }, 'data.alarm']],
  },
  'hall.alarm.ended': { good: { alarm: 'a-1', effect: '排队缓解' }, bad: [[{ effect: 1 }, 'data.effect']] },
  'hall.check.done': {
    good: { station: 'meifeng', area: 'licences', result: 'issue', by: 's01' },
    bad: [
      [{ area: '卫生间' }, 'data.area'],
      [{ area: 'a:b' }, 'data.area'],
      [{ result: 'fine' }, 'data.result'],
    ],
  },
  'hall.check.answered': {
    good: {
      station: 'meifeng',
      area: 'cases',
      day: '2019-11-22',
      finding: 'overdue',
      thing: 'case:c-1',
      answer: 'follow-up',
      note: '联系申请人补件',
      followup: 'f-1',
    },
    bad: [
      [{ finding: 'dust' }, 'data.finding'],
      [{ answer: 'fine' }, 'data.answer'],
      [{ day: '2019-02-30' }, 'data.day'],
      [{ count: 0 }, 'data.count'],
    ],
  },
  'hall.suggestion.received': {
    good: { suggestion: 'su-1', text: '建议延长周三服务时间', station: 'hall' },
    bad: [
      [{ text: ['x'] }, 'data.text'],
      [{ suggestion: undefined }, 'data.suggestion'],
    ],
  },
  'hall.suggestion.released': {
    good: { suggestion: 'su-1', by: 's01', text: '建议延长服务时间', edited: true },
    bad: [
      [{ suggestion: 1 }, 'data.suggestion'],
      [{ edited: 1 }, 'data.edited'],
    ],
  },
  'hall.suggestion.assigned': {
    good: { suggestion: 'su-1', owner: 's07', dueBy: '2019-12-02T18:00:00+08:00' },
    bad: [[{ dueBy: 'soon' }, 'data.dueBy']],
  },
  'hall.suggestion.declined': {
    good: { suggestion: 'su-1', reason: '场地所限' },
    bad: [[{ reason: undefined }, 'data.reason']],
  },
  'hall.suggestion.answered': {
    good: { suggestion: 'su-1', answer: '已采纳，下月试行', adopted: true },
    bad: [
      [{ answer: undefined }, 'data.answer'],
      [{ adopted: 'yes' }, 'data.adopted'],
    ],
  },
  'hall.star.published': star,
  'hall.star.withdrawn': star,
  'hall.star.unplanned': star,
  'hall.star.planned': {
    good: { month: '2019-10', kind: 'window', window: 'w03', publishAt: '2019-11-05T09:00:00+08:00' },
    bad: [
      [{ publishAt: undefined }, 'data.publishAt'],
      [{ publishAt: 'soon' }, 'data.publishAt'],
      [{ window: undefined }, 'data.window'],
      [{ kind: 'expert' }, 'data.staff'],
    ],
  },
  'hall.training.held': {
    good: { topic: '窗口服务礼仪', people: 60, station: 'hall' },
    bad: [
      [{ people: 0 }, 'data.people'],
      [{ topic: undefined }, 'data.topic'],
    ],
  },
  'hall.day.opened': day,
  'hall.day.closed': day,
  'hall.day.reconciled': {
    good: {
      day: '2019-11-22',
      run: 'r1',
      system: 'platform',
      title: '一窗平台',
      mapping: 'a1',
      file: 'b2',
      rows: 53,
      matched: 50,
      ledgerMissing: 1,
      fileMissing: 0,
      differs: 2,
      unread: 0,
      upTo: 4711,
    },
    bad: [
      [{ day: '22.11.2019' }, 'data.day'],
      [{ matched: -1 }, 'data.matched'],
      [{ run: undefined }, 'data.run'],
    ],
  },
  'hall.file.imported': {
    good: {
      run: 'i1',
      title: '叫号系统',
      source: '/import/queue-hall',
      mapping: 'a1',
      file: 'b2',
      rows: 53,
      newRows: 40,
      knownRows: 8,
      leftOut: 1,
      differing: 2,
      corrected: 0,
      refused: 2,
      events: 118,
    },
    bad: [
      [{ source: undefined }, 'data.source'],
      [{ events: -1 }, 'data.events'],
    ],
  },
  'hall.reconcile.noted': {
    good: { run: 'r1', finding: 3, owner: 's07', cause: 'outage', note: '系统停机，下午补录' },
    bad: [
      [{ finding: undefined }, 'data.finding'],
      [{ cause: 'weather' }, 'data.cause'],
    ],
  },
  'hall.day.frozen': {
    good: {
      ...{ day: '2019-11-25', closing: 7, figures: { accepted: 3 }, stations: { hall: { accepted: 3 } } },
      rules: { fold: '9', measures: '1', calendar: 'c1' },
      documents: { profile: digest, catalogue: digest, calendar: digest },
      silentFeeds: [{ fact: 'cases', source: 'urn:test:cases', station: 'hall' }],
      ...link,
    },
    bad: [
      [{ figures: { accepted: 'three' } }, 'data.figures.accepted'],
      [{ closing: -1 }, 'data.closing'],
      [{ mac: 'xyz' }, 'data.mac'],
    ],
  },
  'hall.day.chain-begun': {
    good: {
      reason: 'restored',
      outside: { ledger: 'l1', seq: 9, mac: digest },
      restore: { at: '2019-11-28T12:00:00Z', backup: '/mnt/backup/1', by: 'chief', answers: [digest] },
      ...link,
    },
    bad: [
      [{ reason: 'why not' }, 'data.reason'],
      [{ restore: { at: 'lately' } }, 'data.restore.at'],
      [{ rows: { after: 0 } }, 'data.rows.upTo'],
    ],
  },
  'hall.profile.changed': {
    good: { document: 'profile', version: 3, by: 's01' },
    bad: [
      [{ document: undefined }, 'data.document'],
      [{ version: 0 }, 'data.version'],
    ],
  },
  'hall.report.worded': {
    good: { report: 'month:2019-11-01:2019-11-30', text: '本月开展服务礼仪培训。', by: 's01' },
    bad: [
      [{ report: undefined }, 'data.report'],
      [{ text: 'x'.repeat(2_001) }, 'data.text'],
    ],
  },
  'hall.report.run': {
    good: {
      ...{
        report: 'sending:2019-11-21:day:morning',
        plan: 'morning',
        kind: 'day',
        from: '2019-11-21',
        to: '2019-11-21',
      },
      ...{ slot: '2019-11-22T00:30:00.000Z', status: 'begun', recipients: ['office', 'share'] },
    },
    bad: [
      [{ status: 'late' }, 'data.status'],
      [{ slot: '08:30' }, 'data.slot'],
      [{ recipients: 'office' }, 'data.recipients'],
      [{ by: 7 }, 'data.by'],
    ],
  },
  'hall.report.sending': {
    good: { report: 'sending:2019-11-21:day:morning', recipient: 'office', attempt: 1, seq: 1204 },
    bad: [
      [{ attempt: 0 }, 'data.attempt'],
      [{ seq: -1 }, 'data.seq'],
    ],
  },
  'hall.report.sent': {
    good: {
      report: 'sending:2019-11-21:day:morning',
      recipient: 'office',
      attempt: 1,
      result: 'failed',
      reason: 'later',
    },
    bad: [
      [{ result: 'lost' }, 'data.result'],
      [{ recipient: undefined }, 'data.recipient'],
    ],
  },
  'hall.queue.ended': {
    good: { queue: '2019-11-22/hall', station: 'hall', staff: 's01' },
    bad: [[{ station: undefined }, 'data.station']],
  },
  'hall.access.changed': {
    good: {
      change: 'assignment-added',
      staff: 's07',
      role: 'clerk',
      station: 'hall',
      from: '2019-11-25',
      until: '2019-11-29',
      note: '替班一周',
    },
    bad: [
      [{ change: 'promoted' }, 'data.change'],
      [{ staff: '' }, 'data.staff'],
      [{ from: '25.11.2019' }, 'data.from'],
      [{ until: 20191129 }, 'data.until'],
    ],
  },
  'hall.feed.changed': {
    good: { station: 'hall', facts: ['tickets', 'cases'], status: 'desk' },
    bad: [
      [{ station: undefined }, 'data.station'],
      [{ facts: [] }, 'data.facts'],
      [{ facts: ['tickets', 'weather'] }, 'data.facts.1'],
      [{ status: 'down' }, 'data.status'],
    ],
  },
};
