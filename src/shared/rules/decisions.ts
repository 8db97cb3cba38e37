import type { Confidence, Rule } from './rule.ts'

// The decisions, where sources differ or are silent.

const decision = (id: string, chapter: string | null, confidence: Confidence, sentence: string): Rule => ({
  id,
  chapter,
  sentence,
  confidence
})

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
  ),
  decision(
    'D-45',
    null,
    'seen',
    '#SRECV on an empty buffer is error 555, whether the connection is open or closed; 4 was seen too.'
  ),
  decision(
    'D-46',
    null,
    'inferred',
    'A dial that began and fails online gives NO CARRIER; one that is refused before that, and any in command mode, gives a number.'
  ),
  decision('D-110', null, 'inferred', 'The factory binds every connection to context 1.'),
  decision(
    'D-112',
    null,
    'seen',
    '#SCFGEXT3, #SLASTCLOSURE, noCarrierMode and txTo 256 and 257 exist on the newest version of each line; other software takes noCarrierMode 0 only.'
  ),
  decision(
    'D-113',
    null,
    'inferred',
    '#SSEND takes 1500 bytes on line 12 and on the newest versions, 1024 on other GSM software, and drops the rest.'
  ),
  decision(
    'D-114',
    null,
    'inferred',
    'Error numbers of the plain sockets: #SCFG of an open connection 557, #SD of one 4, timeout 559, refused 560, closed 561, another AT instance 3. #ST prints 1 TCP, 2 UDP and 1 dialled, 2 accepted. After closure type 255 has hidden the end of the peer, nothing is sent.'
  )
]
