/**
 * Commands that every line of the hardware has, that are not emulated here, and that need the SIM: without one, or while it asks for
 * its PIN, they fail with 10, 11 or 12 as those that are emulated do (`needsSim` of a declaration; +CLCC was seen on 10.01.150). With
 * the SIM open they are a plain ERROR as any command that is not built.
 */
export const needsSimElsewhere: ReadonlySet<string> = new Set([
  // Calls and supplementary services
  '+CLCC',
  '+CLIP',
  '+CLIR',
  '+CCFC',
  '+CCWA',
  '+CHLD',
  '+CUSD',
  '+CAOC',
  '+CACM',
  '+CAMM',
  '+CPUC',
  '+COLP',
  '+CSSN',
  '+CCUG',
  // Phone book and numbers on the card
  '+CPBS',
  '+CPBR',
  '+CPBF',
  '+CPBW',
  '+CNUM',
  '+CPOL',
  '#MBN',
  // Short messages
  '+CMGF',
  '+CMGL',
  '+CMGR',
  '+CMGS',
  '+CMGW',
  '+CMGD',
  '+CMSS',
  '+CNMI',
  '+CPMS',
  '+CSCA',
  '+CSMP',
  '+CSCB',
  '+CSMS',
  '+CSDH',
  // The card itself
  '+CLCK',
  '+CPWD',
  '+CSIM',
  '+CRSM',
  '#SPN',
  '#PCT',
  '+CPINR',
  // Packet data
  '+CGACT',
  '+CGDATA',
  '+CGQREQ',
  '+CGQMIN',
  '#SCFG',
  '#SD',
  '#SH',
  '#SL',
  '#SO'
])
