/** Tells the telephones of offices, which everybody may call, from those of citizens: both have seven or eight digits. */

/** Behind such a word stands the line of an office: 办公电话 0755-…, 派出所值班室 0755-…. A switchboard with an extension is one person's. */
const officeBefore =
  /(?:(?:办公|公开|值班|总值班|咨询|服务|对外|监督|监察|投诉|举报|预约|报修|报障|抢修|客服|信访|前台|窗口|大厅|中心|分?厅|工作站|街道|街道办|办事处|派出所|社区|居委会?|党群|医院|社康|学校|物业|管理处|燃气|供水|供电|电力|法院|仲裁委?|协会|[局所科委办])(?:室|处|台)?(?:联系|办公|公开|值班|咨询|服务|对外|热线|监督|投诉|举报)?(?:电话|热线|专线|座机|固话|号码|传真|请拨打?|可拨打?|请打|请致电)|(?:热线|专线|值班室|办公室|传达室|咨询台|对外服务|咨询|公开|办公)(?:请拨打?|可拨打?|请打|请致电)?)(?:号码?|是|为|改为|变更为|[^\p{L}\p{N}]){0,4}$/u;
/** Before it: 0755-…公开电话, 0755-… (工作时间). */
const officeAfter =
  /^[^\p{L}\p{N}]{0,2}(?:为?(?:我?[局所办中心]{1,2})?(?:公开|办公|对外|咨询|值班|监督|投诉|举报|热线|服务)(?:电话|热线|号码|专线|使用)|\(?(?:工作日|工作时间|办公时间|上班时间))/u;
/** Who calls, or is to be called back: 市民来电咨询，电话 0755-…. */
const citizen =
  /[我他她您家宅住父母爸妈儿女夫妻爷奶姨叔婆]|本人|自己|来电|来访|回电|回拨|回复|群众|市民|居民|村民|租客|业主|户主|老人|长者|先生|女士|小姐|[诉报询系请办事联]人|留|私人/;

/** An extension is one person's, and a label with a number alone is what a form asks somebody for. */
const extension = /^[^\p{L}\p{N}]{0,3}转[^\p{L}\p{N}]?\d/u;
const formField = /^[^\p{L}\p{N}]*办公(?:电话|座机)[^\p{L}\p{N}]*$/u;

/** Farther off, nobody reads it as said of this number. */
const BEFORE = 18;
const AFTER = 14;

/** Whether the landline at `start` to `end` of `text` is said to be an office's, and no citizen is spoken of beside it. */
export function isPublicLine(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const after = text.slice(end, end + AFTER);
  if (citizen.test(before) || extension.test(after)) return false;
  if (start < BEFORE && formField.test(before) && !/\p{L}/u.test(after)) return false;
  return officeBefore.test(before) || officeAfter.test(after);
}
