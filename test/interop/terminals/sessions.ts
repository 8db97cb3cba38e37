import type { Session } from './recipe.ts'

/** Guide chapter 4.5.2, command mode, with the lab's echo server: what every program must be able to do. */
export const commandModeSession: Session = {
  title: "The guide's example 4.5.2, typed",
  steps: [
    { type: 'AT', answer: ['OK'] },
    { type: 'AT#SGACT=1,1', answer: ['#SGACT: …', 'OK'], why: 'the network gives an address' },
    { type: 'AT#SSLEN=1,1', answer: ['OK'], why: 'the SSL socket is on' },
    { type: 'AT#SSLSECCFG=1,0,0', answer: ['OK'], why: 'any suite, nothing verified' },
    {
      type: 'AT#SSLD=1,443,"123.124.125.126",0,1',
      answer: ['OK'],
      why: 'the built-in TLS echo; the last 1 asks for command mode'
    },
    { type: 'AT#SSLS=1', answer: ['#SSLS: 1,2,…', 'OK'], why: 'open, and the suite' },
    { type: 'AT#SSLSEND=1', answer: ['>'] },
    { type: 'Response of the server!', key: 'Ctrl-Z', answer: ['OK'], why: 'sent through TLS' },
    { type: 'AT#SSLRECV=1,15', answer: ['#SSLRECV: 15', 'Response of the', 'OK'], why: 'at most 15 bytes' },
    { type: 'AT#SSLRECV=1,15', answer: ['#SSLRECV: 8', ' server!', 'OK'], why: 'the rest' },
    { type: 'AT#SSLH=1', answer: ['OK'] }
  ]
}

/**
 * Server authentication with a pasted certificate, then online mode, suspended and resumed. After the session above.
 */
export const certificateSession: Session = {
  title: 'A certificate pasted, online mode, and +++',
  steps: [
    { type: 'AT#SSLSECCFG=1,0,1', answer: ['OK'], why: 'verify the server' },
    {
      type: 'AT#SSLSECDATA=1,1,1,LAB_CA_BYTES',
      answer: ['>'],
      why: 'LAB_CA_BYTES is the size of the CA file (`wc -c`)'
    },
    { paste: 'LAB_CA', key: 'Ctrl-Z', answer: ['OK'], why: 'the CA file is named in what `npm start` prints' },
    { type: 'AT#SSLCFG=1,1,300,90,100,2', answer: ['OK'], why: 'what is typed leaves after 200 ms' },
    { type: 'AT#SSLD=1,443,"123.124.125.126",0,0', answer: ['CONNECT'], why: 'the last 0 asks for online mode' },
    { type: 'typed in online mode', key: 'nothing', answer: ['typed in online mode'], why: 'comes back from the echo' },
    { waitS: 1.2, type: '+++', key: 'nothing', answer: ['OK'], why: 'a second of silence before and after' },
    { type: 'AT#SSLS=1', answer: ['#SSLS: 1,2,…', 'OK'], why: 'still open' },
    { type: 'AT#SSLO=1', answer: ['CONNECT'] },
    { waitS: 1.2, type: '+++', key: 'nothing', answer: ['OK'] },
    { type: 'AT#SSLH=1', answer: ['OK'] }
  ]
}
