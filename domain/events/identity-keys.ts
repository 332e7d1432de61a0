/** Reads from a field's own name that it holds a citizen's name, identity number or telephone. */

/** What of a citizen must not be kept. */
export type IdentityKind = 'name' | 'identity-number' | 'telephone';

const PEOPLE =
  'applicant citizen customer client contact person user visitor complainant reporter resident agent guardian ' +
  'parent patient payer receiver recipient consignee emergency emergencycontact contactperson principal legal ' +
  'legalperson representative legalrepresentative insured insuredperson spouse mother father child holder cardholder home my his her';

const NAMES =
  'name fullname realname truename username surname lastname firstname givenname familyname personname chinesename ' +
  'namezh zhname xm xingming sqr sqrxm sqrmc lxr lxrxm dsr hzxm';
const NUMBERS =
  'idcard idcardno idcardnum idcardnumber idno idnum idnumber identityno identitynum identitynumber identitycard ' +
  'identitycardno identitycardnumber nationalid citizenid certno credentialno ' +
  'passport passportno passportnumber ssn sfz sfzh sfzhm sfzjh shenfenzheng shenfenzhenghao zjhm sqrzjhm zjh socialsecuritynumber';
const TELEPHONES =
  'phone phoneno phonenum phonenumber mobile mobileno mobilenum mobilenumber mobilephone mobilephoneno mobilephonenumber ' +
  'tel telno telnum telnumber telephone telephoneno telephonenumber cellphone cellphoneno cellphonenumber handphone landline ' +
  'sjh sjhm lxdh lxfs dhhm shouji shoujihao dianhua contactnumber contactno contactinfo callernumber callerid';

const kinds: readonly (readonly [IdentityKind, ReadonlySet<string>])[] = [
  ['name', new Set(NAMES.split(' '))],
  ['identity-number', new Set(NUMBERS.split(' '))],
  ['telephone', new Set(TELEPHONES.split(' '))],
];
const people = new Set([
  ...PEOPLE.split(' '),
  ...'申请人 联系人 当事人 户主 本人 公民 市民 群众 办事人 代理人 监护人'.split(' '),
]);
const longestPerson = Math.max(...[...people].map((word) => word.length));

const chineseName =
  /姓名$|^(?:名字|申请人|联系人|当事人|户主|本人|办事人|来访人|投诉人|代理人|监护人|收件人|法定代表人|参保人|患者|产妇)(?:名称)?$/;
const chineseNumber =
  /(?:身份证|证件号|证件号码|身份证明号码?|公民身份号码|护照号?|护照号码|社保卡号|医保卡号)(?:号码?)?$/;
const chineseTelephone = /(?:手机|电话|手机号|手机号码|电话号码|联系方式|座机|来电号码|主叫号码)$/;

/**
 * The kind of identity that a field called `key` says it holds, whatever its case and separators:
 * `applicantName`, `applicant_name`, `ID Card No.`, `联系电话`. `undefined` for every other field,
 * `stationName` and `itemName` among them.
 */
export function kindOfKey(key: string): IdentityKind | undefined {
  const plain = key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./:()#]+/g, '');
  if (chineseName.test(plain)) return 'name';
  if (chineseNumber.test(plain)) return 'identity-number';
  if (chineseTelephone.test(plain)) return 'telephone';
  for (const [kind, words] of kinds) if (words.has(plain)) return kind;
  for (let length = 2; length <= longestPerson && length < plain.length; length++) {
    if (!people.has(plain.slice(0, length))) continue;
    const rest = plain.slice(length);
    for (const [kind, words] of kinds) if (words.has(rest)) return kind;
  }
  return undefined;
}
