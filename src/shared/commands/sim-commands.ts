/**
 * Commands that the hardware of all lines has, that are not emulated, and that need the SIM. Without it, or while it
 * demands its PIN, they fail with 10, 11 or 12 like emulated ones (`needsSim` of a declaration; +CLCC was seen on
 * 10.01.150). With the SIM ready they answer ERROR.
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
  '+CGQMIN'
])
