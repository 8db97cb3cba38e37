import { useId, useState, type ReactNode } from 'react'
import type { LabChange, LabFarEndSnapshot, LabSettings } from '../../../shared/lab/calls.ts'
import { labCertificates, type LabCertificateId } from '../../../shared/lab/lab.ts'
import { errorAnswer, errorBehind, type CmeErrorName, type ErrorReport } from '../../../shared/rules/errors.ts'
import { allSuites } from '../../../shared/tls/suites.ts'
import { limitSeconds } from '../../state/sentence/formats.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { changeLab } from './lab-acts.ts'
import { labWords } from './words.ts'

interface SettingsProps {
  readonly store: Store
  readonly farEnd: LabFarEndSnapshot
  readonly live: boolean
}

const recordSizes = [20, 128, 512, 2048, 4096, 16_384] as const
const delays = [0, 100, 500, 2000, 10_000] as const
const words = labWords.settings

/** The result of dialling the server in auth mode 1, as the host reads it. */
function Verified({
  error,
  errorReport
}: {
  readonly error: CmeErrorName | null
  readonly errorReport: ErrorReport
}): ReactNode {
  if (error === null) return <span className="ok">{words.connects}</span>
  return (
    <span className="err" title={errorBehind(error, errorReport)}>
      {words.fails(errorAnswer(error, errorReport))}
    </span>
  )
}

/** The settings of a lab server. A change applies from the next connection on. */
export function Settings({ store, farEnd: { id, settings }, live }: SettingsProps): ReactNode {
  const [busy, setBusy] = useState<keyof LabSettings | null>(null)
  const errorReport = useStore(store, (state) => state.snapshot?.errorReport ?? 0)
  const teaches = useId()
  const shown = labCertificates.find((one) => one.id === settings.certificate)!

  async function change(what: keyof LabSettings, done: string, next: Omit<LabChange, 'farEnd'>): Promise<void> {
    setBusy(what)
    await changeLab(store, done, { farEnd: id, ...next })
    setBusy(null)
  }
  const disabled = !live || busy !== null

  return (
    <div className="lab-settings" aria-busy={busy !== null}>
      <Choice
        label={words.certificate}
        value={settings.certificate}
        describedBy={teaches}
        options={labCertificates.map((one) => [one.id, one.words])}
        disabled={disabled}
        onChoose={(certificate) => {
          void change('certificate', words.setCertificate(certificate), {
            certificate: certificate as LabCertificateId
          })
        }}
      />
      <p id={teaches} className="lab-teaches" role="status">
        {busy === 'certificate' ? words.certificateUnderWay : shown.teaches}{' '}
        {busy === null && <Verified error={shown.verifiedError} errorReport={errorReport} />}
      </p>
      <span className="lb" id={`${teaches}-suites`}>
        {words.suites}
      </span>
      <div className="lab-suites" role="group" aria-labelledby={`${teaches}-suites`}>
        {allSuites.map(({ shortName }) => {
          const on = settings.suites.includes(shortName)
          const last = on && settings.suites.length === 1
          return (
            <button
              key={shortName}
              type="button"
              className={`btn sm line${on ? ' pressed' : ''}`}
              aria-pressed={on}
              disabled={disabled || last}
              title={last ? words.lastSuite : on ? words.suiteOn : words.suiteOff}
              onClick={() => {
                const suites = preferred.filter((name) => (name === shortName ? !on : settings.suites.includes(name)))
                void change('suites', words.setSuite(shortName, !on), { suites: suites as LabChange['suites'] })
              }}
            >
              {shortName}
            </button>
          )
        })}
      </div>
      <Choice
        label={words.clientCertificate}
        value={settings.clientCertificate}
        options={Object.entries(words.clientCertificates)}
        disabled={disabled}
        onChoose={(value) => {
          const clientCertificate = value as LabSettings['clientCertificate']
          void change('clientCertificate', words.setClientCertificate(words.clientCertificates[clientCertificate]), {
            clientCertificate
          })
        }}
      />
      <div className="lab-pair">
        <Choice
          label={words.records}
          value={String(settings.recordBytes)}
          options={withPresent(recordSizes, settings.recordBytes).map((bytes) => [
            String(bytes),
            words.recordLimit(bytes)
          ])}
          disabled={disabled}
          onChoose={(value) => {
            void change('recordBytes', words.setRecordLimit(value), { recordBytes: Number(value) })
          }}
        />
        <Choice
          label={words.delay}
          value={String(settings.delayMs)}
          options={withPresent(delays, settings.delayMs).map((ms) => [
            String(ms),
            ms === 0 ? words.noDelay : words.seconds(limitSeconds(ms))
          ])}
          disabled={disabled}
          onChoose={(value) => {
            void change('delayMs', words.setDelay(limitSeconds(Number(value))), { delayMs: Number(value) })
          }}
        />
      </div>
    </div>
  )
}

/** The suites in a server's usual order of preference, strongest first. */
const preferred = ['AES256-SHA', 'AES128-SHA', 'RC4-SHA', 'RC4-MD5', 'NULL-SHA']

function withPresent(offered: readonly number[], present: number): readonly number[] {
  return offered.includes(present) ? offered : [...offered, present].toSorted((a, b) => a - b)
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly disabled: boolean
  readonly describedBy?: string
  readonly onChoose: (value: string) => void
}

function Choice({ label, value, options, disabled, describedBy, onChoose }: ChoiceProps): ReactNode {
  const id = useId()
  return (
    <>
      <label className="lb" htmlFor={id}>
        {label}
      </label>
      <span className="select sm">
        <select
          id={id}
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={(event) => {
            onChoose(event.target.value)
          }}
        >
          {options.map(([option, shown]) => (
            <option key={option} value={option}>
              {shown}
            </option>
          ))}
        </select>
      </span>
    </>
  )
}
