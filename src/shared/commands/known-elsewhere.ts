import type { SecretPosition } from './declaration.ts'
import { foreignCommands } from './known-foreign.ts'

/**
 * Commands that are not emulated but exist elsewhere (D-42): on the hardware of the emulated lines, on later products
 * of the maker, or on modules of other makers. Each has the positions of its secrets, because hosts type these commands
 * too. Sources: the maker's AT reference guides, 3GPP TS 27.007 and 27.005, TS 22.030 for dialled codes; from memory
 * where no guide was available.
 */
export interface KnownElsewhere {
  readonly about: string
  /** In upper case with their prefix. */
  readonly names: readonly string[]
  /** Software lines whose hardware has them; empty when they belong to other products. */
  readonly lines: readonly SoftwareLine[]
  /** Secret parameters, if there are any. */
  readonly secrets?: readonly SecretPosition[]
}

/** The major number of a software version (D-28). */
export type SoftwareLine = 10 | 12 | 13 | 16

const EVERY_LINE: readonly SoftwareLine[] = [10, 12, 13, 16]
const GSM_LINES: readonly SoftwareLine[] = [10, 13, 16]
/** Lines with products that have a positioning receiver. */
const GPS_LINES: readonly SoftwareLine[] = [10, 12, 13]

/** Splits a text into names. The lists are too long for one name per line. */
const named = (text: string): readonly string[] => text.trim().split(/\s+/)

const onTheHardware: readonly KnownElsewhere[] = [
  {
    about: 'voice and data calls',
    lines: EVERY_LINE,
    names: named('D A T P N B F +CHUP +CSTA +CBST +CRLP +CMOD +CR +CRC +CSNS +CVHU +VTS +VTD +CHLD #DIALMODE #MCD')
  },
  {
    about: 'fax',
    lines: EVERY_LINE,
    names: named('+FCLASS +FMI +FMM +FMR +FTS +FRS +FTM +FRM +FTH +FRH +FLO +FPR +FDD')
  },
  {
    about: 'modem lines and modulation',
    lines: EVERY_LINE,
    names: named('+IFC &G &Q &R \\Q \\R \\V \\N \\K \\B %E %L %Q +DS +DR +MS +ILRR +GCAP +GCI +IBC')
  },
  {
    about: 'channels and ports',
    lines: EVERY_LINE,
    names: named('+CMUX #PORTCFG #CMUXSCR #CFLO #E2ESC #V24 #V24CFG #V24MODE #RS485 #ATDELAY #CMEEMODE #LANG +CLAC #/')
  },
  {
    about: 'short messages',
    lines: EVERY_LINE,
    names: named(`
      +CSMS +CPMS +CMGF +CSCA +CSMP +CSDH +CSCB +CSAS +CRES +CNMI +CMGS +CMSS +CMGW +CMGD +CMGR +CMGL +CGSMS #CMGS
      #CMGW #CMSFW #CMGLCONCINDEX #SMSMODE #SMOV #E2SMSRI @CMGL @CMGR
    `)
  },
  { about: 'acknowledged and several short messages', lines: [12], names: named('+CNMA +CMMS') },
  { about: 'phone book', lines: EVERY_LINE, names: named('+CSCS +CPBS +CPBR +CPBF +CPBW +CNUM #MBN #MWI +CSVM') },
  {
    about: 'supplementary services',
    lines: EVERY_LINE,
    names: named('+CLIP +CLIR +CCFC +CCWA +CSSN +CCUG +CAOC +CLCC +CPAS +CUSD +CEER #CEER #CEERNET')
  },
  {
    about: 'SIM',
    lines: EVERY_LINE,
    names: named('+CRSM #QSS #SIMDET #SIMPR #ENHSIM #SIMATR #SPN #PCT #FPLMN #STIA #STGI #STSR #STTA +CIND +CMER')
  },
  {
    about: 'commands to the SIM; a VERIFY has the PIN behind its five bytes of header',
    lines: EVERY_LINE,
    names: ['+CSIM'],
    secrets: [{ index: 1, name: 'data', shownChars: 10 }]
  },
  { about: 'lock of a facility', lines: EVERY_LINE, names: ['+CLCK'], secrets: [{ index: 2, name: 'password' }] },
  {
    about: 'change of a password',
    lines: EVERY_LINE,
    names: ['+CPWD'],
    secrets: [
      { index: 1, name: 'password' },
      { index: 2, name: 'new-password' }
    ]
  },
  {
    about: 'charge counter, reset under the PIN2',
    lines: EVERY_LINE,
    names: ['+CACM'],
    secrets: [{ index: 0, name: 'pin2' }]
  },
  { about: 'limit of the charge counter', lines: EVERY_LINE, names: ['+CAMM'], secrets: [{ index: 1, name: 'pin2' }] },
  { about: 'price of a unit', lines: EVERY_LINE, names: ['+CPUC'], secrets: [{ index: 2, name: 'pin2' }] },
  {
    about: 'PIN and PUK dialled as a code',
    lines: EVERY_LINE,
    names: named('*04 *042 *05 *052 *03'),
    secrets: [{ index: 0, name: 'code' }]
  },
  {
    about: 'network, cell and bands',
    lines: EVERY_LINE,
    names: named(`
      +COPN +CPOL +CPLS +WS46 +CTZU +CTZR #MONI #MONIZIP #SERVINFO #RFSTS #BND #AUTOBND #REGMODE #CSURV #CSURVC
      #CSURVU #CSURVUC #CSURVB #CSURVBC #CSURVF #CSURVNLF #CSURVEXT #PLMNMODE #COPSMODE #NWSCANTMR #CCLKMODE #NTP
    `)
  },
  { about: 'access technology', lines: [12], names: named('#PSNT +CGEQREQ +CGEQMIN +CGEQNEG +CGTFT') },
  {
    about: 'packet data',
    lines: EVERY_LINE,
    names: named(`
      +CGACT +CGDATA +CGCLASS +CGQREQ +CGQMIN +CGEREP +CGCMOD +CGANS #GAUTH #GPPPCFG #SGACTCFGEXT #AUTOATT
      #MSCLASS #GDATAVOL #DNS #NWDNS #CACHEDNS #PING #ICMP #FRWL #ICMPIP
    `)
  },
  {
    about: 'plain sockets',
    lines: EVERY_LINE,
    names: named(`
      #SCFG #SCFGEXT #SCFGEXT2 #SCFGEXT3 #SD #SO #SH #SS #SI #SIEXT #ST #SLASTCLOSURE #SSEND #SSENDEXT #SSENDUDP
      #SSENDUDPEXT #SSENDLINE #SRECV #SL #SLUDP #SA #E2SLRI #PADCMD #PADFWD #BASE64 #TCPMAXWIN #TCPMAXDAT
      #TCPREASS
    `)
  },
  {
    about: 'the older single socket',
    lines: EVERY_LINE,
    names: named('#SKTD #SKTOP #SKTSET #SKTTO #SKTCT #SKTSAV #SKTRST #SKTL #PKTSZ #DSTO #USERID')
  },
  {
    about: 'password of the older single socket',
    lines: EVERY_LINE,
    names: ['#PASSW'],
    secrets: [{ index: 0, name: 'password' }]
  },
  {
    about: 'mail',
    lines: EVERY_LINE,
    names: named(
      '#ESMTP #EADDR #EUSER #ESAV #ERST #EMAILACT #SEMAIL #EMAILD #EMAILMSG #SMTPCL #SMTPCFG #ESMTPPORT #ENAME'
    )
  },
  {
    about: 'password of the mail account',
    lines: EVERY_LINE,
    names: ['#EPASSW'],
    secrets: [{ index: 0, name: 'password' }]
  },
  { about: 'HTTP client', lines: EVERY_LINE, names: named('#HTTPQRY #HTTPSND #HTTPRCV') },
  {
    about: 'HTTP client, with user and password',
    lines: EVERY_LINE,
    names: ['#HTTPCFG'],
    secrets: [{ index: 5, name: 'password' }]
  },
  {
    about: 'programs on the module',
    lines: EVERY_LINE,
    names: named('#WSCRIPT #ESCRIPT #RSCRIPT #LSCRIPT #LCSCRIPT #DSCRIPT #EXECSCR #STARTMODESCR #CPUMODESCR')
  },
  {
    about: 'sound',
    lines: EVERY_LINE,
    names: named(`
      +CRSL +CALM +CLVL +CMUT +VGR +VGT +VIP #CAP #SRS #SRP #STM #HFMICG #HSMICG #HFRECG #HSRECG #SHFEC #SHSEC
      #SHFNR #SHSNR #SHFAGC #SHSAGC #SHSSD #SPKMUT #PRST #PSAV #PSEL #PSET #OAP #ACAL #ACALEXT #CODEC #CODECINFO
      #DVI #DVIEXT #TONE #TONEEXT #TSVOL #DTMF #DTMFCFG
    `)
  },
  {
    about: 'pins, power, temperature and alarm',
    lines: EVERY_LINE,
    names: named(`
      #GPIO #SGPO #GGPI #ADC #DAC #VAUX #VAUXSAV #SLED #SLEDSAV #TXMONMODE #E2RI #PSMRI #QTEMP #TEMPMON #TEMPCFG
      #CBC +CBC +CALA +CALD #WAKE #ALARMPIN #ENHRST #SYSHALT #FASTSHDN #FASTSYSHALT #Z #SWREV #JDR #JDRENH
      #JDRENH2
    `)
  },
  {
    about: 'positioning',
    lines: GPS_LINES,
    names: named(`
      $GPSP $GPSACP $GPSR $GPSD $GPSSW $GPSAT $GPSAV $GPSAI $GPSPS $GPSWK $GPSSAV $GPSRST $GPSCON $GPSNMUN
      $GPSNVRAM
    `)
  },
  {
    about: "positioning with the network's help",
    lines: [12],
    names: named('$GPSQOS $GPSSLSR $GPSSTOP $AGPSEPO $SLP $SLPTYPE $LCSSLP $LCSTER $LCSLRV $LCSLK')
  },
  { about: 'network survey of GSM cells', lines: GSM_LINES, names: named('#CSURVP #CSURVPC') }
]

/**
 * All commands that are known but not declared. An entry may stay when its command is emulated later: the declaration
 * takes precedence.
 */
export const knownElsewhere: readonly KnownElsewhere[] = [
  ...onTheHardware,
  ...foreignCommands.map((one) => ({ ...one, lines: [] }))
]
