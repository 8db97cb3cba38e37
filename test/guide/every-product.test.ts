import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../src/main/tls/session-store.ts'
import { products, profileOf } from '../../src/shared/products/catalog.ts'
import type { ModuleProfile } from '../../src/shared/products/profile.ts'
import { makeCertificate, testPki } from '../fixtures/pki.ts'
import { guideAddress, listen, type Connection } from './far-ends.ts'
import { Host } from './host.ts'

// The examples of chapters 3.5 and 4.5 on every product and every software version with SSL, through the AT port, with
// a network in memory and virtual time. The servers in `examples.test.ts` are independent programs; here all products
// are covered.

const ok = '\r\nOK\r\n'
const error = '\r\nERROR\r\n'
const connect = '\r\nCONNECT\r\n'
const dialOnline = `AT#SSLD=1,443,"${guideAddress}",0,0`
const dialCommand = `AT#SSLD=1,443,"${guideAddress}",0,1`
const open = /^\r\n#SSLS: 1,2,[1-4]\r\n\r\nOK\r\n$/
const closed = '\r\n#SSLS: 1,1\r\n\r\nOK\r\n'

/** A key of 1024 bits, since the first software with SSL stores at most 1535 bytes. */
const client = makeCertificate({ name: 'module', issuer: testPki().ca, key: 'small client' })

/** Sends back everything but the escape sequence, which the server gets too (D-18). */
const exceptEscape = (one: Connection, text: string): void => void (text !== '+++' && one.send(text))

const withSsl = products
  .flatMap((product) => product.software.map(({ name }) => profileOf(product.name, name)))
  .filter((profile) => profile.hasSsl)
const chosen = (profile: ModuleProfile): { product: string; software: string } => ({
  product: profile.product,
  software: profile.software
})

/** A secured connection with data in both directions, then closed: the aim of each example in chapter 3.5. */
function exchange(host: Host): void {
  expect(host.at(dialCommand)).toBe(ok)
  expect(host.at('AT#SSLSEND=1')).toBe('\r\n> ')
  expect(host.enter('through it\x1a')).toBe(ok)
  expect(host.at('AT#SSLRECV=1,100')).toBe('\r\n#SSLRECV: 10\r\nthrough it\r\n\r\nOK\r\n')
  expect(host.at('AT#SSLH=1')).toBe(ok)
}

describe.each(products)('$name', (product) => {
  const versions = withSsl.filter((profile) => profile.product === product.name)

  it('answers the guide in every software version that has SSL (G-0-1)', () => {
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.map((profile) => profile.software)).toContain(product.minimum)
  })

  describe.each(versions)('$software', (profile) => {
    it('3.5.1: verifies nothing and needs nothing (G-3.5-1)', () => {
      const host = new Host(chosen(profile)).ready()
      listen(host.bench)
      expect(host.at('AT#SSLSECCFG=1,0,0')).toBe(ok)
      exchange(host)
    })

    it('3.5.2: authenticates the server with a CA in PEM (G-3.5-2)', () => {
      const host = new Host(chosen(profile)).ready()
      const connections = listen(host.bench)
      expect(host.at('AT#SSLSECCFG=1,1,1')).toBe(ok)
      expect(host.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
      expect(host.store(1, testPki().otherCa.pem)).toBe(ok)
      expect(host.at(dialCommand)).toBe('\r\n+CME ERROR: 839\r\n')
      expect(host.store(1, testPki().ca.pem)).toBe(ok)
      exchange(host)
      expect(connections.at(-1)!.suite!.shortName).toBe('RC4-MD5')
    })

    it('3.5.3: authenticates both sides with all three data (G-3.5-3)', () => {
      const { ca } = testPki()
      const host = new Host(chosen(profile)).ready()
      const shown: X509Certificate[] = []
      listen(host.bench, {
        clients: ([der]) => {
          const certificate = new X509Certificate(der!)
          shown.push(certificate)
          if (!certificate.verify(new X509Certificate(ca.der).publicKey)) throw new Error('not of this authority')
          return certificate.publicKey
        }
      })
      expect(host.at('AT#SSLSECCFG=1,0,2')).toBe(ok)
      expect(host.store(0, client.pem)).toBe(ok)
      expect(host.store(1, ca.pem)).toBe(ok)
      expect(host.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
      expect(host.store(2, client.keyPkcs1Pem)).toBe(ok)
      exchange(host)
      expect(shown.map((one) => one.raw.equals(client.der))).toEqual([true])
    })

    if (profile.hasCertificateFormat) {
      it('3.5.2: takes the CA as PEM by default, as PEM by name and as DER (G-3.5-2)', () => {
        const { ca } = testPki()
        for (const [setting, data] of [
          ['1,0,1', 'pem'],
          ['1,0,1,1', 'pem'],
          ['1,0,1,0', 'der']
        ] as const) {
          const host = new Host(chosen(profile)).ready()
          listen(host.bench)
          expect(host.at(`AT#SSLSECCFG=${setting}`)).toBe(ok)
          expect(host.at('AT#SSLSECCFG?')).toBe(`\r\n#SSLSECCFG: ${setting}\r\n\r\nOK\r\n`)
          expect(host.at(`AT#SSLSECDATA=1,1,1,${ca[data].length}`)).toBe('\r\n> ')
          expect(host.enter(data === 'pem' ? `${ca.pem}\x1a` : ca.der), setting).toBe(ok)
          exchange(host)
        }
      })
    } else {
      it('3.5.2: has no certificate format, hence no DER (G-3.5-2)', () => {
        expect(new Host(chosen(profile)).ready().at('AT#SSLSECCFG=1,0,1,0')).toBe(error)
      })
    }

    it('4.5.1: online, suspended, restored, closed (G-4.5-1, G-4.5-6)', () => {
      const host = new Host(chosen(profile)).ready()
      const connections = listen(host.bench, { data: exceptEscape })
      host.at('AT#SSLCFG=1,1,300,90,100,1')
      expect(host.at(dialOnline)).toBe(connect)
      expect(host.type('there and back') + host.wait(200)).toBe('there and back')
      expect(host.escape()).toBe(ok)
      expect(host.at('AT#SSLS=1')).toMatch(open)
      expect(host.at('AT#SSLO=1')).toBe(connect)
      expect(host.type('and again') + host.wait(200)).toBe('and again')
      expect(host.escape()).toBe(ok)
      expect(host.at('AT#SSLH=1')).toBe(ok)
      expect(host.at('AT#SSLS=1')).toBe(closed)
      host.wait(10)
      expect(connections[0]!.closedByPeer).toBe(true)
    })

    it('4.5.2: command mode; nothing yet, 15 bytes, then the 8 that are left (G-4.5-2)', () => {
      const host = new Host(chosen(profile)).ready()
      const connections = listen(host.bench, { data: () => {} })
      expect(host.at(dialCommand)).toBe(ok)
      expect(host.at('AT#SSLS=1')).toMatch(open)
      expect(host.at('AT#SSLSEND=1')).toBe('\r\n> ')
      expect(host.enter('Send this string to the SSL server!\x1a')).toBe(ok)
      expect(host.at('AT#SSLRECV=1,15')).toBe('\r\n#SSLRECV: 0\r\nTIMEOUT\r\n\r\nOK\r\n')
      expect(connections[0]!.received).toBe('Send this string to the SSL server!')
      connections[0]!.send('Response of the server!')
      expect(host.at('AT#SSLRECV=1,15')).toBe('\r\n#SSLRECV: 15\r\nResponse of the\r\n\r\nOK\r\n')
      expect(host.at('AT#SSLRECV=1,15')).toBe('\r\n#SSLRECV: 8\r\n server!\r\n\r\nOK\r\n')
      expect(host.at('AT#SSLH=1')).toBe(ok)
      expect(host.at('AT#SSLS=1')).toBe(closed)
    })

    it('4.5.3: online first, then commands on the same connection (G-4.5-3)', () => {
      const host = new Host(chosen(profile)).ready()
      const connections = listen(host.bench, {
        data: (one, text) => void (text.includes('command') && one.send('Response in command mode'))
      })
      expect(host.at(dialOnline)).toBe(connect)
      host.type('online data')
      expect(host.escape()).toBe(ok)
      expect(host.at('AT#SSLS=1')).toMatch(open)
      expect(host.at('AT#SSLSEND=1')).toBe('\r\n> ')
      expect(host.enter('Send data in command mode!\x1a')).toBe(ok)
      expect(host.at('AT#SSLRECV=1,100')).toBe('\r\n#SSLRECV: 24\r\nResponse in command mode\r\n\r\nOK\r\n')
      expect(connections[0]!.received).toBe('online data+++Send data in command mode!')
      expect(host.at('AT#SSLH=1')).toBe(ok)
    })

    if (profile.maxClosureType === 1) {
      it('4.5.4: opens, closes and takes the session up again with a fast dial (G-4.5-4, G-4.4-1)', () => {
        const host = new Host(chosen(profile)).ready()
        const connections = listen(host.bench, { sessions: memorySessionStore(), data: exceptEscape })
        host.at('AT#SSLCFG=1,1,300,90,100,1')
        expect(host.at(`AT#SSLD=1,443,"${guideAddress}",1,0`)).toBe(connect)
        expect(host.escape()).toBe(ok)
        expect(host.at('AT#SSLH=1')).toBe(ok)
        expect(host.at('AT#SSLFASTD=1,0')).toBe(connect)
        expect(host.type('as before') + host.wait(200)).toBe('as before')
        // The second handshake was an abbreviated one, without a certificate.
        expect(connections.map((one) => one.messages.includes('Certificate'))).toEqual([true, false])
        expect(host.escape()).toBe(ok)
        expect(host.at('AT#SSLH=1,0')).toBe(ok)
        expect(host.at('AT#SSLFASTD=1,0')).toBe('\r\n+CME ERROR: 830\r\n')
      })
    } else {
      it('4.5.4: has no fast dial, and keeps no session for one (G-4.5-4, G-4.4-3, G-4.1-2)', () => {
        const host = new Host(chosen(profile)).ready()
        listen(host.bench)
        expect(host.at(`AT#SSLD=1,443,"${guideAddress}",1,0`)).toBe(error)
        expect(host.at(dialCommand)).toBe(ok)
        expect(host.at('AT#SSLH=1,1')).toBe(error)
        expect(host.at('AT#SSLH=1,0')).toBe(ok)
        for (const form of ['=1,0', '=1,0,100', '?', '=?', '']) expect(host.at(`AT#SSLFASTD${form}`)).toBe(error)
      })
    }

    it('4.5.5: a page of an HTTPS server by its name, then NO CARRIER (G-4.5-5)', () => {
      const host = new Host(chosen(profile)).ready()
      listen(host.bench, {
        data: (one) => {
          one.send('HTTP/1.0 200 OK\r\n\r\nthe page')
          one.close()
        }
      })
      host.bench.network.name('www.example.com', guideAddress)
      expect(host.at('AT#SSLSECCFG=1,0,1')).toBe(ok)
      expect(host.store(1, testPki().ca.pem)).toBe(ok)
      host.at('AT#SSLCFG=1,1,300,90,100,1')
      expect(host.at('AT#SSLD=1,443,"www.example.com",0,0')).toBe(connect)
      expect(host.type('GET / HTTP/1.0\r\n\r\n') + host.wait(300)).toBe(
        'HTTP/1.0 200 OK\r\n\r\nthe page\r\nNO CARRIER\r\n'
      )
      expect(host.at('AT#SSLS=1')).toBe(closed)
    })
  })
})
