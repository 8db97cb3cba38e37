import type { Rule } from './rule.ts'

// The rules of the guide, by chapter.

const guide = (id: string, sentence: string): Rule => ({
  id,
  chapter: /^G-([\d.]+)-/.exec(id)![1]!,
  sentence,
  confidence: 'documented'
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
