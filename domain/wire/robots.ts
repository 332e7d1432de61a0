/** The wire of the robots of groups: which there are and how they answer. No address, no secret. */

/** `GET /api/robots` answers `{robots}` of these; counts are of the last day. */
export interface RobotView {
  readonly id: string;
  readonly kind: 'wecom' | 'dingtalk' | 'feishu';
  readonly name: string;
  readonly station?: string;
  readonly host: string;
  readonly isSigned: boolean;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  readonly waiting: number;
}
