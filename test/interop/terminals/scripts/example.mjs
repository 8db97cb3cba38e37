// The guide's example 4.5.2 with the npm package serialport: node example.mjs LINK
import { SerialPort } from 'serialport'

const port = new SerialPort({ path: process.argv[2], baudRate: 115200 })
let heard = ''
let wake = () => {}
port.on('data', (bytes) => {
  heard += bytes.toString('latin1')
  wake()
})

async function at(command, end = '\r\nOK\r\n', terminator = '\r') {
  port.write(command + terminator, 'latin1')
  while (!heard.endsWith(end)) {
    if (heard.includes('ERROR')) throw new Error(`${command} was answered by ${heard.trim()}`)
    await new Promise((resolve) => (wake = resolve))
  }
  console.log(
    command.replace('\x1a', '^Z'),
    heard
      .split(/\s+/)
      .filter((word) => word !== '')
      .join(' ')
  )
  heard = ''
}

await at('ATE0')
await at('AT#SGACT=1,1')
await at('AT#SSLEN=1,1')
await at('AT#SSLSECCFG=1,0,0')
await at('AT#SSLD=1,443,"123.124.125.126",0,1')
await at('AT#SSLSEND=1', '\r\n> ')
await at('Response of the server!\x1a', '\r\nOK\r\n', '')
await at('AT#SSLRECV=1,15')
await at('AT#SSLRECV=1,15')
await at('AT#SSLH=1')
port.close()
