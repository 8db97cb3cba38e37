import { clockText } from '../explain/words.ts'
import { dialLine, lines, type Lesson } from './lesson.ts'
import { activateContext, dialInCommandMode, enableSocket, hangUp, securityLine } from './prepare.ts'
import { answered, resultOf } from './seen.ts'

// A common failure (guide chapters 3.2 and 3.3): the module's clock decides whether a certificate is valid.

/** After the end of all certificates of the lab, and within the range of the clock chip. */
const farAheadMs = Date.UTC(2058, 0, 1, 12)
const farAhead = `AT+CCLK="${clockText(farAheadMs)}"`

/** A clock with a smaller error counts as right. */
const RIGHT_MS = 2 * 86_400_000

export const expiredCertificate: Lesson = {
  id: 'expired-certificate',
  title: 'The expired certificate',
  chapter: '3.3',
  about: 'Let the module verify the server, see it refuse with 839, read why, and mend it.',
  unfit: (profile) =>
    profile.hasSsl
      ? profile.checkExpiry
        ? null
        : `${profile.product} ${profile.software} does not look at the end of certificates.`
      : `${profile.product} ${profile.software} has no SSL commands yet; take a newer software.`,
  steps: [
    activateContext,
    enableSocket,
    {
      id: 'codes',
      title: 'Ask for error codes',
      text: 'A plain ERROR does not tell much. With +CMEE the module answers with the number of what went wrong.',
      needs: 'any',
      send: () => lines('AT+CMEE=1'),
      check: (seen) => (answered(seen, '+CMEE', 'OK') ? 'Errors come with their number from here on.' : null),
      hint: '1 gives numbers, 2 gives words, 0 neither.'
    },
    {
      id: 'verify',
      title: 'Verify the server',
      text: 'Auth mode 1: the module checks the server’s certificate against the one CA certificate that it has stored.',
      needs: 'closed',
      send: ({ profile }) => lines(securityLine(profile, 1)),
      check: (seen) =>
        answered(seen, '#SSLSECCFG', 'OK') && seen.snapshot.ssl.authMode === 1
          ? 'Auth mode 1: the server has to prove who it is.'
          : null,
      already: ({ ssl }) => (ssl.authMode === 1 && ssl.certificateFormat !== 0 ? 'Auth mode 1 is set.' : null),
      hint: 'AT#SSLSECCFG=? tells the ranges; the third figure is the auth mode.'
    },
    {
      id: 'store',
      title: 'Store the CA certificate',
      text: 'The lab’s own authority signed its servers. Its certificate goes into slot 1, as PEM, at the prompt of #SSLSECDATA.',
      needs: 'closed',
      send: () => ({ kind: 'lab-ca' }),
      check: ({ snapshot, events }) => {
        const slot = snapshot.slots.find(({ dataType }) => dataType === 1)
        if (!slot || slot.storedBytes === 0 || slot.fault !== null || !events.some(({ what }) => what.kind === 'nvm'))
          return null
        return `${slot.storedBytes} of ${slot.capacityBytes} bytes are filled, with ${slot.subject ?? 'a certificate'}.`
      },
      already: ({ slots, lab }) => {
        const slot = slots.find(({ dataType }) => dataType === 1)
        return lab.caSha1Fingerprint !== null && slot?.sha1Fingerprint === lab.caSha1Fingerprint && slot.fault === null
          ? 'The lab’s CA certificate is stored.'
          : null
      },
      hint: 'By hand: AT#SSLSECDATA=1,1,1,<size>, then Send a file at the prompt. The slots panel takes a dropped file too.',
      notice: {
        text: 'Subject and validity of what is stored, against the module’s clock.',
        panel: 'nvm',
        link: 'NVM slots'
      }
    },
    {
      ...dialInCommandMode(
        'dial',
        'Dial, with the right date',
        'While the clock is right, the chain verifies and the connection opens.'
      ),
      hint: '839 here already? The clock may be off: AT+CCLK? tells what the module believes.',
      notice: { text: 'The Certificate message is what was checked.', panel: 'handshake', link: 'Handshake' }
    },
    hangUp('close', 'So much for the good case. Close it, to see the other.'),
    {
      id: 'late',
      title: 'Let the years go by',
      text: 'Set the module’s clock to 2058. Nobody else’s clock changes; only the module now believes that it is late.',
      needs: 'closed',
      send: () => lines(farAhead),
      check: ({ snapshot }) =>
        clockYear(snapshot.network.clockChip) >= 2050
          ? `The clock chip says ${clockYear(snapshot.network.clockChip)}.`
          : null,
      hint: 'The form is yy/MM/dd,hh:mm:ss±zz in quotes. A click on the clock of the board sets it too.',
      notice: { text: 'The clock on the board.', panel: 'board', link: 'Board' }
    },
    {
      id: 'refused',
      title: 'Dial again',
      text: 'The same command, the same server, the same certificate.',
      needs: 'closed',
      send: () => lines(dialLine(1)),
      check: (seen) => {
        const because = resultOf(seen, '#SSLD')?.failure
        return because?.finding === 'certificate-expired'
          ? '839: the certificate has ended by the module’s clock, so it sent an alert and left.'
          : null
      },
      hint: 'It opened? Then the clock was set back meanwhile: network time does that when the module registers.',
      notice: {
        text: 'Both dates, the rule, and what mends it. The clock on the board is marked as well.',
        panel: 'why',
        link: 'Why'
      }
    },
    {
      id: 'mend',
      title: 'Mend it',
      text: 'Not the server is wrong but the clock. Set it to what it is; the first button in Why does the same.',
      needs: 'closed',
      send: ({ snapshot }) => lines(`AT+CCLK="${clockText(snapshot.wallMs)}"`),
      check: ({ snapshot }) => {
        const ms = clockMs(snapshot.network.clockChip)
        return ms !== null && Math.abs(ms - snapshot.wallMs) < RIGHT_MS ? 'The clock is right again.' : null
      },
      hint: 'Auth mode 0 would open too, and verify nothing: for a bench only.'
    },
    dialInCommandMode('dial-again', 'And once more', 'Nothing else was changed.'),
    hangUp('close-again', 'A device in the field does the same: set the clock first, then verify.')
  ]
}

const clockYear = (chip: string): number => new Date(clockMs(chip) ?? 0).getUTCFullYear()

/** Returns the time `yy/MM/dd,hh:mm:ss±zz` in milliseconds since 1970 UTC; `null` for any other text. */
function clockMs(chip: string): number | null {
  const found = /(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)(?:([+-])(\d\d))?/.exec(chip)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number
  ]
  const zoneMs = Number(found[8] ?? 0) * 15 * 60_000 * (found[7] === '-' ? -1 : 1)
  return Date.UTC(year >= 80 ? 1900 + year : 2000 + year, month - 1, day, hour, minute, second) - zoneMs
}
