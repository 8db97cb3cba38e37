import { expect, it, describe } from 'vitest'
import { labCommandsFor, pasteText, type LabCommandFacts } from '../../../src/shared/lab/commands.ts'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { labPage } from '../../fixtures/lab-page.ts'

const facts = (
  product: string,
  more: Partial<LabCommandFacts> = {},
  software: string | null = null
): LabCommandFacts => ({
  profile: profileOf(product, software),
  contextDefined: true,
  contextActive: false,
  sslEnabled: false,
  sslOpen: false,
  ftpOpen: false,
  dial: { host: '123.124.125.126', port: 443 },
  caPem: 'PEM\n',
  client: null,
  ...more
})
const lines = (...asked: Parameters<typeof labCommandsFor>): string[] =>
  labCommandsFor(...asked).map(({ send }) => send)

describe('the commands that reach a far end', () => {
  it('are those of the product (G-3.2-2)', () => {
    expect(lines({ farEnd: 'tls', authMode: 1 }, facts('HE910'))).toEqual([
      'AT#SGACT=1,1\r',
      'AT#SSLEN=1,1\r',
      'AT#SSLSECCFG=1,0,1,1\r',
      'AT#SSLSECDATA=1,1,1,4\r',
      'PEM\n\x1a',
      'AT#SSLD=1,443,"123.124.125.126",0,0\r'
    ])
    expect(lines({ farEnd: 'tls', authMode: 0 }, facts('GE865-QUAD'))).toEqual([
      'AT#SGACT=1,1\r',
      'AT#SSLEN=1,1\r',
      'AT#SSLSECCFG=1,0,0\r',
      'AT#SSLD=1,443,"123.124.125.126",0,0\r'
    ])
  })

  it('begin where the module is', () => {
    const now = facts('HE910', { contextActive: true, sslEnabled: true, sslOpen: true })
    expect(lines({ farEnd: 'tls', authMode: 0 }, now)).toEqual([
      'AT#SSLH=1\r',
      'AT#SSLSECCFG=1,0,0,1\r',
      'AT#SSLD=1,443,"123.124.125.126",0,0\r'
    ])
    expect(lines({ farEnd: 'tls', authMode: 0 }, facts('HE910', { contextDefined: false }))[0]).toBe(
      'AT+CGDCONT=1,"IP","internet"\r'
    )
  })

  it('open FTP with TLS, and both sides with certificate and key', () => {
    const client = { certificatePem: 'CERT\n', keyPem: 'KEY\n' }
    const commands = labCommandsFor({ farEnd: 'ftps', authMode: 2 }, facts('HE910', { client, contextActive: true }))
    expect(pasteText(commands)).toBe(
      'AT#FTPCFG=100,0,1\rAT#SSLSECCFG=1,0,2,1\rAT#SSLSECDATA=1,1,0,5\rCERT\n\x1aAT#SSLSECDATA=1,1,2,4\rKEY\n\x1aAT#SSLSECDATA=1,1,1,4\rPEM\n\x1aAT#FTPOPEN="123.124.125.126:443","user","password",1\r'
    )
    expect(commands.map(({ until }) => until).join(' ')).toBe('OK OK > OK > OK > OK OK')
  })

  it('are refused where the software has no SSL (G-0-3)', () => {
    expect(() => labCommandsFor({ farEnd: 'tls', authMode: 0 }, facts('HE910', {}, '12.00.xx3'))).toThrow(
      'HE910 with software 12.00.xx3 has no SSL commands'
    )
  })
})

it('docs/lab.md is made of the table', async () => {
  await expect(labPage()).toMatchFileSnapshot('../../../docs/lab.md')
})
