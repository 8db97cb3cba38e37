/** @module The rules of the guide, the decisions, the error numbers and the facts of a failure. */

/**
 * What the module is built to: the rules drawn from the SSL/TLS User Guide (`G-<chapter>-<n>`), the decisions where
 * sources differ or are silent (`D-<n>`), and what trying it from outside showed to be wrong (`M-<n>`), each in one sentence.
 * Tests cite the ids; the conformance report, the explanations and the command matrix read them here.
 */
export interface Rule {
  readonly id: string
  /** Chapter of the guide; for a decision, the one it concerns. Null: the guide has none. */
  readonly chapter: string | null
  readonly sentence: string
  readonly confidence: Confidence
}

/** `ours`: nothing outside says so, the simulator needed an answer. */
export type Confidence = 'documented' | 'seen' | 'inferred' | 'ours'

const guide = (id: string, sentence: string): Rule => ({
  id,
  chapter: /^G-([\d.]+)-/.exec(id)![1]!,
  sentence,
  confidence: 'documented'
})

const decision = (id: string, chapter: string | null, confidence: Confidence, sentence: string): Rule => ({
  id,
  chapter,
  sentence,
  confidence
})

export const guideRules: readonly Rule[] = [
  guide(
    'G-0-1',
    'Every product of the applicability table can be chosen, under its family and from its minimum software on.'
  ),
  guide('G-0-2', 'HE910 is a type name: HE910-G and HE910-DG are sales names of it and behave as HE910.'),
  guide(
    'G-0-3',
    'Below the minimum version of a line there are no #SSL commands and #FTPCFG has no third parameter; all else is the same.'
  ),
  guide(
    'G-0-4',
    'Over the revisions of the guide, the 12.00 line gained suites, auth mode 0, client authentication and FTPS.'
  ),

  guide('G-2.1-1', '+CGDCONT defines a PDP context; quotes around the type are optional.'),
  guide('G-2.1-2', 'The SSL socket uses only context 1.'),
  guide('G-2.1-3', '#SGACT activates and deactivates a context; activation prints the address that the network gave.'),
  guide('G-2.1-4', 'Without an active context 1 the SSL socket cannot be opened.'),
  guide('G-2.2-1', 'The protocol is TLS 1.0 with X.509 certificates and RSA key exchange.'),
  guide('G-2.2-2', 'GSM families number the suites 1 RC4-MD5, 2 RC4-SHA, 3 AES256-SHA.'),
  guide('G-2.2-3', 'HE910 and UE910 number the suites 1 RC4-MD5, 2 RC4-SHA, 3 AES128-SHA, 4 NULL-SHA.'),
  guide('G-2.2-4', 'With a server that supports none of the proposed suites the handshake fails.'),
  guide('G-2.2-5', 'Stored data has at most 2047 bytes, and a larger server certificate cannot be authenticated.'),

  guide('G-3.1-1', '#SSLEN turns the socket on or off; the only socket is number 1.'),
  guide('G-3.1-2', 'Before #SSLEN every other SSL command fails, except test forms and #SSLS.'),
  guide('G-3.1-3', 'Only the AT instance that enabled SSL can use it, until it disables SSL.'),
  guide('G-3.2-1', 'On GSM families #SSLSECCFG takes socket, suite 0 to 3 and auth mode 0 to 2.'),
  guide(
    'G-3.2-2',
    'On HE910 and UE910 #SSLSECCFG takes suite 0 to 4 and, as a fourth parameter, the certificate format: 0 DER, 1 PEM.'
  ),
  guide(
    'G-3.2-3',
    'Suite 0 proposes several suites in the order of the family, but never NULL-SHA; the server chooses.'
  ),
  guide('G-3.2-4', 'Any other suite number proposes only that suite.'),
  guide(
    'G-3.2-5',
    'Auth mode 0 needs no stored data, 1 the CA certificate, 2 also the client certificate and its key.'
  ),
  guide(
    'G-3.2-6',
    'The certificate format is PEM by default; the read form shows it only after a format has been set.'
  ),
  guide(
    'G-3.3-1',
    '#SSLSECDATA deletes, writes or reads the client certificate, the CA certificate or the private key.'
  ),
  guide('G-3.3-2', 'Security data survives power-off.'),
  guide('G-3.3-3', 'Writing prompts for the data; PEM ends with Ctrl-Z.'),
  guide('G-3.3-4', 'During the entry of PEM, backspace and escape take effect at once.'),
  guide(
    'G-3.3-5',
    'GSM families accept PEM only with bare line feeds; a CR or a stray end-of-file byte is stored and makes the data unusable.'
  ),
  guide('G-3.3-6', 'DER is entered by count: the entry ends by itself, and no byte of it is a control character.'),
  guide('G-3.3-7', 'HE910 and UE910 read private keys in PKCS#1 only.'),
  guide('G-3.3-8', 'HE910 and UE910 may have a preloaded CA certificate, so that none needs to be written.'),
  guide('G-3.3-9', 'Every signature of the chain the server sends is verified, up to the stored root.'),
  guide(
    'G-3.3-10',
    'A certificate that has expired by the clock of the module, also the stored one, makes the connection fail.'
  ),
  guide('G-3.3-11', 'With #NITZ off and the clock set back, an expired certificate is accepted.'),
  guide('G-3.3-12', 'The root certificate of an HTTPS server can be obtained from the chain that it sends.'),
  guide('G-3.4-1', '#SSLCFG sets context, packet size and three time limits; the context is 1.'),
  guide('G-3.4-2', 'The packet size is the number of bytes that the stack sends at once in online mode.'),
  guide('G-3.4-3', 'In online mode, a connection without data in either direction for maxTo is closed.'),
  guide('G-3.4-4', 'defTo is the timeout of commands that do not specify one.'),
  guide('G-3.4-5', 'In online mode, waiting bytes are sent after txTo even if the packet is not full.'),
  guide('G-3.5-1', 'The example without verification runs on every family.'),
  guide(
    'G-3.5-2',
    'The example of server authentication runs on every family, with PEM by default, PEM given explicitly, and DER where it exists.'
  ),
  guide('G-3.5-3', 'The example of mutual authentication runs on every family.'),

  guide('G-4.0-1', 'GSM modules cannot receive a record of more than 15800 bytes; the GE910 products can.'),
  guide('G-4.1-1', '#SSLD takes port, address or name, closure type, mode and a timeout.'),
  guide('G-4.1-2', 'Closure type 1 keeps the TLS session for a fast dial; HE910 and UE910 accept only 0.'),
  guide('G-4.1-3', 'Mode 0 answers CONNECT, and every byte is then data; mode 1 answers OK and stays in command mode.'),
  guide('G-4.1-4', 'Whenever the handshake fails, the answer is an error.'),
  guide('G-4.1-5', 'The timeout limits each wait for TCP data during the handshake.'),
  guide(
    'G-4.1-6',
    'On 10.00 and 16.00, large certificates take so long that only #CPUMODE 2 or 4 avoids the timeout; 12.00 and 13.00 are fast enough and do not have it.'
  ),
  guide('G-4.2-1', 'In online mode, data is sent once a packet is full or txTo expires.'),
  guide('G-4.2-2', 'In online mode the port accepts no commands until +++ suspends the connection.'),
  guide('G-4.2-3', '#SSLO returns the open socket to online mode, also one opened in command mode.'),
  guide('G-4.2-4', 'In online mode, expiry of maxTo and closure by the server both end in NO CARRIER.'),
  guide('G-4.2-5', 'In command mode each command blocks until its result.'),
  guide('G-4.2-6', '#SSLSEND prompts, and Ctrl-Z sends.'),
  guide('G-4.2-7', '#SSLRECV prints the number of bytes and the bytes, or 0 and TIMEOUT.'),
  guide(
    'G-4.3-1',
    '#SSLH closes the socket in any command state; closure type 1 keeps the TLS session, where the family has it.'
  ),
  guide('G-4.3-2', 'An online socket needs +++ before #SSLH, unless the connection has already ended.'),
  guide(
    'G-4.3-3',
    'In command mode, data that the server sent before it closed can still be read; then NO CARRIER follows, and no #SSLH is needed.'
  ),
  guide('G-4.4-1', '#SSLFASTD resumes the kept TLS session without a full handshake, in online or command mode.'),
  guide('G-4.4-2', 'A fast dial needs closure type 1 in #SSLD or #SSLH; closing with 0 deletes the TLS session.'),
  guide('G-4.4-3', 'HE910 and UE910 have no #SSLFASTD.'),
  guide('G-4.5-1', 'The example of online mode runs on every family.'),
  guide('G-4.5-2', 'The example of command mode runs on every family.'),
  guide('G-4.5-3', 'The example that goes from online to command mode runs on every family.'),
  guide('G-4.5-4', 'The example of the fast dial runs on the GSM families.'),
  guide('G-4.5-5', 'The example of an HTTPS server runs on every family.'),
  guide('G-4.5-6', '#SSLS prints 2 and the suite for an open socket, 1 for a closed one.'),

  guide('G-5-1', 'The third parameter of #FTPCFG turns FTPS on.'),
  guide('G-5-2', 'FTPS is explicit: AUTH TLS comes first, then user and password.'),
  guide('G-5-3', 'Every data connection of an FTPS session is protected.'),
  guide('G-5-4', 'Control connection and data connection each make a full handshake.'),
  guide('G-5-5', 'FTPS uses the certificates and settings of the SSL socket for both connections.'),
  guide('G-5-6', 'The example of chapter 5 runs: open, get a file between CONNECT and NO CARRIER, close.'),

  guide('G-6-1', '+CMEE chooses between ERROR, a number and words.'),
  guide('G-6-2', 'The eleven SSL errors 830 to 840 can each be provoked.')
]

export const decisions: readonly Rule[] = [
  decision(
    'D-1',
    '3.4',
    'seen',
    '#SSLCFG takes six to twelve parameters, of which the seventh is for SSLSRING, and its read form has ten.'
  ),
  decision(
    'D-2',
    '4.2',
    'seen',
    'SSLSRING is off until the seventh parameter of #SSLCFG turns it on, and is sent as a separate burst.'
  ),
  decision(
    'D-3',
    '3.4',
    'inferred',
    'pktSize 0 to 1500 (0 is 300), maxTo 0 to 65535 s, defTo 10 to 5000 and txTo 0 to 255 tenths of a second.'
  ),
  decision(
    'D-4',
    '4.1',
    'documented',
    '#SSLD may omit mode (then command mode) and timeout. The timeout limits each wait for a complete record; the whole handshake may take ten times as long.'
  ),
  decision('D-5', '4.3', 'inferred', '#SSLH without a closure type uses that of #SSLD, or 1 after a fast dial.'),
  decision(
    'D-6',
    '4.2',
    'seen',
    '#SSLRECV answers in one write, counts only payload, and accepts 1 to 1500, on line 12 up to 1000; above that the error is 4.'
  ),
  decision(
    'D-7',
    '4.3',
    'seen',
    'When a connection ends in command mode, unread data can still be read, also by #SSLO; after the last byte NO CARRIER follows.'
  ),
  decision('D-8', '4.2', 'inferred', '#SSLSEND takes 1023 bytes and drops the rest; a CR after Ctrl-Z is dropped.'),
  decision(
    'D-9',
    '4.2',
    'seen',
    'The newest versions have #SSLSENDEXT, which sends by count and takes every byte as data.'
  ),
  decision(
    'D-10',
    '4.2',
    'seen',
    'The prompt is CR LF > space; ESC cancels the entry with OK, BS deletes the last byte.'
  ),
  decision(
    'D-11',
    null,
    'seen',
    'One LF right after the CR of a command is echoed and dropped; after the prompt or CONNECT only within 50 ms, from a host that sends CR LF.'
  ),
  decision(
    'D-12',
    '3.3',
    'seen',
    '#SSLSECDATA? shows which slots are filled; reading or deleting an empty slot gives OK; bytes beyond the given size are dropped.'
  ),
  decision('D-13', '3.1', 'seen', '#SSLS prints 0 while SSL is disabled.'),
  decision(
    'D-14',
    '3.1',
    'inferred',
    'Enabling twice gives 835, disabling while disabled 836; disabling closes an open connection silently.'
  ),
  decision('D-15', '5', 'inferred', 'With FTPS on, the SSL socket can be configured without #SSLEN.'),
  decision('D-16', '5', 'documented', 'FTPS on port 990 is explicit too.'),
  decision(
    'D-17',
    '2.1',
    'seen',
    '#SGACT prints the address after a space; already active gives 553, not defined 556; its read form has one line for each defined context.'
  ),
  decision(
    'D-18',
    '4.2',
    'seen',
    'The guarded +++ answers OK, keeps the connection and is sent to the server unless #SKIPESC is 1.'
  ),
  decision(
    'D-19',
    null,
    'seen',
    'Echo is on after power-up and repeats the input as it arrives: the line, its CR, and a following LF.'
  ),
  decision(
    'D-20',
    null,
    'seen',
    'Names in any case, quotes optional, basic and extended commands on one line; 400 characters on new versions, 80 on old. = writes a register after S, Sn or the prefix, E=0 means E0, and = after any other basic command is an error.'
  ),
  decision('D-21', '6', 'seen', 'Error words outside the guide come from drivers and the AT reference.'),
  decision(
    'D-22',
    '6',
    'seen',
    'Unknown commands and bad syntax are a plain ERROR whatever +CMEE says; a value out of range too, unless a driver shows a code.'
  ),
  decision(
    'D-23',
    '4.2',
    'inferred',
    'One line that arrives while a command blocks is kept, and runs after the result.'
  ),
  decision(
    'D-24',
    '4.4',
    'inferred',
    'Power-off, #SSLEN=1,0, #SSLH=1,0 and an end without close_notify from either side delete the kept session; when the server refuses it, a full handshake follows.'
  ),
  decision(
    'D-25',
    null,
    'inferred',
    'Security data, contexts and SSL settings are stored at once, registers and URC modes with &W; state is never stored.'
  ),
  decision(
    'D-26',
    '3.3',
    'inferred',
    'The chain is checked up to the stored certificate: signatures, dates to the last second, CA flags of version 3 intermediates. The host name is not checked; a profile switch decides whether critical name constraints, policies and extended key usage are ignored or refused.'
  ),
  decision('D-27', '6', 'inferred', 'Each way in which a dial or a transfer fails has one error number.'),
  decision(
    'D-28',
    null,
    'ours',
    'A line is the major number of a software version; customer digits never count; what each version adds is data.'
  ),
  decision(
    'D-29',
    null,
    'inferred',
    'A fresh module is on, has a SIM without PIN, context 1 defined, and registers at home with the time of the network.'
  ),
  decision(
    'D-30',
    null,
    'ours',
    'The lab answers at the address and a name of the examples, and --route redirects any address.'
  ),
  decision('D-31', '4.5', 'inferred', 'The suite in #SSLS is the one in use in the numbering of the family, never 0.'),
  decision(
    'D-32',
    '3.3',
    'inferred',
    'GSM reads keys as PKCS#1 and PKCS#8, HE910 and UE910 as PKCS#1; anything else is 837 at the dial.'
  ),
  decision('D-33', '4.1', 'inferred', '#CPUMODE exists on 10 and 16 with 0 to 4, and is unknown on 12 and 13.'),
  decision(
    'D-34',
    null,
    'ours',
    'A setting without any visible effect here is stored, read back and marked; a command that acts is never a stub.'
  ),
  decision('D-35', '2.1', 'seen', '#GPRS is the older name of activating context 1.'),
  decision(
    'D-36',
    null,
    'inferred',
    'Port and link survive a restart; the module is silent for its boot time, then reads commands, without a banner.'
  ),
  decision('D-37', null, 'ours', 'Answers come at once, unless --latency real sets the delays of real modules.'),
  decision(
    'D-38',
    '4.2',
    'inferred',
    'A send that ends in 832 closes the socket: data of a failed send is never delivered later.'
  ),
  decision(
    'D-39',
    '3.3',
    'inferred',
    'A counted entry without a byte for 60 s ends with ERROR, and nothing is stored or sent.'
  ),
  decision(
    'D-40',
    null,
    'seen',
    'On line 12, +CREG and +CGREG in mode 2 and +COPS? give the access technology, and +COPS accepts it.'
  ),
  decision(
    'D-41',
    '3.3',
    'documented',
    'A preloaded CA certificate is shown as stored, can be deleted, and returns only with factory data.'
  ),
  decision(
    'D-42',
    null,
    'ours',
    'A command that gives ERROR is reported as not emulated here (its hardware has it), not on this product, or unknown. One list of names also marks their secrets.'
  ),
  decision(
    'D-43',
    null,
    'inferred',
    'Bytes before a result code, or within 20 ms after it, are accepted with a warning that hardware would likely lose them.'
  )
]

/** A rule that a real driver or a trial from outside showed to be missing; `M-<n>`, in the order of their numbers. */
const outside = (id: string, chapter: string | null, confidence: Confidence, sentence: string): Rule => ({
  id,
  chapter,
  sentence,
  confidence
})

export const foundFromOutside: readonly Rule[] = [
  outside(
    'M-1',
    null,
    'seen',
    'An LF after the CR of a command is echoed as it came, so that answers are at the offsets that drivers count.'
  ),
  outside(
    'M-2',
    '4.1',
    'seen',
    'After CONNECT and at a counted prompt every byte is data, also an LF that arrives late.'
  ),
  outside(
    'M-3',
    '4.2',
    'inferred',
    'A connection that ended with unread data can still enter online mode: #SSLO gives CONNECT, the data, NO CARRIER.'
  ),
  outside('M-7', null, 'seen', 'UMTS lines give the access technology in +CREG, +CGREG and +COPS; GSM lines do not.'),
  outside(
    'M-12',
    '4.3',
    'inferred',
    'Data received before the context or the network was lost stays readable until it is read or #SSLH closes the socket.'
  )
]

/** The tables with the headings under which reports print them. */
export const ruleTables: readonly { readonly heading: string; readonly rules: readonly Rule[] }[] = [
  { heading: 'Rules and decisions', rules: [...guideRules, ...decisions] },
  { heading: 'Found from outside', rules: foundFromOutside }
]

export const rules: readonly Rule[] = ruleTables.flatMap((table) => table.rules)

const byId = new Map(rules.map((rule) => [rule.id, rule]))

/** The rule or decision with this id; undefined where the id is none, such as a chapter of the AT reference. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id)
}

/** Where the guide's print is wrong, and how it runs here (G-4.5-1 to G-4.5-5). */
export const errata: readonly { readonly chapter: string; readonly sentence: string }[] = [
  { chapter: '2.1.2', sentence: 'The answer of #SGACT has a space before the address; it is missing in the guide.' },
  {
    chapter: '3.5.2',
    sentence:
      'The examples for HE910 and UE910 are cut off in our copy; they are run with PEM by default, PEM given explicitly, and DER.'
  },
  {
    chapter: '4.1',
    sentence:
      'The cell on 12.00 and 13.00 is cut off in our copy; those versions are assumed not to need #CPUMODE and not to have it.'
  },
  { chapter: '4.5.2', sentence: 'The first #SSLRECV prints TIMEOUT after its 0; the word is missing in the guide.' },
  {
    chapter: '4.5.2',
    sentence: 'The second #SSLRECV gives the 15 bytes that the third lacks; the guide shows no data for it.'
  },
  {
    chapter: '4.5.2',
    sentence: 'The rest of the text is 8 bytes long, not 6: the space and the exclamation mark count.'
  },
  { chapter: '4.5.4', sentence: '#SSLFASTD answers CONNECT in online mode; it is missing in the guide.' }
]
