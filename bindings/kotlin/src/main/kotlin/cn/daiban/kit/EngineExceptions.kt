package cn.daiban.kit

import cn.daiban.core.EngineException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * The stable name of what went wrong, whatever the variant; the list stands in `bindings/README.md`.
 *
 * ```kotlin
 * try {
 *     engine.record(caseId, kind, values)
 * } catch (e: EngineException) {
 *     when (e) {
 *         is EngineException.NotEnrolled -> showEnrolment()
 *         is EngineException.Invalid -> e.fields.forEach { form.mark(it.field, it.zh) }
 *         else -> showMessage(e.zh)
 *     }
 *     log.warn(e.code)
 * }
 * ```
 */
public val EngineException.code: String
    get() = when (this) {
        is EngineException.NotEnrolled -> code
        is EngineException.Invalid -> code
        is EngineException.NotFound -> code
        is EngineException.Offline -> code
        is EngineException.Connection -> code
        is EngineException.Refused -> code
        is EngineException.UpdateApp -> code
        is EngineException.Storage -> code
        is EngineException.Keys -> code
        is EngineException.Closed -> code
        is EngineException.Internal -> code
    }

/** The sentence for the person at the screen, with what to do next. `message` is for the log. */
public val EngineException.zh: String
    get() = when (this) {
        is EngineException.NotEnrolled -> zh
        is EngineException.Invalid -> zh
        is EngineException.NotFound -> zh
        is EngineException.Offline -> zh
        is EngineException.Connection -> zh
        is EngineException.Refused -> zh
        is EngineException.UpdateApp -> zh
        is EngineException.Storage -> zh
        is EngineException.Keys -> zh
        is EngineException.Closed -> zh
        is EngineException.Internal -> zh
    }

/** What happened in English, for the developer. */
public val EngineException.en: String
    get() = when (this) {
        is EngineException.NotEnrolled -> en
        is EngineException.Invalid -> en
        is EngineException.NotFound -> en
        is EngineException.Offline -> en
        is EngineException.Connection -> en
        is EngineException.Refused -> en
        is EngineException.UpdateApp -> en
        is EngineException.Storage -> en
        is EngineException.Keys -> en
        is EngineException.Closed -> en
        is EngineException.Internal -> en
    }

/** After how long the same call may succeed by itself; `null` if a person must do something first. */
public val EngineException.retryIn: Duration?
    get() = (this as? EngineException.Offline)?.retryInSeconds?.seconds
