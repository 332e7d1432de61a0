/** What the page on trusting a hall says in English. */
import type { TrustWords } from '../zh/trust.ts';

export const trust: TrustWords = {
  date: (year, month, day) => `${day}.${month}.${year}`,
  title: 'Trust this hall',
  lead: "Install the hall's certificate on this device once. From then on its pages are encrypted, and nobody can read passwords on the way. When the server's certificate is renewed, nothing need be installed again.",
  loading: 'Reading…',
  unreachable: "The hall's server cannot be reached. Is this device in the hall's network?",
  none: {
    title: 'This hall has no certificate yet',
    lead: 'On the server, in the folder of the product, run this line, then start the product again:',
    command: 'npm run certificate',
    after: 'Then reload this page.',
  },
  compare: {
    title: 'Compare the fingerprint, download the certificate',
    lead: 'Walk up to the server and compare with what npm run certificate printed there. Capitals, spaces and colons do not matter; every other sign does.',
    warning:
      'If it differs, do not install it: somebody has put another certificate in its place, and could read whatever this device does on any site. Tell the administrator at once.',
    hint: 'It is safest to compare what really goes into the device: the steps below say where it is shown.',
  },
  download: 'Download the certificate',
  file: 'hall-authority.crt',
  inList: (title, until) => `The device lists it as “${title}”; it is good until ${until}.`,
  stepsTitle: 'Install it',
  guides: {
    windows: {
      title: 'Windows',
      steps: [
        'Check the file: type cmd into the address bar of the Downloads folder, then this line, and compare the result with the fingerprint above.',
        '$ certutil -hashfile hall-authority.crt SHA256',
        "Double-click hall-authority.crt, choose Install Certificate, then Local Machine (Current User if you have no administrator's password).",
        'Choose “Place all certificates in the following store”, Browse, “Trusted Root Certification Authorities”, and go on to the end.',
        'Close the browser entirely and open it again. Chrome, Edge and their like trust what Windows trusts.',
      ],
    },
    android: {
      title: 'Android (Huawei too)',
      steps: [
        'Open Settings and search for “CA certificate”; usually under Security → Encryption & credentials → Install a certificate → CA certificate.',
        "At “Your data won't be private” choose Install anyway, and pick hall-authority.crt. A device without a screen lock asks for one first.",
        'Back in Encryption & credentials → Trusted credentials → User, open the certificate and compare its SHA-256 fingerprint. If it differs, remove it at once.',
        "Use Chrome or the system's browser; WeChat does not take certificates that you installed.",
      ],
    },
    uos: {
      title: 'UOS, Kylin and other Linux',
      steps: [
        'Check the file: open a terminal in the downloads folder, type this line, and compare the result with the fingerprint above.',
        '$ sha256sum hall-authority.crt',
        'In the browser: Settings → Privacy and security → Security → Manage certificates → Authorities → Import. Tick “Trust this certificate for identifying websites”.',
        'Or in the same terminal (certutil comes with libnss3-tools):',
        '$ mkdir -p ~/.pki/nssdb',
        '$ certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n hallpulse -i hall-authority.crt',
        'Close the browser entirely and open it again. Each account of the computer installs it for itself.',
      ],
    },
    ios: {
      title: 'iPhone, iPad',
      steps: [
        'Download with Safari and choose Allow. Then Settings → Profile Downloaded → Install.',
        'Before installing, open More Details and the certificate, and compare its SHA-256 fingerprint.',
        'Settings → General → About → Certificate Trust Settings: switch this certificate on. Without the switch it is not trusted.',
      ],
    },
    other: {
      title: 'Firefox',
      steps: [
        'Settings → Privacy & Security → View Certificates → Authorities → Import. Tick “Trust this CA to identify websites”.',
        'Before you tick it, choose View and compare the SHA-256 fingerprint.',
      ],
    },
  },
  thisDevice: 'this device',
  check: {
    title: 'When it is installed',
    open: 'Open the encrypted address',
    secure: 'This connection is encrypted. If the address bar shows no warning, all is done.',
    names: (names) => `Only these names and addresses can be opened encrypted: ${names}.`,
    until: (day) =>
      `The server's certificate is good until ${day}; before then somebody runs npm run certificate on the server again.`,
    notServed: 'The certificate is made and the server does not use it yet: start the product again.',
  },
  only: {
    title: 'What does not work without encryption',
    lead: 'The desk can be used without the certificate, but:',
    items: [
      'While the network is down the desk cannot be opened: what is open goes on recording, what was closed waits for the network.',
      'Copy buttons do not work: select the text and copy it yourself.',
      'The desk cannot be installed as an app.',
      'A wall cannot keep its screen awake: switch sleep off in the system.',
      'Whoever listens on the network can read passwords.',
    ],
  },
  other: '中文',
};
