/** What a follow-up is about, in Chinese. */
import type { FollowupAbout } from '../../../domain/events/schema.ts';

export const followupAbout: Readonly<Record<FollowupAbout, string>> = {
  rating: '差评回访',
  overdue: '超期督办',
  licence: '证照未上传',
  deferred: '容缺待补',
  check: '核查问题',
  suggestion: '谏言待答复',
  instruction: '领导批示',
};
