import type { CmeErrorName } from '../rules/errors.ts'
import type { Finding } from '../rules/failure-facts.ts'
import * as certificateDates from './certificate-dates.ts'
import * as certificates from './certificates.ts'
import * as clientCertificate from './client-certificate.ts'
import * as ends from './ends.ts'
import * as fastDial from './fast-dial.ts'
import * as ftp from './ftp.ts'
import { general, memoryFailure } from './general.ts'
import * as handshakeTime from './handshake-time.ts'
import * as handshake from './handshake.ts'
import * as line from './line.ts'
import * as negotiation from './negotiation.ts'
import * as network from './network.ts'
import * as parameters from './parameters.ts'
import * as plain from './plain-socket.ts'
import * as ring from './ring.ts'
import * as sim from './sim.ts'
import * as socket from './socket.ts'
import * as stored from './stored-data.ts'
import type { Builder } from './story.ts'

/** The builder of each finding; failures without a finding are explained by their error. Both tables are complete. */
export const byFinding: Readonly<Record<Finding, Builder>> = {
  'certificate-expired': certificateDates.expired,
  'certificate-not-yet-valid': certificateDates.notYetValid,
  'certificate-too-large': certificates.tooLarge,
  'chain-not-trusted': certificates.notTrusted,
  'chain-in-circle': certificates.chainInCircle,
  'certificate-self-signed': certificates.selfSigned,
  'signature-wrong': certificates.signatureWrong,
  'signature-refused': certificates.signatureRefused,
  'certificate-unusable': certificates.unusable,
  'critical-extension-refused': certificates.criticalRefused,
  'not-an-authority': certificates.notAnAuthority,
  'key-not-rsa': certificates.keyNotRsa,

  'no-common-suite': negotiation.noCommonSuite,
  'suite-not-proposed': negotiation.suiteNotProposed,
  'version-refused': negotiation.versionRefused,
  'client-certificate-wanted': clientCertificate.clientCertificateWanted,
  'client-certificate-refused': clientCertificate.clientCertificateRefused,
  'alert-received': handshake.alertReceived,
  'far-end-left': handshake.farEndLeft,
  'handshake-silent': handshakeTime.handshakeSilent,
  'handshake-slow': handshakeTime.handshakeSlow,
  'processor-busy': handshakeTime.processorBusy,
  'finished-wrong': handshake.finishedWrong,
  'not-tls': handshake.notTls,
  'record-too-large': handshake.recordTooLarge,
  'record-damaged': handshake.recordDamaged,
  'protocol-broken': handshake.protocolBroken,

  'slot-empty': stored.slotEmpty,
  'slot-stray-byte': stored.strayByte,
  'slot-cut-short': stored.cutShort,
  'slot-unreadable': stored.unreadable,
  'slot-der': stored.slotInDer,
  'key-format': stored.keyFormat,
  'key-mismatch': stored.keyMismatch,

  'tcp-refused': socket.tcpRefused,
  'tcp-silent': socket.tcpSilent,
  'far-end-stuck': socket.farEndStuck,
  'context-lost': socket.contextLost,
  'name-unknown': network.nameUnknown,
  'context-not-defined': network.contextNotDefined,
  'context-not-active': network.contextNotActive,
  'apn-refused': network.apnRefused,
  'no-such-network': network.noSuchNetwork,
  'not-registered': network.notRegistered,

  'unknown-command': line.unknownCommand,
  'bad-parameter': parameters.badParameter,
  'no-such-form': line.noSuchForm,
  'line-too-long': line.lineTooLong,
  'nothing-entered': line.nothingEntered,
  'entry-timeout': line.entryTimeout,
  'bad-syntax': line.badSyntax,

  'no-kept-session': socket.noKeptSession,
  'session-refused': fastDial.sessionRefused,
  'session-not-offered': fastDial.sessionNotOffered,
  'illegal-state': socket.illegalState,

  'socket-open': plain.socketOpen,
  'socket-closed': plain.socketClosed,
  'socket-empty': plain.socketEmpty,
  'socket-elsewhere': plain.socketElsewhere,
  'socket-not-udp': plain.notUdp,
  'socket-no-caller': plain.noCaller,
  'already-listening': plain.alreadyListening,
  'no-socket-bound': plain.noSocketBound,
  'too-many-contexts': plain.tooManyContexts,
  'hex-wrong': plain.hexWrong,
  'dial-aborted': plain.dialAborted,

  'far-end-closed': ends.farEndClosed,
  'max-to': ends.maxTo,
  'read-timeout': ends.readTimeout,
  'ring-kept': ring.ringKept,
  'read-disconnected': ends.readDisconnected,
  // Usually explained by what broke it (explain.ts). This is the fallback.
  'connection-broken': handshake.protocolBroken,
  'transfer-over': ends.transferOver,
  'transfer-refused': ends.transferRefused
}

export const byError: Readonly<Record<CmeErrorName, Builder>> = {
  phoneFailure: general,
  notAllowed: sim.noCodeAsked,
  notSupported: line.tooMuchAtOnce,
  simNotInserted: sim.simMissing,
  simPinRequired: sim.pinRequired,
  simPukRequired: sim.pukRequired,
  simFailure: sim.simBlocked,
  incorrectPassword: sim.wrongCode,
  invalidIndex: general,
  notFound: general,
  memoryFailure,
  noNetworkService: network.notRegistered,
  networkTimeout: general,
  networkNotAllowed: network.networkNotAllowed,
  unknown: general,
  gprsNotAllowed: network.packetServiceRefused,
  gprsUnspecified: network.activationFailed,
  pdpAuthentication: network.wrongCredentials,
  ipGeneric: general,
  contextAlreadyActivated: network.contextActive,
  activationFailed: network.activationFailed,
  contextNotOpened: network.contextNotActive,
  cannotSetUpSocket: plain.socketOpen,
  openingTimeout: socket.tcpSilent,
  cannotOpenSocket: socket.tcpRefused,
  remoteDisconnected: plain.socketClosed,
  sendingFailed: socket.farEndStuck,
  alreadyListening: plain.alreadyListening,
  cannotResolveName: network.nameUnknown,
  serviceNotSupported: network.apnRefused,
  ftpGeneric: ftp.generic,
  ftpWrongState: ftp.wrongState,
  ftpCannotActivate: ftp.generic,
  ftpCannotResolveName: ftp.cannotResolve,
  ftpControlSocket: ftp.generic,
  ftpCannotConnect: ftp.cannotConnect,
  ftpBadResponse: ftp.badResponse,
  ftpNotConnected: ftp.notConnected,
  ftpAlreadyConnected: ftp.connectedAlready,
  ftpContextDown: ftp.contextDown,
  ftpUsedByOther: ftp.usedByOther,
  ftpDataSocketOpen: ftp.dataSocketOpen,
  ftpDataSocketClosed: ftp.dataSocketClosed,
  sslGeneric: socket.illegalState,
  sslCannotActivate: socket.ownedByAnother,
  sslSocket: socket.tcpRefused,
  sslNotConnected: socket.notConnected,
  sslAlreadyConnected: socket.openAlready,
  sslAlreadyActivated: socket.enabledAlready,
  sslNotActivated: socket.notEnabled,
  sslSecurityData: stored.unreadable,
  sslEncryption: handshake.protocolBroken,
  sslHandshake: handshake.protocolBroken,
  sslDisconnected: socket.disconnected
}
