/**
 * Commands of the guide and of the AT reference that modules have but that answer ERROR here, because a command without
 * an effect would mislead (D-34). They are listed in the command matrix.
 */
export interface NotEmulated {
  readonly names: readonly string[]
  readonly about: string
  readonly why: string
  /** Where they are described. */
  readonly source: string
}

export const notEmulated: readonly NotEmulated[] = [
  {
    names: ['D', 'A', 'T', 'P'],
    about: 'dialling and answering calls',
    why: 'there are no voice or data calls here',
    source: 'at-reference 2'
  },
  {
    names: ['+IFC', '&R', '\\R', '+FCLASS', '+CBST'],
    about: 'modem lines and call settings',
    why: 'a pty has no modem lines, and there are no calls',
    source: 'at-reference 2.1'
  },
  {
    names: ['+CMUX', '#PORTCFG'],
    about: 'several channels on one serial line',
    why: '--instances gives each AT instance its own port',
    source: 'at-reference 10'
  },
  {
    names: ['#E2ESC'],
    about: 'guard time of the escape sequence in seconds',
    why: 'S12 sets it',
    source: 'at-reference 2'
  },
  {
    names: ['#BND', '#QSS', '+CNMI'],
    about: 'bands, SIM reports, short messages',
    why: 'the SSL socket does not depend on them',
    source: 'at-reference 2.1'
  },
  {
    names: ['#ENHRST'],
    about: 'automatic restart',
    why: '#REBOOT and the RESET key restart the module',
    source: 'at-reference 4'
  },
  {
    names: ['#SGACTCFGEXT', '#GAUTH'],
    about: 'abort of an activation, authentication of a dial-up context',
    why: 'an activation succeeds or fails without it',
    source: 'at-reference 5'
  },
  {
    names: [
      '#SKTD',
      '#SKTOP',
      '#SKTSET',
      '#SKTTO',
      '#SKTCT',
      '#SKTSAV',
      '#SKTRST',
      '#PKTSZ',
      '#DSTO',
      '#USERID',
      '#PASSW'
    ],
    about: 'the older single socket',
    why: '#SD opens the same connections',
    source: 'at-reference 5'
  },
  {
    names: ['#GPPPCFG', '+CGQREQ', '+CGQMIN', '+CGCLASS'],
    about: 'dial-up PPP and quality of service',
    why: 'the SSL socket does not depend on them',
    source: 'at-reference 2.1'
  },
  {
    names: ['#SSLSECCFG2', '#SSLI'],
    about: 'protocol version, and counters of the socket',
    why: 'only later families than those of the guide have them',
    source: 'at-reference 11'
  }
]
