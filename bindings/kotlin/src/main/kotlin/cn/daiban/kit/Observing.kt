package cn.daiban.kit

import cn.daiban.core.EngineEvent
import cn.daiban.core.EngineInterface
import cn.daiban.core.Observer
import cn.daiban.core.Subscription
import com.sun.jna.Native

/**
 * Hears events on the engine's own thread, and may call the engine there; the screen's thread is for the caller to hop to. With
 * coroutines use [events] and [watch]. Keep the subscription: without it nothing is heard.
 *
 * An [Observer] of one's own must not call the engine, this one may: JNA detaches the engine's thread whenever a call on it
 * returns, an inner one included, so the clock that the engine asks would take the thread away from under the observer (JNA
 * complains; Android ends a process that detaches a thread with Kotlin code on it).
 *
 * ```kotlin
 * val subscription = engine.observe { badge.show(engine.overview().unsent) }
 * …
 * subscription.cancel()
 * ```
 */
public fun EngineInterface.observe(hear: (EngineEvent) -> Unit): Subscription = observe(object : Observer {
    override fun onEvent(event: EngineEvent) {
        keepAttached(true)
        try {
            hear(event)
        } finally {
            // Not for good: a thread that stays attached would keep a desktop program from ending.
            keepAttached(false)
        }
    }
})

private fun keepAttached(keep: Boolean) = try {
    Native.detach(!keep)
} catch (_: IllegalStateException) {
    // A thread of the program's own, as in an app's tests: nothing will detach it.
}
