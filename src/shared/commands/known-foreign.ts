import type { SecretPosition } from './declaration.ts'

/**
 * Commands of products that are not emulated: later ones of the maker, and modules of other makers (D-42). Programs
 * that probe for any modem send them, and ERROR is the right response of the emulated lines.
 */
export interface ForeignCommands {
  /** Whose commands they are. */
  readonly about: string
  /** In upper case with their prefix. */
  readonly names: readonly string[]
  readonly secrets?: readonly SecretPosition[]
}

/** Splits a text into names. The lists are too long for one name per line. */
const named = (text: string): readonly string[] => text.trim().split(/\s+/)

const password = (...indexes: readonly number[]): readonly SecretPosition[] =>
  indexes.map((index) => ({ index, name: 'password' }))

export const foreignCommands: readonly ForeignCommands[] = [
  {
    about: '3GPP, of LTE or without a place on these lines',
    names: named(`
      +CEREG +CESQ +CPSMS +CEDRXS +CEDRXRDP +CGCONTRDP +CGSCONTRDP +CGDSCONT +CGEQOS +CGEQOSRDP +CGTFTRDP +CGPIAF
      +CSODCP +CRTDCP +CEMODE +CSCON +CIREG +CIREP +CAVIMS +CPSB +CGAUTO +COLP +CDIP +CNAP +CPINR +CUAD +CNEC
      +CSUEPOLICY +CCIOTOPT +CGDEL
    `)
  },
  {
    about: '3GPP authentication of a context; some makers put the password before the user',
    names: ['+CGAUTH'],
    secrets: password(2, 3)
  },
  {
    about: '3GPP second PIN',
    names: ['+CPIN2'],
    secrets: [
      { index: 0, name: 'pin' },
      { index: 1, name: 'new-pin' }
    ]
  },
  {
    about: 'later products of the maker',
    names: named(`
      #SWPKGV #MEID #OMADMCEN #FWSWITCH #SSLSECCFG2 #SSLI #SSLSECDATAEXT #MQEN #MQCFG #MQTCFG #MQWCFG #MQDISC
      #MQSUB #MQUNS #MQPUBS #MQPUBSEXT #MQREAD #DWCONN #DWSEND #DWRCV #DWLRCV #DWSTATUS #DWEN #ECM #ECMC #ECMD
      #NCM #NCMD #USBCFG #SIMINCFG #LTESET #PSMURC #RFSTSEXT #VOLTE #HWREV #CIPHIND
    `)
  },
  { about: 'later products of the maker, context with user and password', names: ['#PDPAUTH'], secrets: password(3) },
  { about: 'later products of the maker, MQTT login', names: ['#MQCONN'], secrets: password(3) },
  {
    about: 'later products of the maker, token of the device cloud',
    names: ['#DWCFG'],
    secrets: [{ index: 2, name: 'token' }]
  },
  { about: 'FTP login in three commands', names: ['#FTPPASS', '#FTPPW', '+FTPPW', '+QFTPPASS'], secrets: password(0) },
  { about: 'FTP login of other makers', names: ['#FTPLOGIN'], secrets: password(2) },
  {
    about: 'mail and context passwords of Open AT',
    names: ['#SMTPPW', '#POP3PW', '#APNPW', '#ISPPW'],
    secrets: password(0)
  },
  {
    about: 'codes of other makers',
    names: ['#PCODE', '^CARDLOCK', '!ENTERCND'],
    secrets: [{ index: 0, name: 'code' }]
  },
  {
    about: 'Open AT',
    names: named(`
      #FTPUN #FTPSERV #SMTPUN #SMTPSERV #POP3UN #APNUN #APNSERV #ISPUN #CONNECTIONSTART #CONNECTIONSTOP #OTCP
      +WIND +WIPCFG +WIPCREATE +WIPDATA +WOPEN +WMBS
    `)
  },
  { about: 'Open AT, bearer', names: ['+WIPBR'], secrets: password(3) },
  {
    about: 'SIMCom',
    names: named(`
      +CIPSTART +CIPSEND +CIPCLOSE +CIPSHUT +CIPSTATUS +CIPMUX +CIPRXGET +CIPSSL +CIICR +CIFSR +CSCLK +CPOWD +CNTP
      +CBAND +CENG +CMTE +CADC +CNMP +CMNB +CPSI +CNACT +CGPS +CGNSPWR +CGNSINF +HTTPINIT +HTTPPARA +HTTPACTION
      +HTTPREAD +HTTPTERM +FTPCID +FTPSERV +FTPUN +FTPGET +FTPPUT +SIMSTATE +GSMBUSY +CCID +ICCID
    `)
  },
  { about: 'SIMCom, context and bearer', names: ['+CSTT'], secrets: password(2) },
  { about: 'SIMCom, context and bearer', names: ['+CIPCSGP', '+SAPBR'], secrets: password(3) },
  { about: 'SIMCom, mail and MQTT', names: ['+SMTPAUTH'], secrets: password(2) },
  { about: 'SIMCom, MQTT', names: ['+SMCONF'], secrets: password(1) },
  {
    about: 'Quectel',
    names: named(`
      +QIOPEN +QISEND +QICLOSE +QIACT +QIDEACT +QIPACT +QIRD +QIREGAPP +QPOWD +QCFG +QENG +QNWINFO +QCCID +QGPS
      +QSSLCFG +QSSLOPEN +QSCLK +QINISTAT +QHTTPURL +QHTTPGET +QMTOPEN +QMTPUB +QFTPOPEN +QFTPUSER +QPING
      +QSIMSTAT +QURCCFG
    `)
  },
  { about: 'Quectel, context', names: ['+QICSGP'], secrets: password(4) },
  { about: 'Quectel, mail', names: ['+QSMTPPWD'], secrets: password(1) },
  { about: 'Quectel, FTP account', names: ['+QFTPCFG'], secrets: password(2) },
  { about: 'Quectel, MQTT login', names: ['+QMTCONN'], secrets: password(3) },
  {
    about: 'u-blox',
    names: named(`
      +USOCR +USOCO +USOWR +USORD +USOCL +USOST +USORF +USOSEC +UPSDA +UPSND +UDNSRN +UFTPC +UHTTPC +USECMNG
      +USECPRF +UPSV +UGPIOC +ULOC +UBANDSEL +CSGT +UDCONF
    `)
  },
  { about: 'u-blox, context, web and login', names: ['+UPSD', '+UHTTP'], secrets: password(2) },
  { about: 'u-blox, FTP and mail', names: ['+UFTP', '+USMTP'], secrets: password(1) },
  { about: 'u-blox, authentication of a context', names: ['+UAUTHREQ'], secrets: password(2, 3) },
  {
    about: 'Cinterion',
    names: named('^SISO ^SISR ^SISW ^SISC ^SISI ^SCFG ^SMONI ^SMSO ^SPIC ^SYSSTART ^SBV ^SCID ^SSYNC ^SICI ^SICO')
  },
  { about: 'Cinterion, services and locks', names: ['^SICS', '^SISS', '^SLCK'], secrets: password(2) },
  { about: 'Cinterion, change of a password', names: ['^SPWD'], secrets: password(1, 2) },
  {
    about: 'Huawei',
    names: named('^SYSINFO ^SYSINFOEX ^SYSCFG ^SYSCFGEX ^CURC ^HCSQ ^ICCID ^CVOICE ^DSFLOWRPT ^BOOT ^DHCP ^SETPORT')
  },
  { about: 'Huawei, context', names: ['^AUTHDATA'], secrets: password(3) },
  { about: 'Huawei, context', names: ['^NDISDUP'], secrets: password(4) },
  {
    about: 'Qualcomm, Sierra, Icera, Option, Ericsson',
    names: named(`
      !GSTATUS !SCACT !SELRAT !BAND *CNTI *ENAP *ERINFO %IPSYS %NWSTATE %IPDPACT $QCRMCALL $NWRAT _OPSYS +HOSCFG
      +SERVICE +PTTY +ZSNT +ZPAS +ZOPRT +MIPCALL +GTACT
    `)
  },
  { about: 'Qualcomm, context', names: ['$QCPDPP'], secrets: password(2) },
  { about: 'wireless networks', names: named('+CWMODE +CWLAP +CWQAP +CIPSTA') },
  { about: 'wireless networks, with their key', names: ['+CWJAP', '+CWSAP'], secrets: password(1) }
]
